"""What stands in the dossier after a file was written into it."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.facts.models import Change, Source
from dossiers.people.chart.compare import changes_between
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.editing.employments import Appointment, appoint
from dossiers.people.editing.persons import person_called, set_contact
from dossiers.people.editing.positions import move_position
from dossiers.people.editing.taking_back import take_back
from dossiers.people.kinds import ContactKind, ContactStanding, EndReason
from dossiers.people.models import Employment, Person, PersonContact
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.exporting import chart_csv, contacts_of
from dossiers.people.transfer.loading import ground_of
from dossiers.people.transfer.mapping import guess_mapping
from dossiers.people.transfer.planning import Wanted, make_plan
from dossiers.people.transfer.reading import read_table
from dossiers.people.transfer.services import write_table
from dossiers.people.transfer.vocabulary import codes_only
from tests.conftest import Cast
from tests.counting import counting
from tests.dossiers.people.transfer.charts import DAY, charts, contacts, content
from tests.dossiers.people.transfer.conftest import Write
from tests.factories.dossiers import make_client, pen_of
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal

JANUARY, FEBRUARY, MARCH = date(2026, 1, 15), date(2026, 2, 1), date(2026, 3, 1)
BEFORE = date(2025, 6, 1)

FILE = """position,reports_to,title,person,email
1,,Director,Ann,ann@x.ru
2,1,Head of sales,Bob,
3,2,Salesman,Carl,
4,2,Salesman,Dora,
"""


def chart_on(session: Session, client: Client, day: date) -> Chart:
    return chart_of(session, client.id, Moment(day))


def drawn(chart: Chart) -> dict[str, tuple[str, list[str]]]:
    """Number → number of the manager, names of the holders."""
    codes = {seat.id: seat.code for seat in chart.seats.values()}
    return {
        seat.code: (codes.get(seat.manager_id or 0, ""), [h.name for h in seat.holders])
        for seat in chart.seats.values()
    }


def changes_of(session: Session, client: Client) -> int:
    wanted = select(func.count()).select_from(Change).where(Change.client_id == client.id)
    return session.scalar(wanted) or 0


def test_a_file_is_true_from_its_day_on_and_all_of_it_is_one_change(
    session: Session, romashka: Client, write: Write
) -> None:
    change, _plan = write(FILE, JANUARY)
    assert chart_on(session, romashka, BEFORE).seats == {}
    chart = chart_on(session, romashka, JANUARY)
    assert drawn(chart) == {
        "1": ("", ["Ann"]), "2": ("1", ["Bob"]), "3": ("2", ["Carl"]), "4": ("2", ["Dora"]),
    }  # fmt: skip
    known = next(iter(chart.seats.values())).known
    assert (known.source, known.learned_on) == (Source.IMPORT, JANUARY)
    assert changes_of(session, romashka) == 1
    assert change is not None
    assert change.words["file"] == "file.csv"


def test_the_chart_after_writing_is_the_one_that_the_plan_showed(
    session: Session, romashka: Client, write: Write
) -> None:
    write(FILE, JANUARY)
    text = FILE.replace("3,2,Salesman,Carl", "3,1,Driver,Eve") + "5,3,New,Bob,\n"
    _change, plan = write(text, FEBRUARY)
    before, after = (chart_on(session, romashka, day) for day in (JANUARY, FEBRUARY))
    shown = sorted(one.what.value for one in changes_between(plan.before, plan.after.chart))
    assert shown == sorted(one.what.value for one in changes_between(before, after))
    assert drawn(after) == drawn(plan.after.chart)


def test_the_same_file_again_changes_nothing(
    session: Session, romashka: Client, write: Write
) -> None:
    write(FILE, JANUARY)
    assert write(FILE, JANUARY)[0] is None
    assert write(FILE, MARCH)[0] is None
    assert changes_of(session, romashka) == 1


def test_a_file_that_was_taken_for_a_part_stays_one_when_it_comes_again(
    session: Session, cast: Cast, romashka: Client, write: Write
) -> None:
    write("position,title,person\n9,Adviser,Zoe\n", JANUARY)
    change, plan = write(FILE, FEBRUARY)
    assert change is not None
    assert plan.after.absent is Absent.LEAVE
    assert write(FILE, FEBRUARY)[0] is None
    assert write(FILE, MARCH)[0] is None
    assert "9" in drawn(chart_on(session, romashka, MARCH))
    # Once it is taken back, the share of the chart decides anew.
    take_back(pen_of(session, cast.anna, romashka, MARCH), change.id)
    assert write(FILE.replace("1,,Director", "9,,Director"), MARCH)[1].after.absent is Absent.END


def test_one_undo_takes_the_whole_file_back(
    session: Session, cast: Cast, romashka: Client, write: Write
) -> None:
    write(FILE, JANUARY)
    later = FILE.replace("4,2,Salesman,Dora,\n", "").replace("3,2", "3,1")
    change, _plan = write(later, FEBRUARY, Absent.END)
    assert change is not None
    pen = pen_of(session, cast.anna, romashka, MARCH)
    undo = take_back(pen, change.id)
    assert drawn(chart_on(session, romashka, MARCH)) == drawn(chart_on(session, romashka, JANUARY))
    take_back(pen, undo.id)
    assert drawn(chart_on(session, romashka, MARCH)) == {
        "1": ("", ["Ann"]), "2": ("1", ["Bob"]), "3": ("1", ["Carl"]),
    }  # fmt: skip


def test_a_later_file_leaves_the_past_and_ends_what_is_gone(
    session: Session, romashka: Client, write: Write
) -> None:
    write(FILE, JANUARY)
    later = (
        "position,reports_to,title,person\n1,,Director,Eve\n2,1,Head of sales,Carl\n3,1,Salesman,\n"
    )
    write(later, MARCH)
    assert drawn(chart_on(session, romashka, FEBRUARY))["1"] == ("", ["Ann"])
    assert drawn(chart_on(session, romashka, MARCH)) == {
        "1": ("", ["Eve"]), "2": ("1", ["Carl"]), "3": ("1", []),
    }  # fmt: skip
    ended = select(Person.name, Employment.end_reason, Employment.valid_to).join(
        Person, Person.id == Employment.person_id
    )
    rows = session.execute(ended.where(Employment.end_reason.is_not(None))).all()
    assert sorted((name, reason) for name, reason, _day in rows) == [
        ("Ann", EndReason.LEFT), ("Bob", EndReason.LEFT),
        ("Carl", EndReason.MOVED_INSIDE), ("Dora", EndReason.LEFT),
    ]  # fmt: skip
    assert {day for _name, _reason, day in rows} == {MARCH}


def test_an_earlier_file_leaves_alone_what_is_known_of_later_days(
    session: Session, romashka: Client, write: Write
) -> None:
    write(FILE, FEBRUARY)
    earlier = (
        "position,reports_to,title,person\n1,,General,Old\n2,1,Head of sales,Bob\n"
        "3,1,Salesman,Eve\n4,2,Salesman,Dora\n9,1,Gone since,Fay\n"
    )
    before = drawn(chart_on(session, romashka, FEBRUARY))
    write(earlier, JANUARY)
    assert drawn(chart_on(session, romashka, JANUARY)) == {
        "1": ("", ["Old"]), "2": ("1", ["Bob"]), "3": ("1", ["Eve"]), "4": ("2", ["Dora"]),
        "9": ("1", ["Fay"]),
    }  # fmt: skip
    later = drawn(chart_on(session, romashka, FEBRUARY))
    assert {code: later[code] for code in before} == before
    assert "9" in later


def test_an_earlier_file_brings_nothing_into_a_day_of_which_a_whole_file_was_written(
    session: Session, romashka: Client, write: Write
) -> None:
    write(FILE, FEBRUARY, Absent.END)
    before = drawn(chart_on(session, romashka, MARCH))
    write(FILE + "9,1,Gone since,Fay,\n", JANUARY)
    assert "9" in drawn(chart_on(session, romashka, JANUARY))
    assert drawn(chart_on(session, romashka, MARCH)) == before


def test_what_a_manager_wrote_by_hand_is_kept(
    session: Session, cast: Cast, romashka: Client, write: Write
) -> None:
    write(FILE, JANUARY)
    pen = pen_of(session, cast.anna, romashka, JANUARY)
    bob = person_called(pen, "Bob")
    set_contact(pen, bob.id, ContactKind.EMAIL, "bob@old.ru", ContactStanding.OLD)
    write(FILE.replace("Bob,", "Bob,BOB@old.ru"), FEBRUARY)
    kept = session.execute(select(PersonContact.value, PersonContact.standing))
    assert sorted((row[0], row[1]) for row in kept) == [
        ("ann@x.ru", ContactStanding.CURRENT), ("bob@old.ru", ContactStanding.OLD),
    ]  # fmt: skip


def test_people_who_lose_a_place_in_a_part_of_a_chart_stay_unplaced(
    session: Session, romashka: Client, write: Write
) -> None:
    write(FILE, JANUARY)
    write("position,title,person\n4,Salesman,Eve\n", FEBRUARY)
    chart = chart_on(session, romashka, FEBRUARY)
    assert [holder.name for holder in chart.unplaced] == ["Dora"]
    write("position,title,person\n4,Salesman,Dora\n", MARCH)
    chart = chart_on(session, romashka, MARCH)
    assert [holder.name for holder in chart.unplaced] == ["Eve"]


def test_refused_rows_can_be_mended_and_sent_again(
    session: Session, romashka: Client, write: Write
) -> None:
    text = FILE + "5,9,Lost,Erik,\n6,5,Below,Fay,\n"
    _change, plan = write(text, JANUARY)
    assert sorted(plan.refused) == [6, 7]
    mended = "position,reports_to,title,person,email\n5,1,Lost,Erik,\n6,5,Below,Fay,\n"
    write(mended, JANUARY)
    chart = drawn(chart_on(session, romashka, JANUARY))
    assert (chart["5"], chart["6"], chart["1"]) == (("1", ["Erik"]), ("5", ["Fay"]), ("", ["Ann"]))


def test_a_circle_on_a_later_day_refuses_the_whole_file_and_writes_nothing(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        table = read_table(FILE.encode())
        wanted = Wanted(guess_mapping(table), JANUARY)
        write_table(
            session, cast.anna, client.id, table, wanted, codes_only(), "f", is_looked_at=False
        )
        seats = {seat.code: seat.id for seat in chart_on(session, client, JANUARY).seats.values()}
        # From March on the director reports to a salesman.
        pen = pen_of(session, cast.anna, client, MARCH)
        move_position(pen, seats["2"], None)
        move_position(pen, seats["1"], seats["4"])
    circle = read_table(b"position,reports_to,title\n5,1,New\n4,5,Salesman\n")
    february = Wanted(guess_mapping(circle), FEBRUARY, Absent.LEAVE)
    with database.transaction() as session:
        count = changes_of(session, client)
    with pytest.raises(Refusal, match="report to itself"), database.transaction() as session:
        write_table(
            session, cast.anna, client.id, circle, february, codes_only(), "f", is_looked_at=False
        )
    with database.reading() as session:
        assert changes_of(session, client) == count


def test_what_somebody_did_meanwhile_stops_the_writing(
    session: Session, cast: Cast, romashka: Client, write: Write
) -> None:
    write(FILE, JANUARY)
    table = read_table(FILE.replace("Carl", "Eve").encode())
    wanted = Wanted(guess_mapping(table), FEBRUARY)
    base = ground_of(session, romashka.id, FEBRUARY).change
    pen = pen_of(session, cast.anna, romashka, JANUARY)
    seat_id = next(iter(chart_on(session, romashka, JANUARY).seats))
    appoint(pen, seat_id, person_called(pen, "Zoe"), Appointment())
    arguments = (session, cast.anna, romashka.id, table, wanted, codes_only(), "f")
    with pytest.raises(Clash, match="changed while you looked"):
        write_table(*arguments, base=base)
    change, _plan = write_table(*arguments, base=ground_of(session, romashka.id, FEBRUARY).change)
    assert change is not None


def test_only_editors_of_the_client_write_files_into_it(
    session: Session, cast: Cast, romashka: Client
) -> None:
    table = read_table(FILE.encode())
    wanted = Wanted(guess_mapping(table), JANUARY)
    secret = make_client(session, cast.anna, "Secret", restricted=True)
    for actor, client, error in (
        (cast.nina, romashka, Forbidden),
        (cast.boris, romashka, Forbidden),
        (cast.boris, secret, Missing),
    ):
        with pytest.raises(error):
            write_table(
                session, actor, client.id, table, wanted, codes_only(), "f", is_looked_at=False
            )


def test_numbers_in_a_file_never_reach_people_and_positions_of_other_clients(
    session: Session, cast: Cast, romashka: Client, write: Write
) -> None:
    write(FILE, JANUARY)
    other = make_client(session, cast.anna, "Other")
    chart = chart_on(session, romashka, JANUARY)
    text = chart_csv(chart, contacts_of(session, romashka.id, chart.names, Moment(JANUARY)))
    _change, plan = write(text, JANUARY, client=other)
    assert len(plan.after.new_names) == 4
    assert not set(chart_on(session, other, JANUARY).names) & set(chart.names)
    assert content(chart_on(session, other, JANUARY)) == content(chart)


def test_the_statements_do_not_grow_with_the_file(
    database: Database, session: Session, cast: Cast, write: Write
) -> None:
    counts = []
    for size in (20, 200):
        client = make_client(session, cast.anna, f"With {size}")
        rows = "".join(f"{n},{n // 7 or ''},T{n},P{n}\n" for n in range(1, size))
        session.flush()
        with counting(database) as sent:
            write("position,reports_to,title,person\n" + rows, JANUARY, client=client)
        counts.append(len(sent))
    assert counts[0] == counts[1]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(charts(), charts(), st.data())
def test_any_chart_goes_out_and_comes_back_through_the_database(
    session: Session, cast: Cast, write: Write, chart: Chart, later: Chart, data: st.DataObject
) -> None:
    reached = {person: data.draw(contacts()) for person in chart.names}
    one, other = (make_client(session, cast.anna, name) for name in ("One", "Other"))
    write(chart_csv(chart, reached), DAY, client=one)
    first = chart_on(session, one, DAY)
    known = contacts_of(session, one.id, first.names, Moment(DAY))
    text = chart_csv(first, known)
    assert write(text, DAY, client=one)[0] is None
    write(text, DAY, client=other)
    second = chart_on(session, other, DAY)
    assert content(second) == content(first)
    copied = contacts_of(session, other.id, second.names, Moment(DAY))
    assert sorted(map(sorted, copied.values())) == sorted(map(sorted, known.values()))
    _follow(session, cast, write, other, later)


def _follow(session: Session, cast: Cast, write: Write, client: Client, later: Chart) -> None:
    """A second snapshot on top of the first gives just what its plan showed."""
    table = read_table(chart_csv(later, {}).encode())
    wanted = Wanted(guess_mapping(table), MARCH, Absent.END)
    ground = ground_of(session, client.id, MARCH)
    plan = make_plan(table, wanted, ground, client.id, codes_only())
    before = chart_on(session, client, MARCH)
    write(chart_csv(later, {}), MARCH, Absent.END, client=client)
    after = chart_on(session, client, MARCH)
    shown = [one.what for one in changes_between(plan.before, plan.after.chart)]
    assert sorted(shown) == sorted(one.what for one in changes_between(before, after))
