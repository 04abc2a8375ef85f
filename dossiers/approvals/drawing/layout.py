"""A path as boxes and arrows with their places; nothing is known of looks or words.

Rows lead down the page, or with `Way.ACROSS` from left to right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from dossiers.approvals.document import PathDocument
from dossiers.approvals.drawing.levels import row_numbers
from dossiers.approvals.drawing.nearness import nearness_of
from dossiers.approvals.drawing.places import Places, places_of
from dossiers.approvals.steps import Steps

Point = tuple[float, float]

WIDTH = 212.0
MARGIN = 16.0
_BESIDE = 28.0
_BEHIND = 52.0


class Way(Enum):
    """Where the path leads."""

    DOWN = "down"
    ACROSS = "across"


@dataclass(frozen=True, slots=True)
class Box:
    """The rectangle of a step; `row` counts from 0."""

    code: str
    x: float
    y: float
    w: float
    h: float
    row: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """A line from steps to those that wait for them; its first point is where it leaves.

    Usually from one step to one. Where all of several wait for all of several others, the lines
    meet in a knot: then each piece names all whom it joins. `arrives` tells that it ends at a step.
    """

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    points: tuple[Point, ...]
    arrives: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes in the order in which they are numbered, and arrows, inside of a rectangle."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: float
    height: float
    way: Way = Way.DOWN


def layout(document: PathDocument, heights: Mapping[str, float], way: Way = Way.DOWN) -> Layout:
    """Where everything stands; `heights` has the height of the box of each step.

    Arrows of a path of series and parallel parts do not cross. Raises `Refusal` for a circle.
    """
    steps = document.by_code
    if not steps:
        return Layout((), (), 2 * MARGIN, 2 * MARGIN, way)
    sheet = _sheet(steps, heights, way)
    boxes = {code: sheet.box(code) for code in sheet.shown()}
    arrows = tuple(_arrows(steps, sheet))
    width, height = sheet.size
    return Layout(tuple(boxes.values()), arrows, width, height, way)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Rows lie along the main direction; `starts` and `depths` are where, and how deep each is."""

    rows: Mapping[str, int]
    places: Places
    heights: Mapping[str, float]
    way: Way
    column: float
    starts: tuple[float, ...]
    depths: tuple[float, ...]

    def shown(self) -> list[str]:
        return sorted(self.rows, key=lambda code: (self.rows[code], self.places.middles[code]))

    def point(self, along: float, aside: float) -> Point:
        point = (aside, along) if self.way is Way.DOWN else (along, aside)
        return round(point[0], 1), round(point[1], 1)

    def aside(self, column: float) -> float:
        return MARGIN + column * self.column - _BESIDE / 2

    def middle(self, code: str) -> float:
        return self.aside(self.places.middles[code])

    def depth(self, code: str) -> float:
        return self.heights[code] if self.way is Way.DOWN else WIDTH

    def top(self, code: str) -> float:
        return self.starts[self.rows[code]]

    def end(self, row: int) -> float:
        return self.starts[row] + self.depths[row]

    def box(self, code: str) -> Box:
        across = WIDTH if self.way is Way.DOWN else self.heights[code]
        x, y = self.point(self.top(code), self.middle(code) - across / 2)
        return Box(code, x, y, WIDTH, round(self.heights[code], 1), self.rows[code])

    @property
    def size(self) -> Point:
        across = 2 * MARGIN + self.places.width * self.column - _BESIDE
        return self.point(self.end(len(self.starts) - 1) + MARGIN, across)


def _sheet(steps: Steps, heights: Mapping[str, float], way: Way) -> _Sheet:
    rows = row_numbers(steps)
    depths = [0.0] * (max(rows.values()) + 1)
    for code, row in rows.items():
        depths[row] = max(depths[row], heights[code] if way is Way.DOWN else WIDTH)
    starts = accumulate(depths[:-1], lambda at, depth: at + depth + _BEHIND, initial=MARGIN)
    tallest = max(heights[code] for code in steps)
    column = (WIDTH if way is Way.DOWN else tallest) + _BESIDE
    return _Sheet(rows, places_of(steps), heights, way, column, tuple(starts), tuple(depths))


def _arrows(steps: Steps, sheet: _Sheet) -> Iterator[Arrow]:
    after = nearness_of(steps).after
    together: dict[tuple[str, ...], list[str]] = {}
    shown = sheet.shown()
    for code in shown:
        before = tuple(one for one in shown if one in after[code])
        together.setdefault(before, []).append(code)
    for before, behind in together.items():
        if len(before) > 1 and len(behind) > 1:
            yield from _knotted(before, tuple(behind), sheet)
        else:
            for first in before:
                for second in behind:
                    yield Arrow((first,), (second,), _way(first, second, sheet))


def _knotted(before: tuple[str, ...], behind: tuple[str, ...], sheet: _Sheet) -> Iterator[Arrow]:
    row = sheet.rows[behind[0]]
    middles = [sheet.middle(code) for code in (*before, *behind)]
    knot = (sheet.end(row - 1) + _BEHIND / 2, (min(middles) + max(middles)) / 2)
    for code in before:
        line = [*_line_down(code, row, sheet), knot]
        yield Arrow((code,), behind, _points(line, sheet), arrives=False)
    for code in behind:
        line = [knot, (sheet.top(code), sheet.middle(code))]
        yield Arrow(before, (code,), _points(line, sheet))


_Along = tuple[float, float]
"""How far along the path, and how far aside."""


def _way(first: str, second: str, sheet: _Sheet) -> tuple[Point, ...]:
    line = _line_down(first, sheet.rows[second], sheet)
    begin = sheet.starts[sheet.rows[second]]
    line += [(begin, sheet.middle(second)), (sheet.top(second), sheet.middle(second))]
    return _points(line, sheet)


def _line_down(code: str, row: int, sheet: _Sheet) -> list[_Along]:
    """From the step to where the row in front of that one ends, past all rows between."""
    trunk = sheet.places.trunks.get(code, {})
    aside = sheet.middle(code)
    line = [(sheet.top(code) + sheet.depth(code), aside), (sheet.end(sheet.rows[code]), aside)]
    for passed in range(sheet.rows[code] + 1, row):
        aside = sheet.aside(trunk[passed]) if passed in trunk else aside
        line += [(sheet.starts[passed], aside), (sheet.end(passed), aside)]
    return line


def _points(line: list[_Along], sheet: _Sheet) -> tuple[Point, ...]:
    """The line without points that lie between others on a straight piece."""
    kept: list[_Along] = []
    for at in line:
        if kept and kept[-1] == at:
            continue
        while len(kept) > 1 and kept[-2][1] == kept[-1][1] == at[1]:
            kept.pop()
        kept.append(at)
    return tuple(sheet.point(*at) for at in kept)
