"""The report of a file of deals as text for a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

MOST_SHOWN = 20


def report_lines(report: Mapping[str, Any], dry_run: bool) -> Iterator[str]:
    """The report line by line: figures first, then remarks, then refused rows."""
    deals, would = report["deals"], "would be " if dry_run else ""
    yield (
        f"{report['rows']} rows: {report['taken']} taken, {report['repeated']} said again what an "
        f"earlier row said, {report['refused']['count']} refused."
    )
    yield (
        f"Deals: {deals['created']} {would}new, {deals['changed']} {would}changed, "
        f"{deals['same']} were so already."
    )
    if report["encoding"]:
        yield f"Read as {report['encoding']}."
    yield from _listed("What the file's deals come to", [_sum(one) for one in report["sums"]])
    yield from _listed("Remarks", [one["sentence"] for one in report["remarks"]])
    lines = [_refused(one) for one in report["refused"]["lines"]]
    yield from _listed("REFUSED", lines, report["refused"]["count"])


def _sum(one: Mapping[str, Any]) -> str:
    unsaid = f", {one['unsaid']} without an amount" if one["unsaid"] else ""
    amount = f", {one['amount']} {one['currency']}".rstrip() if one["amount"] else ""
    return f"{one['kind'] or 'of no kind'}: {one['deals']} deals{amount}{unsaid}"


def _refused(line: Mapping[str, Any]) -> str:
    column = f" {line['column']}:" if line["column"] else ""
    return f"row {line['row']}:{column} {line['sentence']}"


def _listed(title: str, lines: list[str], count: int | None = None) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"{title} ({count or len(lines)}):"
    yield from (f"  {line}" for line in lines[:MOST_SHOWN])
    if (count or len(lines)) > MOST_SHOWN:
        yield f"  … and {(count or len(lines)) - MOST_SHOWN} more"
