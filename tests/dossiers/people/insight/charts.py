"""Charts as plain values, for rules that know no database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dossiers.facts.models import ALWAYS, Confidence, Source
from dossiers.people.chart.snapshot import Acquaintance, Chart, Holder, Known, Seat, Standing, Tie
from dossiers.people.kinds import Coverage, InfluenceKind, PositionKind

TODAY = date(2026, 3, 2)
FRESH = Known(Source.MEETING, Confidence.SURE, ALWAYS, TODAY)


def heard(days_ago: int) -> Known:
    return replace(FRESH, learned_on=TODAY - timedelta(days=days_ago))


def held_by(ident: int, name: str, known: Known = FRESH) -> Holder:
    return Holder(ident, name, True, False, known)


def seat_of(
    ident: int, manager: int | None, *holders: Holder, known: Known = FRESH, is_known: bool = True
) -> Seat:
    return Seat(
        ident, f"Position {ident}", "", PositionKind.MEMBER, "", is_known, 0, known, manager,
        FRESH if manager else None, holders,
    )  # fmt: skip


def met(user: int, person: int, coverage: Coverage = Coverage.BRIEF) -> Acquaintance:
    return Acquaintance(user, f"Ours {user}", person, coverage, None, None, None, "", FRESH)


def tied(one: int, other: int, kind: InfluenceKind = InfluenceKind.TRUSTS) -> Tie:
    return Tie(one, other, kind, 2, False, "", FRESH)


def chart_with(
    seats: Sequence[Seat] = (),
    standings: Mapping[int, Standing] | None = None,
    acquaintances: Sequence[Acquaintance] = (),
    ties: Sequence[Tie] = (),
    unplaced: Sequence[Holder] = (),
) -> Chart:
    return Chart(
        1, TODAY, {seat.id: seat for seat in seats}, tuple(unplaced), (), tuple(ties),
        standings or {}, tuple(acquaintances),
    )  # fmt: skip
