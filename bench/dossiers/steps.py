"""Random deeds of a manager: how to do each in a dossier, and how to tell it to the oracle."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from bench.dossiers.oracle import Deed, Job
from dossiers.facts.models import Change
from dossiers.people.editing import employments, lines, persons, positions
from dossiers.people.editing.employments import Appointment
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.positions import Reports, Wanted
from dossiers.people.kinds import EndReason, LineKind

_ENOUGH_POSITIONS, _ENOUGH_PEOPLE = 6, 6
_REASONS = (EndReason.LEFT, EndReason.MOVED_INSIDE, EndReason.UNKNOWN)


@dataclass
class There:
    """All positions and people that a trial has ever made, by their numbers.

    `present` are the positions that are there on the day of the next deed.
    """

    positions: list[int] = field(default_factory=list)
    persons: list[int] = field(default_factory=list)
    present: list[int] = field(default_factory=list)

    def some(self, random: Random) -> int:
        """A position, mostly one that is there."""
        return random.choice(self.positions if _seldom(random) else self.present)


@dataclass(frozen=True)
class Step:
    """One deed: `do` returns its change, and the number of what is new; `tell` gets that."""

    name: str
    do: Callable[[Pen], tuple[Change, int]]
    tell: Callable[[Deed, int], None]


def some_step(random: Random, there: There) -> Step:
    """Any deed; things to do it with are made first."""
    if len(there.present) < _ENOUGH_POSITIONS or _seldom(random):
        return _add(random, there)
    if len(there.persons) < _ENOUGH_PEOPLE or _seldom(random):
        return _hire(random, there)
    return random.choice(_STEPS)(random, there)


def _seldom(random: Random) -> bool:
    return random.random() < 0.05


def _add(random: Random, there: There) -> Step:
    title = _word(random)
    manager = random.choice([None, *there.present])

    def do(pen: Pen) -> tuple[Change, int]:
        change, position = positions.add_position(pen, Wanted(title), manager)
        there.positions.append(position)
        return change, position

    return Step("add", do, lambda deed, position: deed.add(position, title, manager))


def _hire(random: Random, there: There) -> Step:
    name = f"{_word(random)} {len(there.persons)}"

    def do(pen: Pen) -> tuple[Change, int]:
        change, person = persons.add_person(pen, name)
        there.persons.append(person.id)
        return change, person.id

    return Step("hire", do, lambda deed, person: deed.hire(person, name))


def _change(random: Random, there: There) -> Step:
    title, position = _word(random), there.some(random)

    def do(pen: Pen) -> Change:
        wanted = replace(positions.wanted_now(pen, position), title=title)
        return positions.change_position(pen, position, wanted)

    return _old("change", do, lambda deed: deed.change(position, title))


def _order(random: Random, there: There) -> Step:
    rank, position = random.randrange(3), there.some(random)
    return _old(
        "order",
        lambda pen: positions.order_position(pen, position, rank),
        lambda deed: deed.order(position, rank),
    )


def _move(random: Random, there: There) -> Step:
    position, manager = there.some(random), random.choice([None, there.some(random)])
    return _old(
        "move",
        lambda pen: positions.move_position(pen, position, manager),
        lambda deed: deed.move(position, manager),
    )


def _remove(random: Random, there: There) -> Step:
    position, reports = there.some(random), random.choice(list(Reports))
    return _old(
        "remove",
        lambda pen: positions.remove_position(pen, position, reports),
        lambda deed: deed.remove(position, reports),
    )


def _appoint(random: Random, there: There) -> Step:
    position, person = there.some(random), random.choice(there.persons)
    job = Job(random.random() < 0.8, random.random() < 0.3)
    predecessor = random.choice([None, *_REASONS])

    def do(pen: Pen) -> Change:
        somebody = employments.person_of(pen, person)
        how = Appointment(job.main, job.acting, predecessor)
        return employments.appoint(pen, position, somebody, how)

    return _old("appoint", do, lambda deed: deed.appoint(position, person, job, predecessor))


def _end(random: Random, there: There) -> Step:
    position, person = random.choice([None, there.some(random)]), random.choice(there.persons)
    reason = random.choice(_REASONS)
    return _old(
        "end",
        lambda pen: employments.end_employment(pen, person, position, reason),
        lambda deed: deed.end(person, position, reason),
    )


def _leave(random: Random, there: There) -> Step:
    person, reason = random.choice(there.persons), random.choice(_REASONS)
    return _old(
        "leave",
        lambda pen: employments.leave_client(pen, person, reason),
        lambda deed: deed.leave(person, reason),
    )


def _rename(random: Random, there: There) -> Step:
    person, name, always = random.choice(there.persons), _word(random), _seldom(random)
    return _old(
        "rename",
        lambda pen: persons.rename_person(pen, person, name, always),
        lambda deed: deed.rename(person, name, always),
    )


def _draw(random: Random, there: There) -> Step:
    one, other, kind = _ends(random, there)
    return _old(
        "draw",
        lambda pen: lines.draw_line(pen, one, other, kind),
        lambda deed: deed.draw(one, other, kind),
    )


def _erase(random: Random, there: There) -> Step:
    one, other, kind = _ends(random, there)
    return _old(
        "erase",
        lambda pen: lines.remove_line(pen, one, other, kind),
        lambda deed: deed.erase(one, other, kind),
    )


def _ends(random: Random, there: There) -> tuple[int, int, LineKind]:
    some = there.present[:3]
    return random.choice(some), random.choice(some), LineKind.DOTTED


def _old(name: str, do: Callable[[Pen], Change], tell: Callable[[Deed], None]) -> Step:
    """A deed that makes nothing with a number of its own."""
    return Step(name, lambda pen: (do(pen), 0), lambda deed, _number: tell(deed))


def _word(random: Random) -> str:
    return "".join(random.choices("абвгдежз", k=4))


_STEPS = (
    *(_move, _move, _move, _appoint, _appoint, _change, _remove),
    *(_order, _end, _leave, _rename, _draw, _draw, _erase),
)
