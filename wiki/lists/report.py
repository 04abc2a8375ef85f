"""What a list does or did, as plain values for people and programs."""

from collections.abc import Iterable, Mapping
from typing import Any

from wiki.errors import Refusal
from wiki.lists.plans import Chosen, Fate, Plan
from wiki.lists.said import CellRefusal
from wiki.lists.sheets import Sheet
from wiki.tables.cells import MARK, raw_line
from wiki.tables.mapping import columns_left

#: Rows that a stored report lists; the counts are complete, and the file of refused rows has all.
MOST_LINES = 500
REASON = "reason"


def report_of(plan: Plan, sheet: Sheet, chosen: Chosen, can_keep: bool) -> dict[str, Any]:
    """Counts, refused rows and remarks; sentences as English text with the parts to say them anew.

    New, changed, same, repeated and refused rows are all rows of the file that have any text.
    """
    kept = chosen.kept(sheet.headings) if can_keep else ()
    return {
        "encoding": sheet.encoding,
        "form": sheet.form,
        "rows": plan.rows,
        **{fate.value: len(plan.of(fate)) for fate in Fate},
        "repeated": plan.repeated,
        "refused": _part(plan.refused.items(), len(plan.refused)),
        "remarks": _part(plan.remarks, len(plan.remarks)),
        "kept": list(kept),
        "left": [h for h in columns_left(sheet.headings, chosen.columns) if h not in kept],
    }


def _part(lines: Iterable[tuple[int, Refusal]], count: int) -> dict[str, Any]:
    ordered = sorted(lines, key=lambda line: line[0])[:MOST_LINES]
    return {"count": count, "lines": [line_of(row, why) for row, why in ordered]}


def line_of(row: int, why: Refusal) -> dict[str, Any]:
    """One row with its sentence, which can be said in any language; row 0 is the whole file."""
    values = {name: v if isinstance(v, int) else str(v) for name, v in why.values.items()}
    return {
        "row": row,
        "column": column_of(why),
        "sentence": str(why),
        "message": why.message,
        "values": values,
    }


def refusal_of(line: Mapping[str, Any]) -> Refusal:
    """The sentence of a line, ready to be translated."""
    return Refusal(line["message"], **line["values"])


def refused_csv(plan: Plan, sheet: Sheet) -> str:
    """The refused rows in the columns of their file, with the reason; empty when there are none.

    Cells that a spreadsheet would take for formulas are quoted with an apostrophe; a later import
    takes it away.
    """
    if not plan.refused:
        return ""
    lines = [MARK + raw_line([*sheet.headings, REASON])]
    width = len(sheet.headings)
    for row in sheet.rows:
        if row.number in plan.refused:
            why = plan.refused[row.number]
            reason = f"{column_of(why)}: {why}" if column_of(why) else str(why)
            lines.append(raw_line([*_fitted(row.cells, width), reason]))
    return "".join(lines)


def _fitted(cells: tuple[str, ...], width: int) -> list[str]:
    # What stands beyond the headings is joined to the last one, so that it is not lost.
    padded = [*cells, *[""] * (width - len(cells))]
    beyond = padded[width - 1 :]
    return [*padded[: width - 1], ";".join(beyond) if len(beyond) > 1 else beyond[0]]


def column_of(why: Refusal) -> str:
    """The column of the cell that is to blame; empty when it is the row as a whole."""
    return why.column if isinstance(why, CellRefusal) else ""


def report_lines(report: Mapping[str, Any], dry_run: bool) -> Iterable[str]:
    """The report line by line, for a terminal: figures first, then what needs a look."""
    would = "would be " if dry_run else ""
    yield (
        f"{report['rows']} rows: {report['new']} {would}new, {report['changed']} {would}changed, "
        f"{report['same']} were so already, {report['repeated']} belong to an earlier row, "
        f"{report['refused']['count']} refused."
    )
    if report["encoding"]:
        yield f"Read as {report['encoding']}."
    if report["kept"]:
        yield f"Columns kept as further facts: {', '.join(report['kept'])}."
    if report["left"]:
        yield f"Columns left out: {', '.join(report['left'])}."
    yield from _listed("Remarks", report["remarks"])
    yield from _listed("REFUSED", report["refused"])


def _listed(title: str, part: Mapping[str, Any], most: int = 20) -> Iterable[str]:
    if not part["count"]:
        return
    yield ""
    yield f"{title} ({part['count']}):"
    for line in part["lines"][:most]:
        yield f"  {_place(line)}{line['sentence']}"
    if part["count"] > most:
        yield f"  … and {part['count'] - most} more; --json lists them"


def _place(line: Mapping[str, Any]) -> str:
    parts = [f"row {line['row']}"] if line["row"] else []
    parts += [line["column"]] if line["column"] else []
    return f"{', '.join(parts)}: " if parts else ""
