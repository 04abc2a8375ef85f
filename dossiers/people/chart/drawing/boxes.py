"""What stands in the box of a position: lines of text, each with its look."""

from collections.abc import Iterator
from dataclasses import dataclass

from dossiers.people.chart.drawing.measures import lines_of, shortened, width_of
from dossiers.people.chart.drawing.terms import Terms
from dossiers.people.chart.snapshot import Chart, Holder, Seat, Standing
from dossiers.people.kinds import Attitude, PositionKind

WIDTH = 196.0
PADDING = 10.0
_ROOM = WIDTH - 2 * PADDING
_MOST_HOLDERS = 4
_PLAIN_KINDS = (PositionKind.HEAD, PositionKind.MEMBER)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `look` names its colour, `gap` is the room above it."""

    text: str
    size: float = 12.0
    look: str = "ink"
    bold: bool = False
    italic: bool = False
    gap: float = 0.0

    @property
    def height(self) -> float:
        """The room that the line takes, with its gap."""
        return self.gap + round(self.size * 1.3, 1)


@dataclass(frozen=True, slots=True)
class Box:
    """A drawn position. `edge` is "plain", "empty" (nobody holds it) or "guess".

    `attitude` is the first one that is not neutral.
    """

    seat_id: int
    lines: tuple[Line, ...]
    height: float
    edge: str
    attitude: str = ""


def box_of(seat: Seat, chart: Chart, terms: Terms) -> Box:
    """The box of a seat."""
    lines = (*_heading(seat, terms), *_holders(seat, chart, terms))
    height = 2 * PADDING - 3 + sum(line.height for line in lines)
    is_guess = seat.known.is_guess or any(holder.known.is_guess for holder in seat.holders)
    edge = "guess" if is_guess else "plain" if seat.holders else "empty"
    return Box(seat.id, lines, round(height, 1), edge, _attitude(seat, chart))


def _attitude(seat: Seat, chart: Chart) -> str:
    for holder in seat.holders:
        standing = chart.standings.get(holder.person_id)
        if standing and standing.attitude and standing.attitude is not Attitude.NEUTRAL:
            return standing.attitude.value
    return ""


def _heading(seat: Seat, terms: Terms) -> Iterator[Line]:
    is_nameless = not seat.title or seat.title == "?"
    title = "?" if is_nameless else seat.title
    for text in lines_of(title, _ROOM, 13, 3, bold=True):
        yield Line(text, 13, bold=True)
    kind = "" if seat.kind in _PLAIN_KINDS else terms.kinds.get(seat.kind, "")
    below = " · ".join(filter(None, (kind, seat.unit)))
    if below:
        yield Line(shortened(below, _ROOM, 10.5), 10.5, "soft")


def _holders(seat: Seat, chart: Chart, terms: Terms) -> Iterator[Line]:
    if not seat.holders:
        word, look = (terms.vacant, "bad") if seat.is_vacant else (terms.unknown, "soft")
        yield Line(word, 12, look, italic=True, gap=4)
    for holder in seat.holders[:_MOST_HOLDERS]:
        yield from _holder(holder, chart.standings.get(holder.person_id), terms)
    more = len(seat.holders) - _MOST_HOLDERS
    if more > 0:
        yield Line(terms.more % {"count": more}, 11, "soft", gap=2)


def _holder(holder: Holder, standing: Standing | None, terms: Terms) -> Iterator[Line]:
    marks = [terms.acting] if holder.acting else []
    marks += [terms.guess] if holder.known.is_guess else []
    mark = f" ({', '.join(marks)})" if marks else ""
    names = lines_of(holder.name, _ROOM, 12, 2)
    for number, text in enumerate(names):
        fits = number == len(names) - 1 and width_of(text + mark, 12) <= _ROOM
        yield Line(text + mark if fits else text, 12, gap=0 if number else 4)
        mark = "" if fits else mark
    if mark:
        yield Line(shortened(mark.strip(), _ROOM, 11), 11, "soft", italic=True)
    if standing:
        yield from _standing(standing, terms)


def _standing(standing: Standing, terms: Terms) -> Iterator[Line]:
    roles = ", ".join(terms.roles.get(role, role) for role in standing.roles)
    for text in lines_of(roles, _ROOM, 10.5, 3):
        yield Line(text, 10.5, "accent")
    if standing.attitude:
        word = terms.attitudes.get(standing.attitude, standing.attitude)
        yield Line(shortened(word, _ROOM, 10.5), 10.5, LOOK_OF[standing.attitude])


LOOK_OF = {
    Attitude.MENTOR: "good",
    Attitude.SUPPORTER: "good",
    Attitude.NEUTRAL: "soft",
    Attitude.SCEPTIC: "warn",
    Attitude.ENEMY: "bad",
}
