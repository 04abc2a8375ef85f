"""Diplodoc's tables with many lines in a cell (`#| … |#`).

They become Markdown tables where each cell fits on a line, and a text row by row where a cell
holds code, notes or further tables. Either way no word is lost.
"""

import re

from wiki.pages.transfer.fences import code_spans

MOST_COLUMNS = 40
#: Stands for a | that parts no cells: one in code or in a table inside a cell.
HIDDEN_PIPE = "\uf8f2"
_ATTRIBUTES = re.compile(r"^[ \t]*\|:\{[^{}\n]*\}[ \t]*(?:\n|$)", re.MULTILINE)
_ROW_ATTRIBUTES = re.compile(r"^\s*:\{[^{}\n]*\}")
_CELL_ATTRIBUTES = re.compile(r"^\s*::\{[^{}\n]*\}|\{(?:\.|style=|[\w-]+=)[^{}\n]*\}")
_ANCHOR = re.compile(r"[ \t]*\{[ \t]*#([\w.-]{1,100})[ \t]*\}")
_BULLET = re.compile(r"^\s*[-*+]\s+")
_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_JOINED = {">": "", "^": "", r"\>": ">", r"\^": "^"}


def cells_of(source: str) -> list[list[str]] | None:
    """The cells, row by row, between `#|` and `|#`; `None` when they cannot be told apart."""
    pieces = _parted(_ATTRIBUTES.sub("", source), "||")
    between, rows = pieces[::2], pieces[1::2]
    if not rows or len(pieces) % 2 == 0 or any(piece.strip() for piece in between):
        return None
    found = [_parted(_ROW_ATTRIBUTES.sub("", row, count=1), "|") for row in rows]
    if max(len(row) for row in found) > MOST_COLUMNS:
        return None
    return [[_without_attributes(cell) for cell in row] for row in found]


def as_table(rows: list[list[str]]) -> list[str]:
    """The lines of a Markdown table; the first row becomes its head."""
    width = max(len(row) for row in rows)
    flat = [[_on_one_line(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
    head = [_BOLD.sub(r"\1", cell) for cell in flat[0]]
    return [_line(head), _line(["---"] * width), *(_line(row) for row in flat[1:])]


def as_text(rows: list[list[str]], headings: bool) -> list[str]:
    """The lines of a text: each row under its first cell, each further cell under its column.

    With `headings`, a first cell that has an anchor becomes a heading and keeps it.
    """
    names = [_BOLD.sub(r"\1", _on_one_line(cell)) for cell in rows[0]]
    lines: list[str] = []
    for row in rows[1:] or rows:
        lines += _entry(row[0], headings)
        for name, cell in zip(names[1:], row[1:], strict=False):
            if cell not in _JOINED and cell:
                lines += ([f"*{name}:*", ""] if name and len(names) > 2 else []) + [
                    *cell.split("\n"),
                    "",
                ]
    return lines


def _entry(cell: str, headings: bool) -> list[str]:
    anchor = _ANCHOR.search(cell)
    text = _ANCHOR.sub("", cell).strip()
    if not text or text in _JOINED:
        return []
    if "\n" in text:
        return ["", *text.split("\n"), ""]
    plain = _BOLD.sub(r"\1", text)
    return ["", f"##### {plain} {{#{anchor[1]}}}" if anchor and headings else f"**{plain}**", ""]


def _parted(text: str, separator: str) -> list[str]:
    """Cut at the separators that stand outside code and are not escaped."""
    spans = code_spans(text)
    parts, start, at, place = [], 0, text.find(separator), 0
    while at >= 0:
        while place < len(spans) and spans[place][1] <= at:
            place += 1
        inside = place < len(spans) and spans[place][0] <= at
        if not inside and text[at - 1 : at] != "\\":
            parts.append(text[start:at])
            start = at + len(separator)
        at = text.find(separator, at + len(separator))
    return [*parts, text[start:]]


def _without_attributes(cell: str) -> str:
    return _CELL_ATTRIBUTES.sub("", cell).strip()


def _on_one_line(cell: str) -> str:
    bare = _ANCHOR.sub("", cell).strip()
    lines = [_BULLET.sub("• ", line).strip() for line in bare.split("\n")]
    return _JOINED.get(bare, "<br>".join(line for line in lines if line))


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in cells) + " |"
