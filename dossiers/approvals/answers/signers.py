"""Who acts at a step today, and what we must worry about: nobody there, against us, a stranger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.steps import Step
from dossiers.people.chart.snapshot import Holder
from dossiers.people.kinds import Attitude

_AGAINST = frozenset({Attitude.SCEPTIC, Attitude.ENEMY})


class Acts(StrEnum):
    """As what somebody acts."""

    HOLDER = "holder"
    ACTING = "acting"
    DEPUTY = "deputy"


class Worry(StrEnum):
    """What is not right about who acts."""

    VACANT = "vacant"
    UNKNOWN = "unknown"
    GONE = "gone"
    SCEPTIC = "sceptic"
    ENEMY = "enemy"
    STRANGER = "stranger"
    GUESS = "guess"


@dataclass(frozen=True, slots=True)
class Regard:
    """How a person stands to us (supposed only, when `is_guess`), and who of ours knows them."""

    attitude: Attitude | None = None
    is_guess: bool = False
    known_to: tuple[str, ...] = ()


NO_REGARD = Regard()


@dataclass(frozen=True, slots=True)
class Signer:
    """One position of a step with the person who acts for it today.

    `person` is `None` when nobody is known to. `stands_in` is the deputy's position when its
    holder acts.
    """

    seat: ActorSeat
    person: Holder | None = None
    acts: Acts | None = None
    stands_in: ActorSeat | None = None
    regard: Regard = NO_REGARD
    worries: tuple[Worry, ...] = field(default=())


def signers_of(
    step: Step, seats: Mapping[int, ActorSeat], regards: Mapping[int, Regard]
) -> tuple[Signer, ...]:
    """Who acts for each position of a step; none for a step of which nobody is named.

    `seats` has all positions and the deputy of the step, `regards` people by their numbers.
    """
    deputy = seats[step.deputy] if step.deputy else None
    return tuple(_signer(seats[ident], deputy, regards) for ident in step.positions)


def _signer(seat: ActorSeat, deputy: ActorSeat | None, regards: Mapping[int, Regard]) -> Signer:
    person, acts, stands_in = seat.holder, Acts.HOLDER, None
    if person is not None and person.acting:
        acts = Acts.ACTING
    if person is None and deputy is not None and deputy.holder is not None:
        person, acts, stands_in = deputy.holder, Acts.DEPUTY, deputy
    if person is None:
        return Signer(seat, worries=tuple(_about_seat(seat)))
    regard = regards.get(person.person_id, NO_REGARD)
    worries = (*_about_seat(seat), *_about_person(person, regard))
    return Signer(seat, person, acts, stands_in, regard, worries)


def _about_seat(seat: ActorSeat) -> Iterator[Worry]:
    if seat.is_gone:
        yield Worry.GONE
    if seat.is_vacant:
        yield Worry.VACANT
    if seat.is_unknown:
        yield Worry.UNKNOWN


def _about_person(person: Holder, regard: Regard) -> Iterator[Worry]:
    if regard.attitude in _AGAINST:
        yield Worry.ENEMY if regard.attitude is Attitude.ENEMY else Worry.SCEPTIC
    if not regard.known_to:
        yield Worry.STRANGER
    if person.known.is_guess:
        yield Worry.GUESS
