"""What is known to end ends, whatever is said of earlier days."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from bench.dossiers.faults import faults_of
from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.people.chart.outline import parse_outline
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.editing import lines, positions
from dossiers.people.editing.employments import Appointment, appoint, end_employment, move_to_client
from dossiers.people.editing.outline import Asked, apply_outline
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import add_person, person_called
from dossiers.people.editing.positions import Reports, Wanted
from dossiers.people.editing.taking_back import take_back
from dossiers.people.kinds import EndReason, LineKind
from dossiers.people.models import Person
from tests.conftest import Cast
from tests.factories.dossiers import FOUNDED, make_client, pen_of, seat
from wiki.database import Database
from wiki.errors import Clash

SPRING, SUMMER, AUTUMN, WINTER = (date(2026, month, 1) for month in (3, 6, 9, 12))

PenAt = Callable[..., Pen]


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def romashka(session: Session, cast: Cast) -> Client:
    return make_client(session, cast.anna)


@pytest.fixture
def pen_at(session: Session, cast: Cast, romashka: Client) -> Iterator[PenAt]:
    """Anna's pen for a day; at the end nothing hangs in the air."""
    yield lambda day=FOUNDED: pen_of(session, cast.anna, romashka, day)
    assert faults_of(session, romashka.id) == []


@pytest.fixture
def chart_on(session: Session, romashka: Client) -> Callable[[date], Chart]:
    return lambda day: chart_of(session, romashka.id, Moment(day))


def above(chart: Chart, title: str) -> str | None:
    """The title of the manager, empty at the top; `None` when there is no such position."""
    titles = {seat.id: seat.title for seat in chart.seats.values()}
    found = {s.title: titles[s.manager_id] if s.manager_id else "" for s in chart.seats.values()}
    return found.get(title)


def holders(chart: Chart, title: str) -> list[str]:
    return [h.name for s in chart.seats.values() if s.title == title for h in s.holders]


def placeless(chart: Chart) -> list[str]:
    return [holder.name for holder in chart.unplaced]


def somebody(pen: Pen, name: str) -> Person:
    return person_called(pen, name)


def test_a_new_title_does_not_bring_back_a_position_that_is_gone_later(
    pen_at: PenAt, chart_on: Callable[[date], Chart]
) -> None:
    buyer = seat(pen_at(), "Buyer")
    positions.remove_position(pen_at(AUTUMN), buyer)
    positions.change_position(pen_at(SUMMER), buyer, Wanted("Chief buyer"))
    positions.order_position(pen_at(SPRING), buyer, 3)
    assert above(chart_on(SUMMER), "Chief buyer") == ""
    assert chart_on(AUTUMN).seats == {}


def test_a_move_to_the_top_that_is_known_of_later_stays(
    pen_at: PenAt, chart_on: Callable[[date], Chart]
) -> None:
    one, two = seat(pen_at(), "One"), seat(pen_at(), "Two")
    buyer = seat(pen_at(), "Buyer", one)
    positions.move_position(pen_at(AUTUMN), buyer, None)
    positions.move_position(pen_at(SUMMER), buyer, two)
    found = [above(chart_on(day), "Buyer") for day in (SPRING, SUMMER, AUTUMN)]
    assert found == ["One", "Two", ""]


def test_nobody_reports_to_a_manager_who_is_gone_by_then(
    pen_at: PenAt, chart_on: Callable[[date], Chart]
) -> None:
    one, two = seat(pen_at(), "One"), seat(pen_at(), "Two")
    buyer = seat(pen_at(), "Buyer", one)
    positions.remove_position(pen_at(AUTUMN), two)
    positions.move_position(pen_at(SUMMER), buyer, two)
    seat(pen_at(SUMMER), "Clerk", two)
    assert [above(chart_on(SUMMER), title) for title in ("Buyer", "Clerk")] == ["Two", "Two"]
    assert [above(chart_on(AUTUMN), title) for title in ("Buyer", "Clerk")] == ["One", ""]


def test_an_outline_of_an_earlier_day_does_not_last_longer_than_its_positions(
    pen_at: PenAt, chart_on: Callable[[date], Chart]
) -> None:
    head, deputy = seat(pen_at(), "Head"), seat(pen_at(), "Deputy")
    buyer = seat(pen_at(), "Buyer", head)
    base = positions.remove_position(pen_at(AUTUMN), deputy).id
    text = f"Head #{head}\nDeputy — Olga #{deputy}\n  Buyer #{buyer}\n  Clerk"
    apply_outline(pen_at(SUMMER), Asked(parse_outline(text), SUMMER, base))
    assert holders(chart_on(SUMMER), "Deputy") == ["Olga"]
    for day, managers in ((SUMMER, ["Deputy", "Deputy"]), (AUTUMN, ["Head", ""])):
        assert [above(chart_on(day), title) for title in ("Buyer", "Clerk")] == managers


def test_reports_are_lifted_to_whoever_would_be_the_next_manager_on_each_day(
    pen_at: PenAt, chart_on: Callable[[date], Chart]
) -> None:
    one, two = seat(pen_at(), "One"), seat(pen_at(), "Two")
    deputy = seat(pen_at(), "Deputy", one)
    seat(pen_at(), "Buyer", deputy)
    positions.move_position(pen_at(AUTUMN), deputy, two)
    positions.remove_position(pen_at(AUTUMN), one)
    positions.move_position(pen_at(WINTER), deputy, None)
    positions.remove_position(pen_at(SUMMER), deputy, Reports.LIFT)
    found = [above(chart_on(day), "Buyer") for day in (SPRING, SUMMER, AUTUMN, WINTER)]
    assert found == ["Deputy", "One", "Two", ""]


