"""What a manager does to a chart, and how it was on any day."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.editing import employments, judging, lines, positions
from dossiers.people.editing.employments import Appointment, appoint
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import person_called, rename_person
from dossiers.people.editing.positions import Reports, Wanted
from dossiers.people.editing.taking_back import take_back
from dossiers.people.kinds import Aspect, Attitude, EndReason, LineKind, Role
from tests.conftest import Cast
from tests.factories.dossiers import FOUNDED, make_client, pen_of, person_id_of, seat
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal

SPRING, SUMMER, AUTUMN = date(2026, 3, 2), date(2026, 6, 1), date(2026, 9, 1)

PenAt = Callable[..., Pen]


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def romashka(session: Session, cast: Cast) -> Client:
    return make_client(session, cast.anna)


@pytest.fixture
def pen_at(session: Session, cast: Cast, romashka: Client) -> PenAt:
    """Anna's pen for a day."""
    return lambda day=FOUNDED: pen_of(session, cast.anna, romashka, day)


def chart_on(session: Session, client: Client, day: date = SPRING) -> Chart:
    return chart_of(session, client.id, Moment(day))


def shape(chart: Chart) -> dict[str, str]:
    """Title → title of the manager, nothing at the top."""
    titles = {seat.id: seat.title for seat in chart.seats.values()}
    return {seat.title: titles.get(seat.manager_id or 0, "") for seat in chart.seats.values()}


def holders(chart: Chart) -> dict[str, list[str]]:
    return {seat.title: [h.name for h in seat.holders] for seat in chart.seats.values()}


