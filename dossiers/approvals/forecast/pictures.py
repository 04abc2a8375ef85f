"""Where things stand in the two pictures of a forecast; templates draw them as SVG.

The weeks: how many of the walks end in each. The slide: each forecast over the day it was made, as
in a milestone trend chart, so that one sees whether the signature slid or came nearer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dossiers.approvals.forecast.outlook import Bar

WIDTH, HEIGHT = 360, 190
_LEFT, _TOP, _BOTTOM = 6, 14, 164
_SLIDE_LEFT = 62
_GAP = 0.8


@dataclass(frozen=True, slots=True)
class Block:
    """A bar: its corner, its size, and what it stands for."""

    x: float
    y: float
    width: float
    height: float
    bar: Bar


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that matters, as a line from top to bottom; `name` is what it is."""

    name: str
    x: float
    day: date


@dataclass(frozen=True, slots=True)
class Weeks:
    """The picture of the weeks: blocks, marks, and the first and last day under it."""

    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    first: date
    last: date


def weeks_of(bars: Sequence[Bar], days: Iterable[tuple[str, date | None]]) -> Weeks:
    """Draw the weeks; `days` are the days that matter, by their names. Needs one bar at least."""
    known = [(name, day) for name, day in days if day is not None]
    first = min([bars[0].start, *(day for _name, day in known)])
    last = max([bars[-1].end, *(day for _name, day in known)])
    scale = _Scale(first.toordinal(), last.toordinal() + 1, _LEFT, WIDTH - _LEFT)
    highest = max(bar.share for bar in bars)
    return Weeks(
        tuple(_block(bar, scale, highest) for bar in bars),
        tuple(Mark(name, scale.of(day.toordinal() + 0.5), day) for name, day in known),
        first,
        last,
    )


def _block(bar: Bar, scale: "_Scale", highest: float) -> Block:
    left, right = scale.of(bar.start.toordinal()), scale.of(bar.end.toordinal() + 1)
    height = round((_BOTTOM - _TOP) * bar.share / highest, 1)
    gap = min(_GAP, (right - left) / 4)
    return Block(
        round(left + gap, 1),
        round(_BOTTOM - height, 1),
        round(right - left - 2 * gap, 1),
        height,
        bar,
    )


@dataclass(frozen=True, slots=True)
class Point:
    """One forecast in the slide: its range from `top` to `bottom`, the likely and own day."""

    x: float
    top: float
    likely: float
    bottom: float
    own: float | None


@dataclass(frozen=True, slots=True)
class Slide:
    """The picture of the slide; `signed` is how high the real day stands, when it is known."""

    points: tuple[Point, ...]
    signed: float | None
    earliest: date
    latest: date
    first: date
    last: date
    likely_line: str
    own_line: str


@dataclass(frozen=True, slots=True)
class Guess:
    """What was expected on one day."""

    made_on: date
    early: date
    likely: date
    late: date
    managers_date: date | None


def slide_of(guesses: Sequence[Guess], signed_on: date | None) -> Slide | None:
    """Draw the slide; `None` when there is only one forecast, which cannot slide."""
    if len(guesses) < 2:
        return None
    made = [guess.made_on for guess in guesses] + ([signed_on] if signed_on else [])
    said = [day for guess in guesses for day in (guess.early, guess.late, guess.managers_date)]
    heights = [day for day in (*said, signed_on) if day is not None]
    across = _Scale(min(made).toordinal(), max(made).toordinal(), _SLIDE_LEFT + 8, WIDTH - 10)
    up = _Scale(min(heights).toordinal(), max(heights).toordinal(), _BOTTOM - 4, _TOP)
    points = tuple(_point(guess, across, up) for guess in guesses)
    return Slide(
        points,
        up.of(signed_on.toordinal()) if signed_on else None,
        min(heights),
        max(heights),
        min(made),
        max(made),
        " ".join(f"{point.x},{point.likely}" for point in points),
        " ".join(f"{point.x},{point.own}" for point in points if point.own is not None),
    )


def _point(guess: Guess, across: "_Scale", up: "_Scale") -> Point:
    own = guess.managers_date
    return Point(
        across.of(guess.made_on.toordinal()),
        up.of(guess.late.toordinal()),
        up.of(guess.likely.toordinal()),
        up.of(guess.early.toordinal()),
        up.of(own.toordinal()) if own else None,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days to places on the sheet."""

    first: float
    last: float
    start: float
    end: float

    def of(self, day: float) -> float:
        """The place of a day, to a tenth."""
        wide = max(self.last - self.first, 1)
        return round(self.start + (self.end - self.start) * (day - self.first) / wide, 1)
