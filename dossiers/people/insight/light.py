"""Red, amber or green: how a dossier stands, by one rule that is shown to the reader.

Green: the economic buyer is known, and two of ours have a relationship with somebody who approves
and is on our side. Amber: the economic buyer is known, or somebody who approves is on our side.
Red: neither.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dossiers.people.insight.weights import APPROVING, ON_OUR_SIDE
from dossiers.people.kinds import Attitude, Role

#: So many of ours must have a relationship with a supportive approver.
OURS_NEEDED = 2
#: At most so many approvers are named as not yet on our side.
_MOST_NAMED = 3


class Colour(StrEnum):
    """How a dossier stands."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Lack(StrEnum):
    """What is missing for green."""

    BUYER_UNKNOWN = "buyer_unknown"
    BUYER_GUESSED = "buyer_guessed"
    APPROVER_UNKNOWN = "approver_unknown"
    ATTITUDE_UNKNOWN = "attitude_unknown"
    NOT_ON_OUR_SIDE = "not_on_our_side"
    TOO_FEW_OF_OURS = "too_few_of_ours"


@dataclass(frozen=True, slots=True)
class Decider:
    """Somebody who says yes or no: what they are, how they stand to us, how many of ours they know.

    `guessed` are those of the roles that are only supposed.
    """

    person_id: int
    name: str
    roles: frozenset[Role]
    guessed: frozenset[Role] = frozenset()
    attitude: Attitude | None = None
    ours: int = 0

    @property
    def is_buyer(self) -> bool:
        """Whether we know, and do not only suppose, that they hold the money."""
        return Role.ECONOMIC_BUYER in self.roles - self.guessed

    @property
    def is_ally(self) -> bool:
        """Whether they approve and are on our side."""
        return bool(self.roles & APPROVING) and self.attitude in ON_OUR_SIDE


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is missing for green, with the person it is about and where to mend it."""

    lack: Lack
    address: str
    name: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Light:
    """The colour of a dossier and what is missing for green."""

    colour: Colour
    points: tuple[Point, ...] = ()


def light_of(client_id: int, deciders: Sequence[Decider]) -> Light:
    """How the dossier of a client stands, given everybody who has a part in its decisions."""
    buyer = any(one.is_buyer for one in deciders)
    allies = [one for one in deciders if one.is_ally]
    held = any(ally.ours >= OURS_NEEDED for ally in allies)
    if buyer and held:
        return Light(Colour.GREEN)
    points = tuple(_points(client_id, deciders, buyer, held))
    return Light(Colour.AMBER if buyer or allies else Colour.RED, points)


def _points(
    client_id: int, deciders: Sequence[Decider], buyer: bool, held: bool
) -> Iterator[Point]:
    if not buyer:
        yield from _about_buyer(client_id, deciders)
    if not held:
        yield from _about_approvers(client_id, deciders)


def _about_buyer(client_id: int, deciders: Sequence[Decider]) -> Iterator[Point]:
    guessed = [one for one in deciders if Role.ECONOMIC_BUYER in one.guessed]
    for one in guessed[:_MOST_NAMED]:
        yield Point(Lack.BUYER_GUESSED, _field(client_id, one, "role"), one.name)
    if not guessed:
        address = f"/clients/{client_id}/people/new?role={Role.ECONOMIC_BUYER.value}"
        yield Point(Lack.BUYER_UNKNOWN, address)


def _about_approvers(client_id: int, deciders: Sequence[Decider]) -> Iterator[Point]:
    approvers = [one for one in deciders if one.roles & APPROVING]
    allies = sorted((one for one in approvers if one.is_ally), key=lambda one: -one.ours)
    if allies:
        best = allies[0]
        address = f"/clients/{client_id}/coverage#person-{best.person_id}"
        yield Point(Lack.TOO_FEW_OF_OURS, address, best.name, best.ours)
    elif approvers:
        yield from _unwon(client_id, approvers)
    else:
        address = f"/clients/{client_id}/people/new?role={Role.APPROVER.value}"
        yield Point(Lack.APPROVER_UNKNOWN, address)


def _unwon(client_id: int, approvers: Sequence[Decider]) -> Iterator[Point]:
    """Whose attitude nobody knows comes first: to ask is easier than to win."""
    unknown_first = sorted(approvers, key=lambda one: one.attitude is not None)
    for one in unknown_first[:_MOST_NAMED]:
        lack = Lack.NOT_ON_OUR_SIDE if one.attitude else Lack.ATTITUDE_UNKNOWN
        yield Point(lack, _field(client_id, one, "attitude"), one.name)


def _field(client_id: int, one: Decider, field: str) -> str:
    return f"/persons/{one.person_id}?client={client_id}#{field}"
