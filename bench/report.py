"""The figures as a table for people and as JSON for programs; both are written here only."""

import json
import os
import platform
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import Figure

_HEADINGS = {
    "view": "Views, signed in, one server process",
    "save": "Saving through the form, rendering included",
    "import": "Importing with `dossier-wiki pages import`",
    "search": "Searching through `/api/search`",
    "memory": "Memory (resident)",
    "start": "Starting",
    "statements": "Statements sent to the database for one answer",
}
_ABOUT = """\
Written by `make bench`; changes made by hand are lost with the next run.

The client is a process of its own and speaks HTTP/1.1 over loopback TCP with keep-alive, signed in
as a manager. "Bare view" is a Flask application under the same server (waitress, the same number
of threads) that returns the very same bytes from memory; wiki and bare view are asked in
alternating rounds, the factor is the median over the pairs. "The first time" asks for random pages
never asked for before, "again" for the same ten. CPU is that of the server process for one request
asked alone; requests per second are over four connections. Pages are made from the project's own
texts, half Russian, half English; "real" are real documentation pages, measured where they are at
hand. A figure in bold misses its aim.
"""


@dataclass(frozen=True)
class Outline:
    """What a written report says around its figures; `headings` are those of the rows, in order.

    `unit` follows a size that is a number. A row that is not named is left out.
    """

    title: str
    about: str
    headings: Mapping[str, str]
    unit: str = "pages"


PAGES = Outline("Benchmark", _ABOUT, _HEADINGS)


@dataclass
class Report:
    """All figures of the latest runs of each row, and where they were taken."""

    machine: dict[str, str] = field(default_factory=dict)
    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Row and size, as `view 1000` → when, and the load average when it began."""
    figures: list[Figure] = field(default_factory=list)

    def put(self, figures: Sequence[Figure], load: float) -> None:
        """Take in the figures of one row at one size, in place of older ones."""
        place = {(figure.row, figure.size) for figure in figures}
        self.figures = [f for f in self.figures if (f.row, f.size) not in place]
        self.figures += figures
        for row, size in place:
            at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
            self.taken[f"{row} {size}"] = {"at": at, "load": round(load, 2)}
        self.machine = this_machine()


def read_report(path: Path) -> Report:
    """The report of earlier runs, an empty one when there is none."""
    if not path.exists():
        return Report()
    kept = json.loads(path.read_text("utf-8"))
    figures = [Figure(**figure) for figure in kept["figures"]]
    return Report(kept["machine"], kept["taken"], figures)


def write_report(
    report: Report, json_path: Path, table_path: Path | None, outline: Outline = PAGES
) -> None:
    """Write both."""
    json_path.parent.mkdir(parents=True, exist_ok=True)
    json_path.write_text(json.dumps(asdict(report), ensure_ascii=False, indent=1) + "\n", "utf-8")
    if table_path is not None:
        table_path.write_text(table(report, outline), "utf-8")


def table(report: Report, outline: Outline = PAGES) -> str:
    """The report as Markdown."""
    parts = [f"# {outline.title}\n", outline.about, _list(report.machine.items()), _taken(report)]
    for row, heading in outline.headings.items():
        figures = [figure for figure in report.figures if figure.row == row]
        if figures:
            parts.append(f"## {heading}\n\n{_rows(figures, outline.unit)}")
    return "\n".join(parts)


def this_machine() -> dict[str, str]:
    """What the figures depend on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{memory:.0f} GB",
        "System": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
    }


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _list(items: Iterable[tuple[str, str]]) -> str:
    return "".join(f"- {name}: {value}\n" for name, value in items)


def _taken(report: Report) -> str:
    moments = sorted(one["at"] for one in report.taken.values())
    loads = [one["load"] for one in report.taken.values()]
    if not moments:
        return ""
    return _list(
        [
            (
                "Taken",
                moments[0] if moments[0] == moments[-1] else f"{moments[0]} to {moments[-1]}",
            ),
            ("Load average when a row began", f"{min(loads):.1f} to {max(loads):.1f}"),
        ]
    )


def _rows(figures: Sequence[Figure], unit: str) -> str:
    sizes = sorted(dict.fromkeys(f.size for f in figures), key=_by_number)
    lines = [
        f"| | {' | '.join(_size(size, unit) for size in sizes)} | aim |",
        f"|---|{'---:|' * len(sizes)}---:|",
    ]
    for what in dict.fromkeys(figure.what for figure in figures):
        here = {figure.size: figure for figure in figures if figure.what == what}
        cells = [_cell(here[size]) if size in here else "" for size in sizes]
        lines.append(f"| {what} | {' | '.join(cells)} | {_aim(list(here.values()))} |")
    return "\n".join(lines) + "\n"


def _by_number(size: str) -> tuple[bool, int]:
    """Numbers first; names stay in their order."""
    return (False, int(size)) if size.isdigit() else (True, 0)


def _size(size: str, unit: str) -> str:
    """A number of documents, the real ones, or the name of what was measured."""
    if size.isdigit():
        return f"{int(size):,} {unit}"
    return f"{size} {unit}" if size == "real" else size


def _cell(figure: Figure) -> str:
    text = _measured(figure.value, figure.unit)
    return text if figure.is_met else f"**{text}**"


def _measured(value: float, unit: str) -> str:
    if not unit and value != int(value):
        return f"{value:.3f}"
    return f"{_number(value)} {unit}".strip()


def _number(value: float) -> str:
    if value == int(value) or value >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def _aim(figures: Sequence[Figure]) -> str:
    most = [f"at most {_measured(f.most, f.unit)}" for f in figures if f.most is not None]
    least = [f"at least {_measured(f.least, f.unit)}" for f in figures if f.least is not None]
    return next(iter(most + least), "")
