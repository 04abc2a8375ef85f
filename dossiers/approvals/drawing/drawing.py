"""A path as a drawing: boxes with their texts, and arrows; for pages, print, exports, the editor.

Needs the reader's language, so it is made inside of a request or of `force_locale`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.document import PathDocument
from dossiers.approvals.drawing.faces import Around, Face, face_of
from dossiers.approvals.drawing.layout import Arrow, Box, Layout, Point, Way, layout
from dossiers.approvals.drawing.numbering import numbers_of


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything stands, what is in each box, and the number of each step.

    `marks` are words for the looks of boxes, such as the state of a step in a run.
    """

    laid: Layout
    faces: Mapping[str, Face]
    numbers: Mapping[str, str]
    titles: Mapping[str, str]
    marks: Mapping[str, str] = field(default_factory=dict)


def drawing_of(
    document: PathDocument,
    seats: Mapping[int, ActorSeat],
    category_names: Mapping[int, str],
    way: Way = Way.DOWN,
    marks: Mapping[str, str] | None = None,
) -> Drawing:
    """The path as it is drawn; `seats` are those who act today, by position.

    Raises `Refusal` for a circle.
    """
    numbers = numbers_of(document.by_code)
    around = Around(seats, category_names)
    faces = {step.code: face_of(step, numbers[step.code], around) for step in document.steps}
    laid = layout(document, {code: face.height for code, face in faces.items()}, way)
    titles = {step.code: step.title for step in document.steps}
    return Drawing(laid, faces, numbers, titles, marks or {})


def line_of(arrow: Arrow, way: Way) -> str:
    """The arrow as an SVG path: straight along the path, bowed where it goes aside."""
    x, y = arrow.points[0]
    return f"M{x:g} {y:g}" + "".join(_piece(a, b, way) for a, b in pairwise(arrow.points))


def _piece(begin: Point, end: Point, way: Way) -> str:
    (x, y), (to_x, to_y) = begin, end
    if way is Way.DOWN and x != to_x:
        middle = (y + to_y) / 2
        return f"C{x:g} {middle:g} {to_x:g} {middle:g} {to_x:g} {to_y:g}"
    if way is Way.ACROSS and y != to_y:
        middle = (x + to_x) / 2
        return f"C{middle:g} {y:g} {middle:g} {to_y:g} {to_x:g} {to_y:g}"
    return f"L{to_x:g} {to_y:g}"


def plain_drawing(drawing: Drawing) -> dict[str, Any]:
    """The drawing as JSON values, for the editor in the browser."""
    laid = drawing.laid
    return {
        "width": laid.width,
        "height": laid.height,
        "way": laid.way.value,
        "boxes": [_plain_box(box, drawing) for box in laid.boxes],
        "arrows": [{**asdict(arrow), "line": line_of(arrow, laid.way)} for arrow in laid.arrows],
    }


def _plain_box(box: Box, drawing: Drawing) -> dict[str, Any]:
    face = drawing.faces[box.code]
    return {
        **asdict(box),
        "number": drawing.numbers[box.code],
        "title": drawing.titles[box.code],
        "guess": face.is_guess,
        "texts": [asdict(text) for text in face.texts],
    }