def test_positions_stand_where_they_were_put(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    head = seat(pen_at(), "Director", name="Olga")
    seat(pen_at(), "Buyer", head)
    chart = chart_on(session, romashka)
    assert shape(chart) == {"Director": "", "Buyer": "Director"}
    assert holders(chart) == {"Director": ["Olga"], "Buyer": []}
    assert [s.title for s in chart.seats.values() if s.is_vacant] == ["Buyer"]


def test_a_move_is_true_from_its_day_and_the_past_stays(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    head, deputy = seat(pen_at(), "Director"), seat(pen_at(), "Deputy")
    buyer = seat(pen_at(), "Buyer", head)
    positions.move_position(pen_at(SUMMER), buyer, deputy)
    assert shape(chart_on(session, romashka, SPRING))["Buyer"] == "Director"
    assert shape(chart_on(session, romashka, SUMMER))["Buyer"] == "Deputy"


def test_what_is_said_of_an_earlier_day_leaves_later_days_alone(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    one, two, three = (seat(pen_at(), title) for title in ("One", "Two", "Three"))
    buyer = seat(pen_at(), "Buyer", one)
    positions.move_position(pen_at(AUTUMN), buyer, three)
    positions.move_position(pen_at(SUMMER), buyer, two)
    found = [shape(chart_on(session, romashka, day))["Buyer"] for day in (SPRING, SUMMER, AUTUMN)]
    assert found == ["One", "Two", "Three"]


def test_nobody_comes_to_stand_above_himself(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    head = seat(pen_at(), "Director")
    deputy = seat(pen_at(), "Deputy", head)
    buyer = seat(pen_at(), "Buyer", deputy)
    before = shape(chart_on(session, romashka))
    for wrong in (buyer, deputy, head):
        with pytest.raises(Refusal):
            positions.move_position(pen_at(), head, wrong)
    assert shape(chart_on(session, romashka)) == before


def test_a_circle_on_a_later_day_only_is_refused_too(pen_at: PenAt) -> None:
    one, two = seat(pen_at(), "One"), seat(pen_at(), "Two")
    positions.move_position(pen_at(AUTUMN), two, one)
    with pytest.raises(Refusal, match="2026-09-01"):
        positions.move_position(pen_at(SPRING), one, two)


def test_two_who_swap_places_one_after_the_other_are_no_circle(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    one = seat(pen_at(), "One")
    two = seat(pen_at(), "Two", one)
    positions.move_position(pen_at(SUMMER), two, None)
    positions.move_position(pen_at(SUMMER), one, two)
    assert shape(chart_on(session, romashka, SPRING)) == {"One": "", "Two": "One"}
    assert shape(chart_on(session, romashka, SUMMER)) == {"One": "Two", "Two": ""}


@pytest.mark.parametrize(
    ("reports", "left"),
    [
        (Reports.LIFT, {"Director": "", "Buyer": "Director", "Clerk": "Buyer"}),
        (Reports.TOP, {"Director": "", "Buyer": "", "Clerk": "Buyer"}),
        (Reports.BRANCH, {"Director": ""}),
    ],
)
def test_the_reports_of_a_removed_position_go_where_one_says(
    session: Session, pen_at: PenAt, romashka: Client, reports: Reports, left: dict[str, str]
) -> None:
    head = seat(pen_at(), "Director")
    deputy = seat(pen_at(), "Deputy", head, "Pavel")
    buyer = seat(pen_at(), "Buyer", deputy)
    seat(pen_at(), "Clerk", buyer)
    positions.remove_position(pen_at(SUMMER), deputy, reports)
    chart = chart_on(session, romashka, SUMMER)
    assert shape(chart) == left
    assert [holder.name for holder in chart.unplaced] == ["Pavel"]
    assert "Deputy" in shape(chart_on(session, romashka, SPRING))


def test_a_report_that_comes_later_does_not_hang_on_a_removed_position(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    deputy, buyer = seat(pen_at(), "Deputy"), seat(pen_at(), "Buyer")
    positions.move_position(pen_at(AUTUMN), buyer, deputy)
    positions.remove_position(pen_at(SUMMER), deputy)
    assert shape(chart_on(session, romashka, AUTUMN)) == {"Buyer": ""}


def test_a_successor_takes_the_place_and_the_predecessor_is_not_lost(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    head = seat(pen_at(), "Director", name="Olga")
    pen = pen_at(SUMMER)
    left = Appointment(predecessor=EndReason.MOVED_INSIDE)
    appoint(pen, head, person_called(pen, "Pavel"), left)
    assert holders(chart_on(session, romashka, SPRING)) == {"Director": ["Olga"]}
    after = chart_on(session, romashka, SUMMER)
    assert holders(after) == {"Director": ["Pavel"]}
    assert [holder.name for holder in after.unplaced] == ["Olga"]


def test_somebody_who_goes_to_another_client_is_found_at_both_in_turn(
    session: Session, pen_at: PenAt, romashka: Client, cast: Cast
) -> None:
    other = make_client(session, cast.boris, "Vasilyok")
    seat(pen_at(), "Director", name="Olga")
    pen = pen_at(SUMMER)
    employments.move_to_client(pen, person_id_of(pen, "Olga"), other.id, None)
    assert holders(chart_on(session, romashka, SPRING)) == {"Director": ["Olga"]}
    assert holders(chart_on(session, romashka, SUMMER)) == {"Director": []}
    assert [h.name for h in chart_on(session, other, SUMMER).unplaced] == ["Olga"]
    assert chart_on(session, other, SPRING).unplaced == ()


def test_nobody_is_sent_to_a_client_that_the_writer_may_not_see(
    session: Session, pen_at: PenAt, cast: Cast
) -> None:
    hidden = make_client(session, cast.boris, "Hidden", restricted=True)
    pen = pen_at()
    olga = person_id_of(pen, "Olga")
    for unseen in (hidden.id, 9_999):
        with pytest.raises(Missing):
            employments.move_to_client(pen, olga, unseen, None)


def test_a_deal_has_its_own_judgement_and_the_rest_stays(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    pen = pen_at()
    olga = person_id_of(pen, "Olga")
    judging.judge(pen, olga, Aspect.ROLE, Role.SPONSOR)
    judging.judge(pen, olga, Aspect.ROLE, Role.APPROVER)
    judging.judge(pen, olga, Aspect.ATTITUDE, Attitude.SUPPORTER)
    judging.judge(pen, olga, Aspect.ATTITUDE, Attitude.SCEPTIC, deal="Freezers")
    general = chart_of(session, romashka.id, Moment(SPRING)).standings[olga]
    special = chart_of(session, romashka.id, Moment(SPRING), "Freezers").standings[olga]
    assert (general.attitude, special.attitude) == (Attitude.SUPPORTER, Attitude.SCEPTIC)
    assert general.roles == special.roles == (Role.APPROVER, Role.SPONSOR)
    assert special.of_deal == {"attitude"}


def test_a_change_is_taken_back_and_done_again(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    head, deputy = seat(pen_at(), "Director"), seat(pen_at(), "Deputy")
    buyer = seat(pen_at(), "Buyer", head)
    before = shape(chart_on(session, romashka))
    moved = positions.move_position(pen_at(), buyer, deputy)
    after = shape(chart_on(session, romashka))
    undone = take_back(pen_at(), moved.id)
    assert shape(chart_on(session, romashka)) == before != after
    take_back(pen_at(), undone.id)
    assert shape(chart_on(session, romashka)) == after


def test_what_others_built_on_is_not_taken_back(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    change, head = positions.add_position(pen_at(), Wanted("Director"), None)
    seat(pen_at(), "Buyer", head)
    with pytest.raises(Clash), session.begin_nested():
        take_back(pen_at(), change.id)
    assert set(shape(chart_on(session, romashka))) == {"Director", "Buyer"}


def test_a_name_that_was_put_right_by_mistake_comes_back(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    pen = pen_at()
    olga = person_called(pen, "Olga")
    change = rename_person(pen, olga.id, "Inga", is_correction=True)
    assert [h.name for h in chart_on(session, romashka).unplaced] == ["Inga"]
    take_back(pen, change.id)
    assert [h.name for h in chart_on(session, romashka).unplaced] == ["Olga"]
    assert olga.name == "Olga"


def test_a_name_of_earlier_years_is_not_the_present_one(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    olga = person_called(pen_at(), "Olga")
    rename_person(pen_at(SPRING), olga.id, "Olga Married")
    rename_person(pen_at(date(2022, 1, 1)), olga.id, "Olga Former")
    assert olga.name == "Olga Married"
    past = chart_on(session, romashka, date(2023, 1, 1))
    assert [holder.name for holder in past.unplaced] == ["Olga Former"]


def test_a_second_writer_is_told_and_nothing_of_the_first_is_lost(
    session: Session, pen_at: PenAt, romashka: Client, cast: Cast
) -> None:
    one, two = seat(pen_at(), "One"), seat(pen_at(), "Two")
    buyer = seat(pen_at(), "Buyer")
    seen = pen_at().begin("look").id
    positions.move_position(pen_at(), buyer, one)
    vera = Pen(session, cast.vera, romashka, FOUNDED, pen_at().evidence, base=seen)
    with pytest.raises(Clash, match="Anna"):
        positions.move_position(vera, buyer, two)
    positions.move_position(vera, two, one)
    assert shape(chart_on(session, romashka)) == {"One": "", "Two": "One", "Buyer": "One"}


def test_other_teams_read_but_do_not_write(session: Session, romashka: Client, cast: Cast) -> None:
    with pytest.raises(Forbidden):
        pen_of(session, cast.boris, romashka)
    with pytest.raises(Forbidden):
        pen_of(session, cast.nina, romashka)
    assert pen_of(session, cast.vera, romashka).client is romashka


def test_dotted_lines_come_and_go(session: Session, pen_at: PenAt, romashka: Client) -> None:
    one, two = seat(pen_at(), "One"), seat(pen_at(), "Two")
    lines.draw_line(pen_at(), one, two, LineKind.DOTTED)
    lines.remove_line(pen_at(SUMMER), one, two, LineKind.DOTTED)
    assert len(chart_on(session, romashka, SPRING).lines) == 1
    assert chart_on(session, romashka, SUMMER).lines == ()


def test_who_decides_is_one_deed_and_taken_back_whole(
    session: Session, pen_at: PenAt, romashka: Client
) -> None:
    change = judging.judge_named(pen_at(), "Olga", Aspect.ROLE, Role.ECONOMIC_BUYER)
    chart = chart_on(session, romashka)
    assert [one.roles for one in chart.standings.values()] == [(Role.ECONOMIC_BUYER,)]
    take_back(pen_at(), change.id)
    after = chart_on(session, romashka)
    assert (after.standings, after.unplaced) == ({}, ())
