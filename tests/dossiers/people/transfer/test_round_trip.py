"""An exported chart, imported again, is the same chart."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dossiers.people.chart.snapshot import Chart
from dossiers.people.rules import folded_contact
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.cells import Contact
from dossiers.people.transfer.exporting import chart_csv
from dossiers.people.transfer.ground import Ground
from dossiers.people.transfer.ground import Known as Person
from dossiers.people.transfer.mapping import guess_mapping
from dossiers.people.transfer.planning import Plan, Wanted, make_plan
from dossiers.people.transfer.reading import read_table
from dossiers.people.transfer.vocabulary import codes_only
from tests.dossiers.people.transfer.charts import DAY, charts, contacts, content

EMPTY = Chart(1, DAY, {})


def _plan(text: str, ground: Ground, absent: Absent | None = None) -> Plan:
    table = read_table(text.encode())
    return make_plan(table, Wanted(guess_mapping(table), DAY, absent), ground, 1, codes_only())


def _renumbered(chart: Chart) -> Chart:
    """New positions in the order in which the database would number them."""
    return replace(chart, seats={ident: replace(s, id=ident) for ident, s in chart.seats.items()})


@settings(max_examples=300, deadline=None)
@given(charts(), st.data())
def test_a_chart_that_goes_out_comes_back_as_it_was(chart: Chart, data: st.DataObject) -> None:
    known = {person: data.draw(contacts()) for person in chart.names}
    plan = _plan(chart_csv(chart, known), Ground(EMPTY))
    assert plan.refused == {}
    assert list(plan.remarks) == []
    assert content(_in_file_order(plan.after.chart)) == content(chart)
    assert _reached(plan) == sorted(
        (chart.names[p], kind, value, standing)
        for p, some in known.items()
        for kind, value, standing in some
    )


def _in_file_order(chart: Chart) -> Chart:
    """New numbers fall; the database gives rising ones, in the order of the file."""
    turn = {ident: -ident for ident in chart.seats}
    seats = {
        turn[s.id]: replace(s, id=turn[s.id], manager_id=turn.get(s.manager_id or 0))
        for s in chart.seats.values()
    }
    lines = tuple(replace(x, from_id=turn[x.from_id], to_id=turn[x.to_id]) for x in chart.lines)
    return replace(chart, seats=seats, lines=lines)


def _reached(plan: Plan) -> list[tuple[object, ...]]:
    names = plan.after.chart.names
    return sorted((names[c.person_id], c.kind, c.value, c.standing) for c in plan.after.contacts)


@settings(max_examples=200, deadline=None)
@given(charts(), st.data())
def test_a_chart_that_comes_back_to_its_own_client_changes_nothing(
    chart: Chart, data: st.DataObject
) -> None:
    known: dict[int, list[Contact]] = {p: data.draw(contacts()) for p in chart.names}
    people = tuple(
        Person(p, name, contacts={(k, folded_contact(k, v)): (v, s) for k, v, s in known[p]})
        for p, name in chart.names.items()
    )
    for absent in Absent:
        plan = _plan(chart_csv(chart, known), Ground(chart, (), people), absent)
        assert list(plan.wishes) == []
        assert plan.refused == {}
        assert not plan.going
