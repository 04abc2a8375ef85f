"""Columns that have no place of their own, kept as a table of further facts in the text of a page.

Each line says from which file it is. A value that stays the same stays as it is; lines that people
have written, and all other text, are never touched.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

HEADINGS = {"ru": "Дополнительные сведения", "en": "Further facts"}
_COLUMNS = {"ru": ("Что", "Значение", "Откуда"), "en": ("What", "Value", "From")}
_HEADING = re.compile(rf"##\s+(?:{'|'.join(HEADINGS.values())})\s*#*\s*")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*")
_MARKS = re.compile(r"[\\`*\[\]|]|(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ESCAPED = re.compile(r"\\([\\`*\[\]|_])")
_CELL = re.compile(r"(?:[^|\\]|\\.)*")


def with_facts(body: str, language: str, facts: Mapping[str, str], origin: str) -> str:
    """The text with these facts in its table, which is made when there is none.

    `origin` says where new and changed values are from. The same text when all are there already.
    """
    known = facts_in(body)
    news = {name: value for name, value in facts.items() if known.get(name) != value}
    if not news:
        return body
    lines = body.rstrip("\n").split("\n") if body.strip() else []
    table = _table(lines)
    if table is None:
        lines += ["", *_empty(language)] if lines else _empty(language)
        table = _Table(len(lines), len(lines))
    changed = [_after(line, news, origin) for line in lines[table.start : table.end]]
    added = [_row(name, value, origin) for name, value in news.items() if name not in known]
    return "\n".join([*lines[: table.start], *changed, *added, *lines[table.end :]]) + "\n"


def facts_in(body: str) -> dict[str, str]:
    """The facts that the table says; empty when there is none."""
    lines = body.split("\n")
    table = _table(lines)
    return dict(_said(lines[table.start : table.end])) if table else {}


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines of the table below its heading and rule."""

    start: int
    end: int


def _table(lines: list[str]) -> _Table | None:
    """The first table right below one of our headings."""
    places = (place for place, line in enumerate(lines) if _HEADING.fullmatch(line))
    return next((table for place in places if (table := _table_below(lines, place))), None)


def _table_below(lines: list[str], place: int) -> _Table | None:
    start = place + 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    if start + 1 >= len(lines) or not _RULE.fullmatch(lines[start + 1]):
        return None
    start = end = start + 2
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return _Table(start, end)


def _empty(language: str) -> list[str]:
    """The heading with a table that has no lines."""
    code = language if language in HEADINGS else "en"
    rule = "|" + " --- |" * len(_COLUMNS[code])
    return [f"## {HEADINGS[code]}", "", "| " + " | ".join(_COLUMNS[code]) + " |", rule]


def _said(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        cells = _cells(line)
        if len(cells) > 1:
            yield cells[0], cells[1]


def _after(line: str, news: Mapping[str, str], origin: str) -> str:
    cells = _cells(line)
    return _row(cells[0], news[cells[0]], origin) if cells and cells[0] in news else line


def _cells(line: str) -> list[str]:
    found = [match for match in _CELL.findall(line.strip().strip("|")) if match.strip()]
    return [_meant(cell.strip()) for cell in found]


def _row(name: str, value: str, origin: str) -> str:
    return f"| {_written(name)} | {_written(value)} | {_written(origin)} |"


def _written(text: str) -> str:
    """The text so that it is shown as it is, whatever marks are in it."""
    return _MARKS.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text)).replace("<", "&lt;")


def _meant(cell: str) -> str:
    bare = cell.replace("&lt;", "<")
    return _ESCAPED.sub(r"\1", bare).replace("&amp;", "&")
