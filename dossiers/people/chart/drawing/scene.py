"""A drawing as plain shapes with their looks, whatever it is written as."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dossiers.people.chart.drawing.arranging import Placed, arranged
from dossiers.people.chart.drawing.blocks import Point, Wire
from dossiers.people.chart.drawing.boxes import LOOK_OF, PADDING, WIDTH, Line
from dossiers.people.chart.drawing.measures import lines_of, shortened
from dossiers.people.chart.drawing.segments import pieces_of
from dossiers.people.chart.drawing.shapes import COLOURS, Rectangle, Shape, Stroke, Words
from dossiers.people.chart.drawing.terms import Terms
from dossiers.people.chart.drawing.walk import arrows_drawn, badges_drawn, steps_told
from dossiers.people.chart.overlays import Overlay
from dossiers.people.chart.snapshot import Chart
from dossiers.people.kinds import Attitude

__all__ = ["COLOURS", "Rectangle", "Scene", "Shape", "Stroke", "Words", "scene_of"]

MARGIN = 28.0
_HEAD = 66.0
_LEAST_WIDTH = 420.0
_FOOT_LINE = 17.0
_MOST_NAMED = 200

_DASHES: dict[str, tuple[float, ...]] = {"plain": (), "empty": (5.0, 3.0), "guess": (2.0, 3.0)}


@dataclass(frozen=True)
class Scene:
    """Shapes from the back to the front, in pixels of 1/96 inch."""

    shapes: tuple[Shape, ...]
    width: float
    height: float
    title: str


def scene_of(chart: Chart, terms: Terms, overlay: Overlay | None = None) -> Scene:
    """The chart with its title, and with the people below whose position nobody knows.

    Over it, when asked for, the numbered steps of a way, told below in words, too.
    """
    laid = arranged(chart, terms)
    inner = max(laid.width, _LEAST_WIDTH)
    told = list(steps_told(overlay, inner)) if overlay else []
    foot = [*told, *_foot(chart, terms, inner)]
    foot_height = 18.0 + _FOOT_LINE * len(foot) if foot else 0.0
    left, top = MARGIN + (inner - laid.width) / 2, MARGIN + _HEAD
    placed = [Placed(one.box, one.x + left, one.y + top) for one in laid.boxes]
    shapes = (
        *_head(terms, inner),
        *_wires(laid.wires, left, top, chart),
        *_dotted(placed, chart),
        *(arrows_drawn(overlay, placed) if overlay else ()),
        *(shape for one in placed for shape in _box(one)),
        *(badges_drawn(overlay, placed) if overlay else ()),
        *(
            Words(text, MARGIN, top + laid.height + 30.0 + _FOOT_LINE * number, 12, "soft")
            for number, text in enumerate(foot)
        ),
    )
    height = top + laid.height + foot_height + MARGIN
    title = f"{terms.title}. {terms.subtitle}"
    return Scene(shapes, round(inner + 2 * MARGIN, 1), round(height, 1), title)


def _head(terms: Terms, room: float) -> Iterator[Words]:
    title = shortened(terms.title, room, 22, bold=True)
    yield Words(title, MARGIN, MARGIN + 20, 22, "ink", bold=True)
    yield Words(shortened(terms.subtitle, room, 12.5), MARGIN, MARGIN + 42, 12.5, "soft")


def _box(one: Placed) -> Iterator[Shape]:
    box = one.box
    fill = "sunken" if box.edge == "empty" else "surface"
    yield Rectangle(one.x, one.y, WIDTH, box.height, fill, "line", _DASHES[box.edge], 5.0)
    if box.attitude:
        look = LOOK_OF[Attitude(box.attitude)]
        yield Rectangle(one.x, one.y + 6, 4.0, box.height - 12, look)
    y = one.y + PADDING - 2
    for line in box.lines:
        y += line.height
        yield _words(line, one.x + PADDING, y - line.size * 0.3)


def _words(line: Line, x: float, y: float) -> Words:
    return Words(line.text, x, y, line.size, line.look, line.bold, line.italic)


def _wires(wires: Iterable[Wire], left: float, top: float, chart: Chart) -> Iterator[Stroke]:
    """Lines that are only a guess are dotted where they run alone."""
    sure: list[tuple[Point, ...]] = []
    guessed: list[tuple[Point, ...]] = []
    for wire in wires:
        line = chart.seats[wire.seat_id].line
        points = tuple((x + left, y + top) for x, y in wire.points)
        (guessed if line and line.is_guess else sure).append(points)
    yield from (Stroke(piece, "line", _DASHES["guess"]) for piece in pieces_of(guessed))
    yield from (Stroke(piece, "line") for piece in pieces_of(sure))


def _dotted(boxes: Iterable[Placed], chart: Chart) -> Iterator[Stroke]:
    """Lines beside the chart, from edge to edge."""
    placed = {one.box.seat_id: one for one in boxes}
    for line in chart.lines:
        if line.from_id in placed and line.to_id in placed and line.from_id != line.to_id:
            bow = _bow(placed[line.from_id], placed[line.to_id])
            yield Stroke(bow, "dotted", (6.0, 4.0), 1.4, is_bow=True)


def _bow(one: Placed, other: Placed) -> tuple[Point, ...]:
    left, right = sorted((one, other), key=lambda placed: placed.x)
    x, y = left.x + WIDTH, left.y + left.box.height / 2
    # Boxes above each other are joined on their right side.
    is_column = right.x < left.x + WIDTH
    to_x, to_y = right.x + (WIDTH if is_column else 0.0), right.y + right.box.height / 2
    reach = 26.0 if is_column else max(26.0, (to_x - x) / 2)
    back = reach if is_column else -reach
    return (x, y), (x + reach, y), (to_x + back, to_y), (to_x, to_y)


def _foot(chart: Chart, terms: Terms, room: float) -> Iterator[str]:
    """Who has no known position, in lines that fit."""
    names = [holder.name for holder in chart.unplaced]
    more = len(names) - _MOST_NAMED
    shown = names[:_MOST_NAMED] + ([terms.more % {"count": more}] if more > 0 else [])
    if shown:
        yield from lines_of(f"{terms.unplaced}: {', '.join(shown)}", room, 12, 100)
