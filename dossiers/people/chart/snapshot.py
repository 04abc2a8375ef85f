"""A client's chart on one day as plain values: what the drawing, the lists and the rules read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dossiers.facts.kinds import Confidence, Source
from dossiers.people.kinds import (
    Attitude,
    Coverage,
    InfluenceKind,
    Level,
    LineKind,
    Orientation,
    PositionKind,
    Power,
    Role,
)


@dataclass(frozen=True, slots=True)
class Known:
    """Where a fact is known from, how surely, since which day it is true and we know it."""

    source: Source
    confidence: Confidence
    since: date
    learned_on: date

    @property
    def is_guess(self) -> bool:
        """Whether somebody only supposes it."""
        return self.source is Source.GUESS or self.confidence is Confidence.GUESS


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a position, or (in `Chart.unplaced`) whose position nobody knows."""

    person_id: int
    name: str
    main: bool
    acting: bool
    known: Known


@dataclass(frozen=True, slots=True)
class Seat:
    """A position on that day: what it is, whom it reports to, who holds it."""

    id: int
    title: str
    unit: str
    kind: PositionKind
    code: str
    is_known: bool
    rank: int
    known: Known
    manager_id: int | None = None
    line: Known | None = None
    holders: tuple[Holder, ...] = ()

    @property
    def is_vacant(self) -> bool:
        """Whether we know the position and know that nobody holds it."""
        return self.is_known and not self.holders


@dataclass(frozen=True, slots=True)
class Line:
    """A dotted line, or that of an assistant, between two positions."""

    from_id: int
    to_id: int
    kind: LineKind
    known: Known


@dataclass(frozen=True, slots=True)
class Tie:
    """An influence line between two people."""

    from_id: int
    to_id: int
    kind: InfluenceKind
    strength: int
    both_ways: bool
    note: str
    known: Known


@dataclass(frozen=True, slots=True)
class Standing:
    """What we think of a person at this client; `None` is "not known".

    `known` tells for each aspect ("role", "attitude", "power", "orientation") where we know it
    from; of several roles the one learnt last. `of_deal` names the aspects set for one deal only.
    """

    roles: tuple[Role, ...] = ()
    attitude: Attitude | None = None
    power: Power | None = None
    orientation: Orientation | None = None
    known: Mapping[str, Known] = field(default_factory=dict)
    of_deal: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """How well one of ours knows somebody at the client."""

    user_id: int
    user: str
    person_id: int
    coverage: Coverage
    level: Level | None
    wanted: Level | None
    wanted_by: date | None
    evidence: str
    known: Known


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything about the people of a client on one day, as believed at one moment.

    `seats` by position id, `names` by person id (of everybody who works there on that day),
    `standings` by person id. Managers in `seats` may be missing only in data that breaks a rule.
    """

    client_id: int
    day: date
    seats: Mapping[int, Seat]
    unplaced: tuple[Holder, ...] = ()
    lines: tuple[Line, ...] = ()
    ties: tuple[Tie, ...] = ()
    standings: Mapping[int, Standing] = field(default_factory=dict)
    acquaintances: tuple[Acquaintance, ...] = ()

    @property
    def names(self) -> dict[int, str]:
        """Person id → name of everybody who works there."""
        held = {h.person_id: h.name for seat in self.seats.values() for h in seat.holders}
        return held | {h.person_id: h.name for h in self.unplaced}

    def below(self) -> dict[int | None, list[Seat]]:
        """The seats by their manager's id, in the order of the drawing; `None` holds the tops."""
        found: dict[int | None, list[Seat]] = {}
        for seat in sorted(self.seats.values(), key=lambda seat: (seat.rank, seat.id)):
            manager = seat.manager_id if seat.manager_id in self.seats else None
            found.setdefault(manager, []).append(seat)
        return found
