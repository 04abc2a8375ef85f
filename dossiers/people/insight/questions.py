"""One question at a time: what is worth knowing next, whoever decides first.

What to ask follows from the chart alone; that somebody does not know an answer, or wants another
question, is kept outside (`later`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from dossiers.people.chart.snapshot import Chart, Holder, Seat
from dossiers.people.insight.weights import APPROVING, HEAVY, MET_FROM, is_at_least, weight_of
from dossiers.people.kinds import PositionKind, Role

#: After so long it is asked whether somebody still holds a position.
STALE_AFTER = timedelta(days=365)
#: After so long it is asked whether a vacant position has been filled.
VACANT_AFTER = timedelta(days=60)
#: More reports than these make a position no more important.
_REPORTS_COUNTED = 6


class Ask(StrEnum):
    """What a question is about."""

    BUYER = "buyer"
    SIGNER = "signer"
    ATTITUDE = "attitude"
    MET = "met"
    MANAGER = "manager"
    HOLDER = "holder"
    PLACE = "place"
    ROLE = "role"
    STILL = "still"


_WORTH: Mapping[Ask, float] = {
    Ask.BUYER: 100,
    Ask.SIGNER: 90,
    Ask.ATTITUDE: 6,
    Ask.MET: 5,
    Ask.MANAGER: 4,
    Ask.HOLDER: 4,
    Ask.PLACE: 3,
    Ask.ROLE: 3,
    Ask.STILL: 2,
}
"""What an answer is worth; of those about somebody, times how much they count."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a person or a position (`subject`), and for `STILL` the position (`place`).

    `name` and `title` are words for its sentence; `days` how long ago something was heard.
    """

    ask: Ask
    worth: float
    subject: int = 0
    place: int = 0
    name: str = ""
    title: str = ""
    days: int = 0

    @property
    def code(self) -> str:
        """By what it is known again: the same as long as the same is asked."""
        return f"{self.ask.value}-{self.subject}-{self.place}"


def questions_of(chart: Chart) -> list[Question]:
    """All that is worth asking about the chart, the most worth first."""
    if not chart.names and not chart.seats:
        return []
    asked = [
        *_about_decision(chart),
        *_about_people(chart),
        *_about_seats(chart),
        *_about_holders(chart),
    ]
    # Who holds two positions is asked about once.
    once = {one.code: one for one in sorted(asked, key=lambda one: one.worth)}
    return sorted(once.values(), key=lambda one: (-one.worth, one.code))


def _about_decision(chart: Chart) -> Iterator[Question]:
    here = chart.names
    roles = {
        role for person, one in chart.standings.items() if person in here for role in one.roles
    }
    if Role.ECONOMIC_BUYER not in roles:
        yield Question(Ask.BUYER, _WORTH[Ask.BUYER])
    if not roles & (APPROVING - {Role.ECONOMIC_BUYER}):
        yield Question(Ask.SIGNER, _WORTH[Ask.SIGNER])


def _about_people(chart: Chart) -> Iterator[Question]:
    met = {one.person_id for one in chart.acquaintances if is_at_least(one.coverage, MET_FROM)}
    for person, name in chart.names.items():
        standing = chart.standings.get(person)
        weight = weight_of(standing)
        if weight < HEAVY:
            continue
        if standing and standing.attitude is None:
            yield Question(Ask.ATTITUDE, _WORTH[Ask.ATTITUDE] * weight, person, name=name)
        if person not in met:
            yield Question(Ask.MET, _WORTH[Ask.MET] * weight, person, name=name)


def _about_seats(chart: Chart) -> Iterator[Question]:
    counts = _counts(chart)
    for seat in _floating(chart):
        yield _of_seat(Ask.MANAGER, seat, counts)
    for seat in chart.seats.values():
        if not seat.holders and (not seat.is_known or _age(chart, seat) >= VACANT_AFTER):
            yield _of_seat(Ask.HOLDER, seat, counts)


def _of_seat(ask: Ask, seat: Seat, counts: Mapping[int, float]) -> Question:
    names = ", ".join(holder.name for holder in seat.holders)
    return Question(ask, _WORTH[ask] * counts[seat.id], seat.id, name=names, title=seat.title)


def _age(chart: Chart, seat: Seat) -> timedelta:
    return chart.day - seat.known.learned_on


def _floating(chart: Chart) -> Iterator[Seat]:
    """The tops but the largest: somebody stands at the top, of the others nobody knows."""
    tops = [s for s in chart.below().get(None, []) if s.kind is not PositionKind.COMMITTEE]
    sizes = _sizes(chart)
    largest = max(tops, key=lambda seat: (sizes[seat.id], -seat.rank, -seat.id), default=None)
    return (seat for seat in tops if seat is not largest)


def _sizes(chart: Chart) -> Counter[int]:
    """Position id → how many stand below it, counted from the leaves up."""
    below = chart.below()
    order: list[Seat] = list(below.get(None, []))
    for seat in order:
        order.extend(below.get(seat.id, []))
    sizes: Counter[int] = Counter()
    for seat in reversed(order):
        sizes[seat.id] += 1
        if seat.manager_id is not None and seat.manager_id in chart.seats:
            sizes[seat.manager_id] += sizes[seat.id]
    return sizes


def _counts(chart: Chart) -> dict[int, float]:
    """Position id → how much it counts: by the weight of its holders, and by its reports."""
    reports = Counter(seat.manager_id for seat in chart.seats.values())
    counts: dict[int, float] = {}
    for seat in chart.seats.values():
        weights = (weight_of(chart.standings.get(one.person_id)) for one in seat.holders)
        counts[seat.id] = 1 + max(weights, default=0) + min(reports[seat.id], _REPORTS_COUNTED)
    return counts


def _about_holders(chart: Chart) -> Iterator[Question]:
    for holder in chart.unplaced:
        weight = weight_of(chart.standings.get(holder.person_id))
        yield Question(
            Ask.PLACE, _WORTH[Ask.PLACE] * (1 + weight), holder.person_id, name=holder.name
        )
    counts = _counts(chart)
    for seat in chart.seats.values():
        for holder in seat.holders:
            yield from _about_holder(chart, seat, holder, counts[seat.id])


def _about_holder(chart: Chart, seat: Seat, holder: Holder, count: float) -> Iterator[Question]:
    age = chart.day - holder.known.learned_on
    if age >= STALE_AFTER:
        yield Question(
            Ask.STILL, _WORTH[Ask.STILL] * count, holder.person_id, seat.id,
            holder.name, seat.title, age.days,
        )  # fmt: skip
    standing = chart.standings.get(holder.person_id)
    if not (standing and standing.roles) and _is_high(chart, seat):
        yield Question(Ask.ROLE, _WORTH[Ask.ROLE] * count, holder.person_id, name=holder.name)


def _is_high(chart: Chart, seat: Seat) -> bool:
    """Whether somebody there may have a part in decisions: the top, and who reports to it."""
    manager = chart.seats.get(seat.manager_id or 0)
    return manager is None or manager.manager_id not in chart.seats
