"""A paper as a Typst document on A4; the texts come into it as data, so that none is code."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dossiers.approvals.drawing.drawing import Drawing
from dossiers.approvals.drawing.layout import Box
from dossiers.approvals.exports.bpmn import plain
from dossiers.approvals.exports.paper import Paper, Row
from wiki.locale import _

#: What never changes: how a paper looks.
_LOOKS = (Path(__file__).parent / "paper.typ").read_text("utf-8")
#: Points of print to a pixel of the drawing, at most.
_SCALE = 0.75
#: Width and height in points that a sheet has for the drawing, upright and lying.
_UPRIGHT, _LYING = (510.0, 735.0), (757.0, 490.0)
#: The first sheet has the head, too.
_HEAD = 115.0
#: A drawing that must be made smaller than this gets a lying sheet.
_SMALL = 0.5
#: A row with more letters than this in one cell may go over to the next sheet.
_LONG = 900


def as_typst(paper: Paper) -> str:
    """The paper as the source of a Typst document."""
    data = json.dumps(_values(paper), ensure_ascii=False)
    quoted = plain(data).replace("\\", "\\\\").replace('"', '\\"')
    return f'#let sys-data = "{quoted}"\n{_LOOKS}'


def _values(paper: Paper) -> dict[str, Any]:
    laid = paper.drawing.laid
    flipped = _UPRIGHT[0] / laid.width < _SMALL
    room = _LYING if flipped else _UPRIGHT
    scale = _scale(laid.width, laid.height, room)
    return {
        "title": paper.title,
        "language": paper.language,
        "flipped": flipped,
        "client": paper.client,
        "subject": paper.subject,
        "facts": paper.facts,
        "lead": paper.lead,
        "foot": paper.foot,
        "pages": _("page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
        "headers": paper.headers,
        "widths": paper.widths,
        "rows": [_row(row) for row in paper.rows],
        "empty": paper.empty,
        "blanks": paper.blanks,
        "scale": scale,
        "width": laid.width,
        "height": laid.height,
        "boxes": [_box(box, paper.drawing) for box in laid.boxes],
        "arrows": [{"points": arrow.points, "arrives": arrow.arrives} for arrow in laid.arrows],
        "parts": list(_parts(laid.boxes, laid.height, room[1] / scale, _HEAD / scale)),
    }


def _scale(width: float, height: float, room: tuple[float, float]) -> float:
    """Small enough for the width, and for the first sheet if it stays readable there."""
    across = min(_SCALE, room[0] / width)
    down = (room[1] - _HEAD) / height
    return min(across, down) if down >= _SMALL else across


def _row(row: Row) -> dict[str, Any]:
    cells = [[asdict(line) for line in cell] for cell in row.cells]
    letters = max((sum(len(line.text) + 20 for line in cell) for cell in row.cells), default=0)
    return {"number": row.number, "cells": cells, "long": letters > _LONG}


def _box(box: Box, drawing: Drawing) -> dict[str, Any]:
    face = drawing.faces[box.code]
    return {
        "x": box.x,
        "y": box.y,
        "w": box.w,
        "h": box.h,
        "guess": face.is_guess,
        "texts": [asdict(text) for text in face.texts],
    }


def _parts(
    boxes: Sequence[Box], height: float, room: float, head: float
) -> Iterator[dict[str, float]]:
    """The drawing cut between its rows into parts that fit on a sheet each."""
    if not boxes:
        return
    ends: dict[int, float] = {}
    for box in boxes:
        ends[box.row] = max(ends.get(box.row, 0.0), box.y + box.h)
    begins = {row: min(box.y for box in boxes if box.row == row) for row in ends}
    cuts = [(ends[row] + begins[row + 1]) / 2 for row in sorted(ends) if row + 1 in ends]
    top, reached, space = 0.0, 0.0, room - head
    for cut in [*cuts, height]:
        if cut - top > space and reached > top:
            yield {"top": top, "height": reached - top}
            top, space = reached, room
        reached = cut
    yield {"top": top, "height": height - top}
