"""Plain snapshots: a chart as rows of a file, and the same as the value that the program reads."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import strategies as st

from dossiers.facts.models import Confidence, Source
from dossiers.people.chart.snapshot import Chart, Holder, Known, Line, Seat, Standing, Tie
from dossiers.people.kinds import (
    Attitude,
    InfluenceKind,
    LineKind,
    Orientation,
    PositionKind,
    Power,
    Role,
)

DAY = date(2026, 3, 2)
KNOWN = Known(Source.MEETING, Confidence.SURE, date(2024, 1, 1), date(2025, 1, 1))
POSITIONS = range(1, 8)
PEOPLE = range(101, 107)


@dataclass
class Snapshot:
    """Rows as a file has them: by position number, by person number, and sets of lines."""

    positions: dict[int, dict[str, Any]] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    unplaced: set[int] = field(default_factory=set)
    lines: set[tuple[int, int, str]] = field(default_factory=set)
    ties: set[tuple[int, int, str]] = field(default_factory=set)
    judged: dict[int, dict[str, Any]] = field(default_factory=dict)


def chart_of(rows: Snapshot, day: date = DAY) -> Chart:
    """The same snapshot as a chart."""
    return Chart(
        client_id=1,
        day=day,
        seats={ident: _seat(ident, row, rows.names) for ident, row in rows.positions.items()},
        unplaced=tuple(
            Holder(person, rows.names[person], True, False, KNOWN) for person in rows.unplaced
        ),
        lines=tuple(Line(f, t, LineKind(kind), KNOWN) for f, t, kind in rows.lines),
        ties=tuple(Tie(f, t, InfluenceKind(k), 2, False, "", KNOWN) for f, t, k in rows.ties),
        standings={person: _standing(judged) for person, judged in rows.judged.items()},
    )


def _seat(ident: int, row: dict[str, Any], names: dict[int, str]) -> Seat:
    holders = tuple(
        Holder(person, names[person], main, acting, KNOWN)
        for person, (main, acting) in row.get("holders", {}).items()
    )
    return Seat(
        ident,
        row["title"],
        row.get("unit", ""),
        PositionKind(row.get("kind", "member")),
        row.get("code", ""),
        row.get("known", True),
        row.get("rank", 0),
        KNOWN,
        row.get("manager"),
        KNOWN if row.get("manager") else None,
        holders,
    )


def _standing(judged: dict[str, Any]) -> Standing:
    return Standing(
        roles=tuple(Role(code) for code in judged.get("roles", ())),
        attitude=_choice(Attitude, judged.get("attitude")),
        power=_choice(Power, judged.get("power")),
        orientation=_choice(Orientation, judged.get("orientation")),
    )


def _choice(kind: Any, code: str | None) -> Any:
    return kind(code) if code else None


_rows = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Director", "Buyer", "Lawyer"]),
        "unit": st.sampled_from(["", "Sales", "Finance"]),
        "kind": st.sampled_from([kind.value for kind in PositionKind]),
        "code": st.sampled_from(["", "7"]),
        "known": st.booleans(),
        "manager": st.sampled_from([None, *POSITIONS]),
        "holders": st.dictionaries(
            st.sampled_from(PEOPLE), st.tuples(st.booleans(), st.booleans()), max_size=2
        ),
    }
)
_judged = st.fixed_dictionaries(
    {
        "roles": st.lists(st.sampled_from(["champion", "coach", "legal"]), unique=True),
        "attitude": st.sampled_from([None, "mentor", "enemy"]),
        "power": st.sampled_from([None, "outside"]),
        "orientation": st.sampled_from([None, "technical", "business"]),
    }
)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    """Any rows over a few positions and people; managers may be missing, and go in circles."""
    pairs = st.tuples(st.sampled_from(POSITIONS), st.sampled_from(POSITIONS))
    people = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE))
    return Snapshot(
        positions=draw(st.dictionaries(st.sampled_from(POSITIONS), _rows)),
        names={person: draw(st.sampled_from(["Anna", "Boris"])) for person in PEOPLE},
        unplaced=draw(st.sets(st.sampled_from(PEOPLE), max_size=2)),
        lines={(*draw(pairs), draw(st.sampled_from(["dotted", "assistant"]))) for _ in range(2)},
        ties={(*draw(people), draw(st.sampled_from(["trusts", "conflicts"]))) for _ in range(2)},
        judged=draw(st.dictionaries(st.sampled_from(PEOPLE), _judged, max_size=3)),
    )