def test_a_branch_is_removed_as_it_is_on_that_day_and_who_joins_it_later_stays(
    pen_at: PenAt, chart_on: Callable[[date], Chart]
) -> None:
    head, deputy = seat(pen_at(), "Head"), seat(pen_at(), "Deputy")
    buyer = seat(pen_at(), "Buyer", head)
    seat(pen_at(), "Clerk", deputy)
    positions.move_position(pen_at(AUTUMN), buyer, deputy)
    positions.remove_position(pen_at(SUMMER), deputy, Reports.BRANCH)
    assert above(chart_on(SUMMER), "Clerk") is None
    assert [above(chart_on(day), "Buyer") for day in (SUMMER, AUTUMN)] == ["Head", ""]


def test_a_holder_and_a_dotted_line_go_with_the_position(
    pen_at: PenAt, chart_on: Callable[[date], Chart]
) -> None:
    head, buyer = seat(pen_at(), "Head"), seat(pen_at(), "Buyer")
    positions.remove_position(pen_at(AUTUMN), buyer)
    appoint(pen_at(SUMMER), buyer, somebody(pen_at(SUMMER), "Olga"), Appointment())
    lines.draw_line(pen_at(SUMMER), head, buyer, LineKind.DOTTED)
    assert holders(chart_on(SUMMER), "Buyer") == ["Olga"]
    assert len(chart_on(SUMMER).lines) == 1
    assert placeless(chart_on(AUTUMN)) == ["Olga"]
    assert chart_on(AUTUMN).lines == ()


def test_who_comes_to_a_removed_position_later_is_not_at_the_client_before(
    pen_at: PenAt, chart_on: Callable[[date], Chart]
) -> None:
    buyer = seat(pen_at(), "Buyer")
    olga = somebody(pen_at(AUTUMN), "Olga")
    appoint(pen_at(AUTUMN), buyer, olga, Appointment())
    end_employment(pen_at(WINTER), olga.id, buyer, EndReason.LEFT)
    positions.remove_position(pen_at(SUMMER), buyer)
    found = [placeless(chart_on(day)) for day in (SUMMER, AUTUMN, WINTER)]
    assert found == [[], ["Olga"], []]


def test_who_holds_another_position_is_not_without_a_place(
    pen_at: PenAt, chart_on: Callable[[date], Chart]
) -> None:
    seat(pen_at(), "Head", name="Olga")
    deputy = seat(pen_at(), "Deputy", name="Olga")
    positions.remove_position(pen_at(SUMMER), deputy)
    assert holders(chart_on(SUMMER), "Head") == ["Olga"]
    assert placeless(chart_on(SUMMER)) == []


def test_a_successor_replaces_who_was_appointed_on_the_very_day(
    pen_at: PenAt, chart_on: Callable[[date], Chart]
) -> None:
    head = seat(pen_at(SUMMER), "Head", name="Olga")
    left = Appointment(predecessor=EndReason.LEFT)
    appoint(pen_at(SUMMER), head, somebody(pen_at(SUMMER), "Pavel"), left)
    assert holders(chart_on(SUMMER), "Head") == ["Pavel"]


def test_a_known_end_of_an_employment_keeps_its_reason(
    pen_at: PenAt, session: Session, chart_on: Callable[[date], Chart]
) -> None:
    head = seat(pen_at(), "Head", name="Olga")
    olga = somebody(pen_at(), "Olga")
    end_employment(pen_at(AUTUMN), olga.id, head, EndReason.RETIRED)
    appoint(pen_at(SUMMER), head, olga, Appointment(acting=True))
    assert holders(chart_on(SUMMER), "Head") == ["Olga"]
    assert holders(chart_on(AUTUMN), "Head") == []


def test_a_move_is_not_taken_back_onto_a_manager_who_is_gone(pen_at: PenAt) -> None:
    one, two = seat(pen_at(), "One"), seat(pen_at(), "Two")
    buyer = seat(pen_at(), "Buyer", one)
    moved = positions.move_position(pen_at(), buyer, two)
    removed = positions.remove_position(pen_at(SUMMER), one)
    with pytest.raises(Clash, match="no longer there"), pen_at().session.begin_nested():
        take_back(pen_at(), moved.id)
    take_back(pen_at(), removed.id)
    take_back(pen_at(), moved.id)


def test_a_removal_is_not_done_again_under_a_line_drawn_since(pen_at: PenAt) -> None:
    one, buyer = seat(pen_at(), "One"), seat(pen_at(), "Buyer")
    undone = take_back(pen_at(), positions.remove_position(pen_at(AUTUMN), one).id)
    positions.move_position(pen_at(SUMMER), buyer, one)
    with pytest.raises(Clash, match="built on"), pen_at().session.begin_nested():
        take_back(pen_at(), undone.id)


def test_whoever_has_got_a_place_since_is_not_taken_back(pen_at: PenAt) -> None:
    buyer = seat(pen_at(), "Buyer")
    hired, olga = add_person(pen_at(AUTUMN), "Olga")
    positions.remove_position(pen_at(AUTUMN), buyer)
    appoint(pen_at(SUMMER), buyer, olga, Appointment())
    with pytest.raises(Clash, match="More has been written"), pen_at().session.begin_nested():
        take_back(pen_at(), hired.id)


def test_the_chart_of_the_other_client_is_drawn_anew_when_somebody_comes_and_goes_back(
    pen_at: PenAt, session: Session, cast: Cast
) -> None:
    other = make_client(session, cast.boris, "Vasilyok")
    seat(pen_at(), "Head", name="Olga")
    stamps = [other.stamp]
    moved = move_to_client(pen_at(SUMMER), somebody(pen_at(), "Olga").id, other.id, None)
    stamps.append(other.stamp)
    take_back(pen_at(), moved.id)
    stamps.append(other.stamp)
    assert stamps == sorted(set(stamps))
