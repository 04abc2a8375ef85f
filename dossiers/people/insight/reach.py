"""Reach: whom at the client we can speak to, and who takes most of it along when they leave.

The reach is a share of the people who matter, each with the weight of their part in decisions
(`weights`). Somebody whom one of ours has met counts in full. Somebody whom none of ours has met
counts by half when a person we have met can bring us to them: their manager, one who reports to
them, or somebody tied to them (by influence, trust, or as a former colleague). All others count
nothing. Somebody of ours or of theirs is a single point of failure when at least half of the reach
would be gone without them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from dossiers.people.chart.snapshot import Acquaintance, Chart, Seat, Tie
from dossiers.people.insight.weights import MET_FROM, is_at_least, weights_of
from dossiers.people.kinds import InfluenceKind

#: What somebody counts whom we can only be brought to.
BROUGHT = 0.5
#: The share of the reach from which somebody is a single point of failure.
SINGLE_POINT_FROM = 0.5
#: The share of the reach from which somebody is worth a line at all.
_SHOWN_FROM = 0.1
_MOST_SHOWN = 5


class Side(StrEnum):
    """Whose somebody is."""

    OURS = "ours"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Loss:
    """What leaves with somebody: `share` is of the present reach, from 0 to 1."""

    side: Side
    ident: int
    name: str
    share: float

    @property
    def is_single_point(self) -> bool:
        """Whether most of the reach would be gone."""
        return self.share >= SINGLE_POINT_FROM


@dataclass(frozen=True, slots=True)
class Reach:
    """The reach, from 0 to 1, and who takes most of it along, the heaviest loss first."""

    share: float
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True)
class _Net:
    """The people of a client: weight, which of ours has met them, who can bring us to them."""

    weights: Mapping[int, int]
    met_by: Mapping[int, frozenset[int]]
    bringers: Mapping[int, frozenset[int]]

    def worth(self, person: int, without: Collection[int] = (), ours: int = 0) -> float:
        """What a person adds to the reach; `without` are gone at the client, `ours` with us."""
        if person in without:
            return 0.0
        if self._is_met(person, ours):
            return float(self.weights[person])
        near = self.bringers.get(person, frozenset())
        brought = any(one not in without and self._is_met(one, ours) for one in near)
        return self.weights[person] * BROUGHT if brought else 0.0

    def _is_met(self, person: int, ours: int) -> bool:
        return bool(self.met_by.get(person, frozenset()) - {ours})


def reach_of(chart: Chart) -> Reach:
    """The reach at the client on that day."""
    net = _net(chart)
    whole = sum(net.weights.values())
    now = sum(net.worth(person) for person in net.weights)
    if not now:
        return Reach(0.0)
    losses = [*_losses_of_ours(chart, net, now), *_losses_of_theirs(chart, net, now)]
    heaviest = sorted(losses, key=lambda loss: (-loss.share, loss.side, loss.name))
    shown = [loss for loss in heaviest if loss.share >= _SHOWN_FROM]
    return Reach(now / whole, tuple(shown[:_MOST_SHOWN]))


def _losses_of_ours(chart: Chart, net: _Net, now: float) -> Iterator[Loss]:
    names = {one.user_id: one.user for one in chart.acquaintances if _has_met(one)}
    for user, name in names.items():
        met = [person for person, ours in net.met_by.items() if user in ours]
        gone = sum(net.worth(person) - net.worth(person, ours=user) for person in _around(net, met))
        yield Loss(Side.OURS, user, name, gone / now)


def _losses_of_theirs(chart: Chart, net: _Net, now: float) -> Iterator[Loss]:
    names = chart.names
    for person in net.met_by:
        gone = sum(
            net.worth(one) - net.worth(one, without={person}) for one in _around(net, [person])
        )
        yield Loss(Side.THEIRS, person, names[person], gone / now)


def _around(net: _Net, people: Iterable[int]) -> set[int]:
    """The people and all to whom they can bring us: nobody else can be lost with them."""
    own = set(people)
    return own | {one for person in own for one in net.bringers.get(person, ())}


def _net(chart: Chart) -> _Net:
    weights = weights_of(chart)
    met: dict[int, set[int]] = defaultdict(set)
    for one in chart.acquaintances:
        if one.person_id in weights and _has_met(one):
            met[one.person_id].add(one.user_id)
    near: dict[int, set[int]] = defaultdict(set)
    for one_id, other_id in _pairs(chart):
        if one_id in weights and other_id in weights and one_id != other_id:
            near[one_id].add(other_id)
            near[other_id].add(one_id)
    return _Net(weights, _frozen(met), _frozen(near))


def _frozen(found: Mapping[int, set[int]]) -> dict[int, frozenset[int]]:
    return {person: frozenset(others) for person, others in found.items()}


def _has_met(one: Acquaintance) -> bool:
    return is_at_least(one.coverage, MET_FROM)


def _pairs(chart: Chart) -> Iterator[tuple[int, int]]:
    for seat in chart.seats.values():
        yield from _with_manager(seat, chart.seats.get(seat.manager_id or 0))
    yield from ((tie.from_id, tie.to_id) for tie in chart.ties if _brings(tie))


def _with_manager(seat: Seat, manager: Seat | None) -> Iterator[tuple[int, int]]:
    for holder in seat.holders:
        for above in manager.holders if manager else ():
            yield holder.person_id, above.person_id


def _brings(tie: Tie) -> bool:
    """Whoever is at war with somebody brings nobody to them."""
    return tie.kind is not InfluenceKind.CONFLICTS
