"""The report of an import as text for a terminal."""

from collections.abc import Iterable, Iterator

from wiki.pages.transfer.links import Unresolved
from wiki.pages.transfer.report import Done, Report

MOST_SHOWN = 20


def report_lines(report: Report) -> Iterator[str]:
    """The report line by line: figures first, then what needs a look."""
    yield from _figures(report)
    yield from _counted("Turned into our marks or left out", report.conversions.items())
    yield from _counted("Front matter left out", report.left_out.items())
    yield from _done("Merged with what was written here", report.merged)
    yield from _done(
        "IN CONFLICT: the text written here stays, the import is in the history", report.conflicts
    )
    yield from _listed("Changed on the way", [f"{r.path}: {r.why}" for r in report.remarks])
    yield from _listed("LEFT OUT", [f"{r.path}: {r.why}" for r in report.refused])
    yield from _led("Links to pages that are not here, kept as text", report.unresolved)
    yield from _led("Images that are not here, kept as their words", report.missing_images)


def _figures(report: Report) -> Iterator[str]:
    would = "would be " if report.dry_run else ""
    rate = f", {report.pages / report.seconds:.0f} a second" if report.seconds > 0 else ""
    yield f"{report.pages} pages in {report.seconds:.1f} s{rate}."
    yield (
        f"{len(report.created)} {would}created, {len(report.changed)} {would}changed, "
        f"{len(report.merged)} {would}merged, {len(report.conflicts)} in conflict, "
        f"{report.unchanged} unchanged, {len(report.refused)} left out."
    )
    yield f"{report.files} files, {report.twins} pairs of translations."
    if report.categories:
        yield f"New categories: {', '.join(report.categories)}."


def _counted(title: str, counts: Iterable[tuple[str, int]]) -> Iterator[str]:
    found = sorted(((count, name) for name, count in counts if count), reverse=True)
    if found:
        yield ""
        yield f"{title}:"
        yield from (f"  {count:6} {name}" for count, name in found)


def _done(title: str, lines: list[Done]) -> Iterator[str]:
    yield from _listed(title, [f"{line.path}: {line.title}" for line in lines])


def _led(title: str, lines: list[Unresolved]) -> Iterator[str]:
    yield from _listed(title, [f"{line.path}: {line.target} ({line.text})" for line in lines])


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"{title} ({len(lines)}):"
    yield from (f"  {line}" for line in lines[:MOST_SHOWN])
    if len(lines) > MOST_SHOWN:
        yield f"  … and {len(lines) - MOST_SHOWN} more; --json lists them"
