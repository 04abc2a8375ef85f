"""What is worth asking, and in which order."""

from dataclasses import replace

from dossiers.people.chart.snapshot import Chart, Standing
from dossiers.people.insight.questions import Ask, questions_of
from dossiers.people.kinds import Attitude, PositionKind, Role
from tests.dossiers.people.insight.charts import chart_with, heard, held_by, met, seat_of

BUYER = Standing((Role.ECONOMIC_BUYER,), Attitude.NEUTRAL)
SIGNER = Standing((Role.APPROVER,), Attitude.NEUTRAL)


def codes(chart: Chart) -> list[str]:
    return [question.code for question in questions_of(chart)]


def test_of_an_empty_chart_nothing_is_asked() -> None:
    assert questions_of(chart_with()) == []


def test_who_decides_and_who_signs_come_first() -> None:
    chart = chart_with([seat_of(1, None, held_by(1, "Olga"))])
    assert [one.ask for one in questions_of(chart)][:2] == [Ask.BUYER, Ask.SIGNER]


def test_when_all_is_known_and_fresh_nothing_is_asked() -> None:
    seats = [seat_of(1, None, held_by(1, "Olga")), seat_of(2, 1, held_by(2, "Ivan"))]
    chart = chart_with(seats, {1: BUYER, 2: SIGNER}, [met(7, 1), met(7, 2)])
    assert codes(chart) == []


def test_of_two_deciders_the_heavier_is_asked_about_first() -> None:
    seats = [seat_of(1, None, held_by(1, "Olga")), seat_of(2, 1, held_by(2, "Ivan"))]
    unknown = {1: replace(SIGNER, attitude=None), 2: replace(BUYER, attitude=None)}
    chart = chart_with(seats, unknown, [met(7, 1), met(7, 2)])
    assert codes(chart) == ["attitude-2-0", "attitude-1-0"]


def test_a_decider_whom_nobody_of_ours_has_met_is_asked_about() -> None:
    chart = chart_with([seat_of(1, None, held_by(1, "Olga"))], {1: BUYER})
    assert "met-1-0" in codes(chart)


def test_whom_a_second_top_reports_to_is_asked_but_not_of_the_largest_tree() -> None:
    seats = [
        seat_of(1, None, held_by(1, "Loose")),
        seat_of(2, None, held_by(2, "Boss")),
        seat_of(3, 2, held_by(3, "Report")),
    ]
    asked = [one for one in questions_of(chart_with(seats)) if one.ask is Ask.MANAGER]
    assert [(one.subject, one.name) for one in asked] == [(1, "Loose")]


def test_a_committee_reports_to_nobody() -> None:
    committee = replace(seat_of(2, None), kind=PositionKind.COMMITTEE)
    assert not [
        q for q in questions_of(chart_with([seat_of(1, None), committee])) if q.subject == 2
    ]


def test_who_holds_a_position_is_asked_when_not_known_or_long_vacant() -> None:
    seats = [
        seat_of(1, None, held_by(1, "Olga")),
        seat_of(2, 1, is_known=False),
        seat_of(3, 1, known=heard(10)),
        seat_of(4, 1, known=heard(100)),
    ]
    asked = {one.subject for one in questions_of(chart_with(seats)) if one.ask is Ask.HOLDER}
    assert asked == {2, 4}


def test_whether_somebody_still_holds_it_is_asked_after_a_year() -> None:
    seats = [
        seat_of(1, None, held_by(1, "Olga", heard(400))),
        seat_of(2, 1, held_by(2, "Ivan", heard(300))),
    ]
    asked = [one for one in questions_of(chart_with(seats)) if one.ask is Ask.STILL]
    assert [(one.name, one.title, one.days) for one in asked] == [("Olga", "Position 1", 400)]


def test_of_whom_no_position_is_known_the_position_is_asked() -> None:
    chart = chart_with(unplaced=[held_by(5, "Pyotr")])
    assert "place-5-0" in codes(chart)


def test_who_holds_two_positions_is_asked_about_once() -> None:
    seats = [seat_of(1, None, held_by(1, "Olga")), seat_of(2, 1, held_by(1, "Olga"))]
    assert codes(chart_with(seats)).count("role-1-0") == 1
