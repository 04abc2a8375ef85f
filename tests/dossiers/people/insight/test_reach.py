"""How far we reach, and who takes most of it along."""

import random

from dossiers.people.chart.snapshot import Chart, Standing
from dossiers.people.insight.reach import Side, reach_of
from dossiers.people.insight.weights import weights_of
from dossiers.people.kinds import Coverage, InfluenceKind, Role
from tests.dossiers.people.insight.charts import chart_with, held_by, met, seat_of, tied

BUYER, USER = Standing((Role.ECONOMIC_BUYER,)), Standing((Role.USER_BUYER,))


def shares(chart: Chart) -> dict[tuple[Side, int], float]:
    return {(one.side, one.ident): round(one.share, 3) for one in reach_of(chart).losses}


def test_without_roles_everybody_counts_the_same() -> None:
    chart = chart_with([seat_of(1, None, held_by(1, "A")), seat_of(2, None, held_by(2, "B"))])
    assert weights_of(chart) == {1: 1, 2: 1}
    assert reach_of(chart).share == 0


def test_who_is_met_counts_in_full_and_who_reports_to_them_by_half() -> None:
    seats = [seat_of(1, None, held_by(1, "A")), seat_of(2, 1, held_by(2, "B"))]
    assert reach_of(chart_with(seats, acquaintances=[met(7, 1)])).share == 0.75


def test_the_weight_of_the_decision_counts_not_the_number_of_people() -> None:
    seats = [seat_of(n, None, held_by(n, str(n))) for n in (1, 2)]
    chart = chart_with(seats, {1: BUYER, 2: USER}, [met(7, 2)])
    assert round(reach_of(chart).share, 3) == round(1 / 9, 3)


def test_no_contact_is_no_meeting() -> None:
    seats = [seat_of(1, None, held_by(1, "A"))]
    assert reach_of(chart_with(seats, acquaintances=[met(7, 1, Coverage.NONE)])).share == 0


def test_who_alone_of_ours_knows_anybody_is_a_single_point_of_failure() -> None:
    seats = [seat_of(n, None, held_by(n, str(n))) for n in (1, 2, 3)]
    chart = chart_with(seats, acquaintances=[met(7, 1), met(7, 2), met(8, 2)])
    found = {one.ident: one for one in reach_of(chart).losses if one.side is Side.OURS}
    assert found[7].share == 0.5
    assert found[7].is_single_point
    assert 8 not in found


def test_what_only_one_of_theirs_brings_us_to_goes_with_them() -> None:
    seats = [seat_of(1, None, held_by(1, "A"))] + [
        seat_of(n, 1, held_by(n, str(n))) for n in (2, 3, 4)
    ]
    chart = chart_with(seats, acquaintances=[met(7, 1), met(8, 4)])
    # Met: A and 4; brought by A: 2 and 3. Without A there is only 4.
    assert reach_of(chart).share == 0.75
    assert shares(chart)[Side.THEIRS, 1] == round(2 / 3, 3)


def test_who_trusts_somebody_we_know_is_within_reach_and_who_is_at_war_is_not() -> None:
    seats = [seat_of(n, None, held_by(n, str(n))) for n in (1, 2)]
    known = [met(7, 1)]
    assert reach_of(chart_with(seats, acquaintances=known, ties=[tied(2, 1)])).share == 0.75
    war = [tied(2, 1, InfluenceKind.CONFLICTS)]
    assert reach_of(chart_with(seats, acquaintances=known, ties=war)).share == 0.5


def test_whoever_left_the_client_is_not_counted() -> None:
    chart = chart_with([seat_of(1, None, held_by(1, "A"))], acquaintances=[met(7, 99)])
    assert reach_of(chart).share == 0


def reach_by_hand(chart: Chart, gone: int = 0, ours: int = 0) -> float:
    """The definition, word by word."""
    known = {a.person_id for a in chart.acquaintances if a.user_id != ours} - {gone}
    holders = {s.id: [h.person_id for h in s.holders] for s in chart.seats.values()}
    near = {(t.from_id, t.to_id) for t in chart.ties if t.kind is not InfluenceKind.CONFLICTS}
    for seat in chart.seats.values():
        near |= {(a, b) for a in holders[seat.id] for b in holders.get(seat.manager_id or 0, [])}
    near |= {(b, a) for a, b in near}
    total = 0.0
    for person, weight in weights_of(chart).items():
        if person != gone:
            brought = any(a == person and b in known for a, b in near)
            total += weight if person in known else weight / 2 if brought else 0
    return total


def random_chart(dice: random.Random) -> Chart:
    people = range(1, dice.randint(2, 12))
    seats = [seat_of(n, dice.choice([None, *range(1, n)]), held_by(n, str(n))) for n in people]
    standings = {n: Standing((dice.choice(list(Role)),)) for n in people if dice.random() < 0.5}
    pairs = {(dice.randint(1, 4), dice.choice(people)) for _ in range(dice.randint(0, 8))}
    ties = [
        tied(dice.choice(people), dice.choice(people), dice.choice(list(InfluenceKind)))
        for _ in range(dice.randint(0, 6))
    ]
    return chart_with(seats, standings, [met(*pair) for pair in pairs], ties)


def test_every_loss_is_the_difference_that_the_definition_makes() -> None:
    dice = random.Random(4)
    for _ in range(300):
        chart = random_chart(dice)
        now = reach_by_hand(chart)
        assert abs(reach_of(chart).share * sum(weights_of(chart).values()) - now) < 1e-9
        for (side, ident), share in shares(chart).items():
            left = (
                reach_by_hand(chart, ours=ident)
                if side is Side.OURS
                else reach_by_hand(chart, gone=ident)
            )
            assert abs(share - (now - left) / now) < 0.001
