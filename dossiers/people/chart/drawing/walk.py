"""The numbered steps of a way, drawn over the boxes: arrows, numbers, and the steps in words."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dossiers.people.chart.drawing.arranging import Placed
from dossiers.people.chart.drawing.blocks import Point
from dossiers.people.chart.drawing.boxes import WIDTH
from dossiers.people.chart.drawing.measures import lines_of, width_of
from dossiers.people.chart.drawing.shapes import Rectangle, Stroke, Words
from dossiers.people.chart.overlays import Overlay

_SIZE = 11.0
_HIGH = 18.0
_BETWEEN = 3.0
_HEAD = 7.0
_APART = 10.0
#: The look of a number by the state of its step; without a state it is that of the accent.
LOOK_OF_STATE = {
    "running": "info",
    "returned": "warn",
    "passed": "good",
    "by_deputy": "good",
    "refused": "bad",
    "waiting": "soft",
    "skipped": "soft",
    "unneeded": "soft",
}


def arrows_drawn(overlay: Overlay, placed: Sequence[Placed]) -> Iterator[Stroke]:
    """A bow with an open head for each arrow between boxes that are drawn.

    Those between the same two boxes run side by side.
    """
    boxes = {one.box.seat_id: one for one in placed}
    between: Counter[frozenset[int]] = Counter()
    for arrow in overlay.arrows:
        if arrow.from_id in boxes and arrow.to_id in boxes:
            pair = frozenset(arrow)
            bow = _bow(boxes[arrow.from_id], boxes[arrow.to_id], _APART * between[pair])
            between[pair] += 1
            yield Stroke(bow, "accent", (), 2.0, is_bow=True)
            yield Stroke(_head(bow), "accent", (), 2.0)


def _bow(one: Placed, other: Placed, aside: float) -> tuple[Point, ...]:
    """From side to side; around on the right when the boxes stand above each other."""
    y, to_y = one.y + one.box.height / 2 + aside, other.y + other.box.height / 2 + aside
    rightwards = other.x > one.x + WIDTH
    if not rightwards and other.x + WIDTH > one.x:
        x, to_x = one.x + WIDTH, other.x + WIDTH
        out = max(x, to_x) + 30.0 + aside
        return (x, y), (out, y), (out, to_y), (to_x, to_y)
    x, to_x = (one.x + WIDTH, other.x) if rightwards else (one.x, other.x + WIDTH)
    gap = abs(to_x - x)
    reach = max(min(26.0, gap), gap / 2) * (1 if rightwards else -1)
    return (x, y), (x + reach, y), (to_x - reach, to_y), (to_x, to_y)


def _head(bow: tuple[Point, ...]) -> tuple[Point, ...]:
    """Two short strokes: a bow always ends across."""
    (before, _level), (x, y) = bow[2:]
    back = -_HEAD if before < x else _HEAD
    return (x + back, y - _HEAD * 0.6), (x, y), (x + back, y + _HEAD * 0.6)


def badges_drawn(overlay: Overlay, placed: Sequence[Placed]) -> Iterator[Rectangle | Words]:
    """The numbers on the upper edge of each box, from the right."""
    stops = overlay.at()
    for one in placed:
        x = one.x + WIDTH - 6.0
        for stop in reversed(stops.get(one.box.seat_id, ())):
            wide = max(_HIGH, width_of(stop.number, _SIZE, bold=True) + 10.0)
            x -= wide
            look = LOOK_OF_STATE.get(stop.state, "accent")
            top = one.y - _HIGH / 2 - 2.0
            yield Rectangle(x, top, wide, _HIGH, look, "surface", (), _HIGH / 2)
            middle = x + (wide - width_of(stop.number, _SIZE, bold=True)) / 2
            yield Words(stop.number, middle, top + 13.0, _SIZE, "surface", bold=True)
            x -= _BETWEEN


def steps_told(overlay: Overlay, room: float) -> Iterator[str]:
    """The way in words, in lines that fit."""
    yield from lines_of(f"{overlay.title} ({overlay.note})", room, 12, 2)
    for stop in overlay.stops:
        yield from lines_of(f"{stop.whole}: {stop.who}", room, 12, 3)
    yield ""
