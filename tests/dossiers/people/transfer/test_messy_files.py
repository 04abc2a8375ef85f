"""Files as no manager would write them: every row has its place, and the chart holds."""

import csv
from datetime import date
from io import StringIO

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.circles import circles
from dossiers.people.transfer.mapping import guess_mapping
from dossiers.people.transfer.planning import Plan, Wanted, make_plan
from dossiers.people.transfer.reading import read_table
from dossiers.people.transfer.vocabulary import codes_only
from tests.conftest import Cast
from tests.dossiers.people.transfer.conftest import Write
from tests.dossiers.people.transfer.plans import ground_with, plan_of
from tests.factories.dossiers import make_client
from wiki.errors import Refusal

DAY, LATER = date(2026, 2, 1), date(2026, 2, 20)
HEADINGS = ("position", "reports_to", "title", "person", "email", "unit", "since")
_CODES = st.sampled_from(("", "1", "2", "3", "4", "5", "1.0", "wiki-900000", "xx"))
_MANAGERS = st.sampled_from(("", "1", "2", "3", "4", "5", "9", "Head", "Ann", "XX", "-"))
_TITLES = st.sampled_from(("", "Head", "Clerk", "head", "Driver", "?"))
_NAMES = st.sampled_from(("", "Ann", "Bob", "Carl", "N/A", "***", "vacant", "Eliminated", "=1"))
_EMAILS = st.sampled_from(("", "", "", "a@x.ru", "b@x.ru", "wrong"))
_ROWS = st.lists(
    st.tuples(
        _CODES, _MANAGERS, _TITLES, _NAMES, _EMAILS,
        st.sampled_from(("", "HQ")), st.sampled_from(("", "", "2020-01-01", "?", "2030-01-01")),
    ),
    max_size=10,
)  # fmt: skip
FILES = st.tuples(
    _ROWS, st.sets(st.sampled_from(HEADINGS), min_size=2).filter(
        lambda kept: {"position", "title", "person"} & kept
    ),
)  # fmt: skip


def text_of(rows: list[tuple[str, ...]], kept: set[str]) -> str:
    out = StringIO()
    writer = csv.writer(out)
    columns = [place for place, heading in enumerate(HEADINGS) if heading in kept]
    writer.writerow([HEADINGS[place] for place in columns])
    for row in rows:
        writer.writerow([row[place] for place in columns])
    return out.getvalue()


def check_whole(plan: Plan, text: str) -> None:
    """Every row with text is in just one list; managers are there; nobody is above themselves."""
    table = read_table(text.encode())
    lists = [*plan.going, *plan.same, *plan.repeated, *plan.refused]
    assert sorted(lists) == [row.number for row in table.body]
    check_chart(plan.after.chart)


def check_chart(chart: Chart) -> None:
    managers = {seat.id: seat.manager_id for seat in chart.seats.values() if seat.manager_id}
    assert set(managers.values()) <= chart.seats.keys()
    assert list(circles(managers)) == []
    placed = {holder.person_id for seat in chart.seats.values() for holder in seat.holders}
    assert not placed & {holder.person_id for holder in chart.unplaced}


@settings(max_examples=400, deadline=None)
@given(FILES, st.sampled_from([None, *Absent]))
def test_every_row_has_its_place(
    file: tuple[list[tuple[str, ...]], set[str]], absent: Absent | None
) -> None:
    text = text_of(*file)
    check_whole(plan_of(text, ground_with(), absent), text)


# Always the same files: of thousands without numbers, a rare one names a manager of whom the first
# writing leaves only one, so that the second may take what the first had to refuse.
@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(FILES, FILES, st.sampled_from([None, *Absent]))
def test_what_was_written_is_what_was_shown_and_the_same_again_changes_nothing(
    session: Session,
    cast: Cast,
    write: Write,
    first: tuple[list[tuple[str, ...]], set[str]],
    second: tuple[list[tuple[str, ...]], set[str]],
    absent: Absent | None,
) -> None:
    client = make_client(session, cast.anna, "Messy")
    for file, day in ((first, DAY), (second, LATER)):
        text = text_of(*file)
        _change, plan = write(text, day, absent, client=client)
        check_whole(plan, text)
        chart = chart_of(session, client.id, Moment(day))
        check_chart(chart)
        assert shape(chart) == shape(plan.after.chart)
        again, _plan = write(text, day, absent, client=client)
        assert again is None


def shape(chart: Chart) -> list[object]:
    return sorted(
        (
            seat.title, seat.unit, seat.code, seat.is_known, seat.kind.value,
            chart.seats[seat.manager_id].title if seat.manager_id else "",
            sorted((h.name, h.main, h.acting, str(h.known.since)) for h in seat.holders),
        )
        for seat in chart.seats.values()
    ) + sorted(holder.name for holder in chart.unplaced)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
@example(b"PK\x03\x04" + b"\0" * 50)
@example(b"BEGIN:VCARD\nEND:VCARD\n")
@example(b"\xff\xfe\x00")
@example(b'"')
@example(b"a;b\n\xd8\x00\n")
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        table = read_table(data)
        mapping = guess_mapping(table)
        make_plan(table, Wanted(mapping, DAY), ground_with(), 1, codes_only())
    except Refusal:
        return
    assert table.headings
