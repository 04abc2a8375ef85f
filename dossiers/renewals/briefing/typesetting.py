"""Briefings as one Typst document on A4; the texts come into it as data, so that none is code."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dossiers.people.chart.drawing.scene import COLOURS, Rectangle, Scene, Shape, Words
from dossiers.renewals.briefing.sheet import Line, Part, Sheet
from wiki.locale import _

#: What never changes: how a briefing looks.
_LOOKS = (Path(__file__).parent / "briefing.typ").read_text("utf-8")
#: A word with more letters may be broken anywhere, so that it never leaves its column.
_LONG_WORD = re.compile(r"\S{22,}")
_NOT_PLAIN = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
#: Points that a sheet has for a drawing, across and down, and the most to a pixel.
_ROOM, _SCALE = (513.0, 345.0), 0.62


def as_typst(sheets: Sequence[Sheet], title: str) -> str:
    """The briefings, each beginning on a page of its own, as the source of a Typst document."""
    data = json.dumps(
        {
            "title": _plain(title),
            "pages": _("page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
            "language": sheets[0].language,
            "foot": _plain(sheets[0].foot),
            "mark": _plain(sheets[0].mark),
            "sheets": [_sheet(one) for one in sheets],
        },
        ensure_ascii=False,
    )
    quoted = data.replace("\\", "\\\\").replace('"', '\\"')
    return f'#let sys-data = "{quoted}"\n{_LOOKS}'


def _plain(text: str) -> str:
    plain = _NOT_PLAIN.sub(" ", text)
    return _LONG_WORD.sub(lambda word: "\u200b".join(word.group()), plain)


def _line(line: Line) -> dict[str, str]:
    return {"text": _plain(line.text), "look": line.look.value}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "client": _plain(sheet.client),
        "subject": _plain(sheet.subject),
        "facts": [[name, [_line(one) for one in value]] for name, value in sheet.facts],
        "parts": [_part(one) for one in sheet.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    table = part.table
    return {
        "title": _plain(part.title),
        "lines": [_line(one) for one in part.lines],
        "headers": table.headers if table and table.rows else [],
        "widths": table.widths if table else [],
        "rows": [[[_line(one) for one in cell] for cell in row] for row in table.rows]
        if table
        else [],
        "scene": _drawn(part.scene) if part.scene else None,
        "foot": [_line(one) for one in part.foot],
        "empty": part.empty if part.is_empty else "",
    }


def _drawn(scene: Scene) -> dict[str, Any]:
    scale = min(_SCALE, _ROOM[0] / scene.width, _ROOM[1] / scene.height)
    shapes = [_shape(one) for one in scene.shapes]
    return {"width": scene.width, "height": scene.height, "scale": scale, "shapes": shapes}


def _shape(shape: Shape) -> dict[str, Any]:
    values = asdict(shape)
    if isinstance(shape, Words):
        text = _NOT_PLAIN.sub(" ", shape.text)
        return {**values, "text": text, "kind": "words", "look": COLOURS[shape.look]}
    if isinstance(shape, Rectangle):
        edge = COLOURS[shape.edge] if shape.edge else ""
        return {**values, "kind": "rectangle", "fill": COLOURS[shape.fill], "edge": edge}
    return {**values, "kind": "stroke", "look": COLOURS[shape.look]}
