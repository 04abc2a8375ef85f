"""An outline becomes a chart in one deed, leaves what others did, and can be taken back."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.changes import newest_change
from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.facts.models import Change
from dossiers.people.chart.compare import What, changes_between
from dossiers.people.chart.foreseen import foreseen
from dossiers.people.chart.outline import Entry, Named, Unreadable, parse_outline
from dossiers.people.chart.outline_writing import write_outline
from dossiers.people.chart.queries import seats_of
from dossiers.people.chart.snapshot import Chart
from dossiers.people.editing.outline import Asked, apply_outline, planned
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import add_person
from dossiers.people.editing.positions import (
    Wanted,
    add_position,
    change_position,
    move_position,
    remove_position,
)
from dossiers.people.editing.taking_back import take_back
from dossiers.people.models import Person
from tests.conftest import Cast, SetClock
from tests.dossiers.people.chart.snapshots import KNOWN
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Refusal

DAY = date(2026, 3, 2)


@pytest.fixture
def session(database: Database, clock: SetClock) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


@pytest.fixture
def romashka(session: Session, cast: Cast) -> Client:
    return make_client(session, cast.anna)


@pytest.fixture
def pen(session: Session, cast: Cast, romashka: Client) -> Pen:
    return pen_of(session, cast.anna, romashka, DAY)


def now(pen: Pen) -> Chart:
    return seats_of(pen.session, pen.client.id, Moment(DAY))


def text_of(pen: Pen) -> str:
    return write_outline(now(pen), "en")


def apply(pen: Pen, text: str, base: int | None = None, remove: bool = False) -> Change | None:
    newest = newest_change(pen.session, pen.client.id)
    base = newest if base is None else base
    return apply_outline(pen, Asked(parse_outline(text), DAY, base, remove))


def lines_of(pen: Pen) -> list[str]:
    """The chart as text without numbers."""
    return [line.rpartition(" #")[0] for line in text_of(pen).splitlines()]


THREE = "Director — Ann\n    Buyer — Bob\n        Clerk — Cid\n"


def test_thirty_people_typed_become_a_chart_in_one_change(pen: Pen) -> None:
    typed = "Director — Person 0\n" + "".join(
        f"{'    ' * (1 + n % 3)}Post {n} [Unit {n % 4}] — Person {n}\n" for n in range(30)
    )
    before = pen.session.scalar(select(func.count()).select_from(Change))
    apply(pen, typed)
    assert lines_of(pen) == typed.splitlines()
    assert pen.session.scalar(select(func.count()).select_from(Change)) == (before or 0) + 1
    assert pen.session.scalar(select(func.count()).select_from(Person)) == 30


def test_undo_takes_the_whole_outline_back_and_redo_brings_it_again(
    pen: Pen, clock: SetClock
) -> None:
    change = apply(pen, THREE)
    assert change is not None
    clock.forward(minutes=1)
    undo = take_back(pen, change.id)
    assert lines_of(pen) == []
    clock.forward(minutes=1)
    take_back(pen, undo.id)
    assert lines_of(pen) == THREE.splitlines()


def test_an_outline_sent_back_as_it_was_opened_changes_nothing(pen: Pen) -> None:
    apply(pen, THREE)
    assert apply(pen, text_of(pen), remove=True) is None


def test_titles_holders_and_places_are_changed_by_changing_the_text(pen: Pen) -> None:
    apply(pen, THREE)
    director, buyer, clerk = now(pen).seats
    apply(
        pen,
        f"Director General — Ann (acting) #{director}\n"
        f"    Clerk [Stores] — Bob / Cid #{clerk}\n"
        f"    Buyer — vacant #{buyer}\n"
        "        Helper {assistant} — Dan\n",
    )
    assert lines_of(pen) == [
        "Director General — Ann (acting)",
        "    Clerk [Stores] — Cid / Bob",
        "    Buyer — vacant",
        "        Helper {assistant} — Dan",
    ]
    assert {h.name for s in now(pen).seats.values() for h in s.holders} == {
        "Ann",
        "Bob",
        "Cid",
        "Dan",
    }
    assert pen.session.scalar(select(func.count()).select_from(Person)) == 4
    assert now(pen).unplaced == ()


def test_who_is_not_named_any_more_stays_at_the_client_without_a_place(pen: Pen) -> None:
    apply(pen, THREE)
    apply(pen, text_of(pen).replace("Cid", "Eve"))
    assert [holder.name for holder in now(pen).unplaced] == ["Cid"]
    apply(pen, text_of(pen).replace("Eve", "Eve / Cid"))
    assert now(pen).unplaced == ()


def test_who_is_known_without_a_place_gets_it_and_is_no_second_person(pen: Pen) -> None:
    _change, person = add_person(pen, "Cid")
    apply(pen, THREE)
    assert person.id in {h.person_id for s in now(pen).seats.values() for h in s.holders}
    assert now(pen).unplaced == ()


def test_what_is_missing_from_the_text_stays_unless_it_is_to_go(pen: Pen) -> None:
    apply(pen, THREE)
    director, _buyer, clerk = now(pen).seats
    text = f"Director — Ann #{director}\n    Clerk — Cid #{clerk}\n"
    apply(pen, text)
    assert lines_of(pen) == ["Director — Ann", "    Buyer — Bob", "    Clerk — Cid"]
    apply(pen, text, remove=True)
    assert lines_of(pen) == ["Director — Ann", "    Clerk — Cid"]
    assert [holder.name for holder in now(pen).unplaced] == ["Bob"]


def test_lines_in_another_order_are_drawn_in_that_order(pen: Pen) -> None:
    apply(pen, "A\n    B\n    C\n    D\n")
    a, b, c, d = now(pen).seats
    apply(pen, f"A #{a}\n    D #{d}\n    New\n    B #{b}\n    C #{c}\n")
    assert [line.strip() for line in lines_of(pen)] == [
        "A — vacant",
        "D — vacant",
        "New — vacant",
        "B — vacant",
        "C — vacant",
    ]


def test_what_others_did_meanwhile_to_other_positions_stays(
    pen: Pen, cast: Cast, romashka: Client, clock: SetClock
) -> None:
    apply(pen, THREE)
    text, base = text_of(pen), newest_change(pen.session, romashka.id)
    _director, buyer, clerk = now(pen).seats
    clock.forward(minutes=1)
    theirs = pen_of(pen.session, cast.vera, romashka, DAY)
    change_position(theirs, clerk, Wanted("Chief clerk"))
    seat(theirs, "Lawyer", buyer, "Eve")
    clock.forward(minutes=1)
    apply(pen, text.replace("Director —", "President —") + "Auditor\n", base)
    assert lines_of(pen) == [
        "President — Ann",
        "    Buyer — Bob",
        "        Chief clerk — Cid",
        "        Lawyer — Eve",
        "Auditor — vacant",
    ]


def test_when_others_changed_the_same_position_nothing_is_done_and_they_are_named(
    pen: Pen, cast: Cast, romashka: Client, clock: SetClock
) -> None:
    apply(pen, THREE)
    text, base = text_of(pen), newest_change(pen.session, romashka.id)
    clerk = list(now(pen).seats)[2]
    clock.forward(minutes=1)
    change_position(pen_of(pen.session, cast.vera, romashka, DAY), clerk, Wanted("Chief clerk"))
    before = text_of(pen)
    with pytest.raises(Clash, match=r"Vera has meanwhile changed.*“Clerk”"):
        apply(pen, text.replace("Cid", "Dan"), base)
    assert text_of(pen) == before


def test_what_others_took_out_meanwhile_cannot_be_changed(
    pen: Pen, cast: Cast, romashka: Client, clock: SetClock
) -> None:
    apply(pen, THREE)
    text, base = text_of(pen), newest_change(pen.session, romashka.id)
    clerk = list(now(pen).seats)[2]
    clock.forward(minutes=1)
    remove_position(pen_of(pen.session, cast.vera, romashka, DAY), clerk)
    with pytest.raises(Clash, match=r"took out meanwhile.*“Clerk”"):
        apply(pen, text.replace("Cid", "Dan"), base)
    apply(pen, text.replace("Ann", "Zoe"), base)
    assert lines_of(pen) == ["Director — Zoe", "    Buyer — Bob"]


def test_reports_that_others_added_under_a_removed_position_are_lifted(
    pen: Pen, cast: Cast, romashka: Client, clock: SetClock
) -> None:
    apply(pen, THREE)
    text, base = text_of(pen), newest_change(pen.session, romashka.id)
    clerk = list(now(pen).seats)[2]
    clock.forward(minutes=1)
    add_position(pen_of(pen.session, cast.vera, romashka, DAY), Wanted("Junior"), clerk)
    apply(pen, "".join(text.splitlines(keepends=True)[:2]), base, remove=True)
    assert [line.strip() for line in lines_of(pen)] == [
        "Director — Ann",
        "Buyer — Bob",
        "Junior — vacant",
    ]
    assert lines_of(pen)[2].startswith("        ")


def test_a_circle_that_two_people_make_together_is_refused(
    pen: Pen, cast: Cast, romashka: Client, clock: SetClock
) -> None:
    apply(pen, "A\nB\n")
    a, b = now(pen).seats
    base = newest_change(pen.session, romashka.id)
    clock.forward(minutes=1)
    move_position(pen_of(pen.session, cast.vera, romashka, DAY), b, a)
    with pytest.raises(Refusal, match="report to itself"):
        apply(pen, f"B #{b}\n    A #{a}\n", base)


def test_a_number_that_no_position_has_is_told_with_its_line(pen: Pen) -> None:
    with pytest.raises(Unreadable) as refused:
        apply(pen, "A\nB #999\n")
    assert [problem.line for problem in refused.value.problems] == [2]


def test_only_the_own_team_may_apply_an_outline(
    session: Session, cast: Cast, romashka: Client
) -> None:
    with pytest.raises(Forbidden):
        pen_of(session, cast.boris, romashka, DAY)


@pytest.mark.parametrize("seed", range(25))
def test_any_change_of_the_text_leads_to_just_the_chart_that_was_foreseen(
    seed: int, pen: Pen, clock: SetClock
) -> None:
    chance = random.Random(seed)
    entries = random_tree(chance)
    apply_outline(pen, Asked(entries, DAY, 0))
    for _round in range(3):
        clock.forward(minutes=1)
        opened = parse_outline(text_of(pen))
        typed, missing = changed(opened, chance), chance.random() < 0.5
        asked = Asked(typed, DAY, newest_change(pen.session, pen.client.id), missing)
        plan, present = planned(pen.session, pen.actor, pen.client.id, asked)
        expected = foreseen(present, plan, KNOWN)
        apply_outline(pen, asked)
        assert bare(expected) == bare(now(pen))
        if missing:
            assert [without_number(e) for e in parse_outline(text_of(pen))] == [
                without_number(e) for e in typed
            ]
        kinds = {one.what for one in changes_between(expected, now(pen))}
        assert kinds <= {What.NEW, What.GONE, What.MOVED, What.HOLDER, What.LEFT, What.MANAGER}


def bare(chart: Chart) -> list[tuple[Entry, list[str]]]:
    lost = sorted(holder.name for holder in chart.unplaced)
    entries = parse_outline(write_outline(numbered(chart), "en"))
    return [(without_number(entry), lost) for entry in entries]


def numbered(chart: Chart) -> Chart:
    """Provisional numbers are too long for a line of text."""
    places = {ident: place for place, ident in enumerate(sorted(chart.seats), 1)}
    seats = {
        places[ident]: replace(seat, id=places[ident], manager_id=places.get(seat.manager_id or 0))
        for ident, seat in chart.seats.items()
    }
    return replace(chart, seats=seats)


def without_number(entry: Entry) -> Entry:
    names = tuple(sorted(entry.holders, key=lambda named: named.name))
    return replace(entry, position_id=None, holders=names)


def random_tree(chance: random.Random) -> list[Entry]:
    count = chance.randint(1, 9)
    return [
        Entry(
            f"Post {n}",
            chance.choice([None, *range(n)]),
            holders=(Named(f"Person {n}"),) if chance.random() < 0.7 else (),
        )
        for n in range(count)
    ]


def changed(opened: tuple[Entry, ...], chance: random.Random) -> list[Entry]:
    """Some lines dropped, moved, renamed, held by others; and some new."""
    kept = [entry for entry in opened if chance.random() < 0.8]
    typed: list[Entry] = []
    for entry in chance.sample(kept, len(kept)):
        names = [Named(f"Person {chance.randint(0, 12)}", chance.random() < 0.3)]
        typed.append(
            replace(
                entry,
                above=chance.choice([None, *range(len(typed))]),
                title=chance.choice([entry.title, "Other"]),
                holders=tuple(chance.choice([list(entry.holders), names, []])),
            )
        )
    for _n in range(chance.randint(0, 3)):
        above = chance.choice([None, *range(len(typed))])
        typed.append(Entry("New post", above, holders=(Named(f"New {chance.random()}"),)))
    return in_order(typed)


def in_order(typed: list[Entry]) -> list[Entry]:
    """The lines as a text has them: each branch together."""
    order: list[int] = []

    def walk(above: int | None) -> None:
        for place, entry in enumerate(typed):
            if entry.above == above:
                order.append(place)
                walk(place)

    walk(None)
    return [
        replace(typed[p], above=None if (a := typed[p].above) is None else order.index(a))
        for p in order
    ]
