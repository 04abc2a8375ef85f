"""Two people become one, with both histories, and two again."""

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.asking import Moment, believed
from dossiers.facts.models import Change
from dossiers.people.chart.queries import chart_of
from dossiers.people.duplicates.people import MERGED, dossiers_of, merge_people
from dossiers.people.editing.employments import Appointment, appoint, end_employment
from dossiers.people.editing.judging import Acquainted, Tie, acquaint, judge, tie
from dossiers.people.editing.pen import Pen, open_dossier
from dossiers.people.editing.persons import add_name_form, add_person, set_contact
from dossiers.people.editing.positions import Wanted, add_position
from dossiers.people.editing.taking_back import take_back
from dossiers.people.kinds import (
    VALUES_OF,
    Aspect,
    ContactKind,
    Coverage,
    EndReason,
    InfluenceKind,
)
from dossiers.people.models import Employment, Person, PersonName
from tests.conftest import Cast, SetClock
from tests.dossiers.people.duplicates.states import everything, twice_true
from tests.factories.dossiers import FOUNDED, make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal
from wiki.history.models import HistoryEntry

TODAY = date(2026, 3, 2)


@pytest.fixture
def session(database: Database, clock: SetClock) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def person(pen: Pen, name: str) -> int:
    return add_person(pen, name)[1].id


def undo(session: Session, actor: Actor, change: Change) -> Change:
    pen = open_dossier(session, actor, change.client_id)
    return take_back(pen, change.id)


def names_on(session: Session, client: Client, day: date = TODAY) -> dict[int, str]:
    return chart_of(session, client.id, Moment(day)).names


def test_who_stays_has_the_places_addresses_and_names_of_both(session: Session, cast: Cast) -> None:
    client = make_client(session, cast.anna)
    pen = pen_of(session, cast.anna, client)
    keep, lose = person(pen, "Иванов Иван Петрович"), person(pen, "Иванов И. П.")
    place = add_position(pen, Wanted("Director"), None)[1]
    appoint(pen, place, session.get_one(Person, lose), Appointment())
    set_contact(pen, lose, ContactKind.EMAIL, "ivan@x.ru")
    judge(pen, lose, Aspect.ROLE, "approver")
    merge_people(session, cast.anna, keep, lose)
    chart = chart_of(session, client.id, Moment(TODAY))
    assert [holder.person_id for holder in chart.seats[place].holders] == [keep]
    assert chart.unplaced == ()
    assert list(chart.standings) == [keep]
    forms = session.scalars(select(PersonName.name).where(PersonName.person_id == keep)).all()
    assert set(forms) == {"Иванов Иван Петрович", "Иванов И. П."}
    assert session.get_one(Person, lose).merged_into_id == keep


def test_where_both_speak_the_one_who_stays_is_believed(session: Session, cast: Cast) -> None:
    client = make_client(session, cast.anna)
    pen = pen_of(session, cast.anna, client)
    keep, lose = person(pen, "A"), person(pen, "B")
    judge(pen_of(session, cast.anna, client, date(2024, 1, 1)), keep, Aspect.ATTITUDE, "enemy")
    judge(pen, lose, Aspect.ATTITUDE, "mentor")
    merge_people(session, cast.anna, keep, lose)
    attitudes = {
        day: chart_of(session, client.id, Moment(day)).standings[keep].attitude
        for day in (date(2023, 1, 1), TODAY)
    }
    assert attitudes == {date(2023, 1, 1): "mentor", TODAY: "enemy"}
    assert twice_true(session) == []


def test_what_we_believed_before_still_shows_two(
    session: Session, cast: Cast, clock: SetClock
) -> None:
    client = make_client(session, cast.anna)
    pen = pen_of(session, cast.anna, client)
    keep, lose = person(pen, "A"), person(pen, "B")
    before = clock.moment
    clock.forward(days=1)
    merge_people(session, cast.anna, keep, lose)
    assert names_on(session, client) == {keep: "A"}
    then = chart_of(session, client.id, Moment(TODAY, before))
    assert then.names == {keep: "A", lose: "B"}


def test_a_tie_between_the_two_is_gone_and_others_stay(session: Session, cast: Cast) -> None:
    client = make_client(session, cast.anna)
    pen = pen_of(session, cast.anna, client)
    keep, lose, third = person(pen, "A"), person(pen, "B"), person(pen, "C")
    tie(pen, Tie(keep, lose, InfluenceKind.TRUSTS))
    tie(pen, Tie(third, lose, InfluenceKind.TRUSTS, 3))
    merge_people(session, cast.anna, keep, lose)
    ties = chart_of(session, client.id, Moment(TODAY)).ties
    assert [(one.from_id, one.to_id, one.strength) for one in ties] == [(third, keep, 3)]


def test_it_is_one_change_with_a_sentence_of_both_names(session: Session, cast: Cast) -> None:
    client = make_client(session, cast.anna)
    pen = pen_of(session, cast.anna, client)
    change = merge_people(session, cast.anna, person(pen, "A"), person(pen, "B"))
    assert (change.action, change.words["person"], change.words["to"]) == (MERGED, "B", "A")


def test_facts_in_another_dossier_stay_in_it(session: Session, cast: Cast) -> None:
    one, other = (make_client(session, cast.anna, name) for name in "XY")
    keep = person(pen_of(session, cast.anna, one), "A")
    lose = person(pen_of(session, cast.anna, other), "A")
    stamps = {client.id: client.stamp for client in (one, other)}
    change = merge_people(session, cast.anna, keep, lose)
    assert change.client_id == one.id
    assert [names_on(session, client) for client in (one, other)] == [{keep: "A"}, {keep: "A"}]
    assert [client.stamp - stamps[client.id] for client in (one, other)] == [1, 1]
    undo(session, cast.anna, change)
    assert [names_on(session, client) for client in (one, other)] == [{keep: "A"}, {lose: "A"}]
    assert [client.stamp - stamps[client.id] for client in (one, other)] == [2, 2]


def test_facts_in_a_dossier_that_nobody_told_them_of_move_silently(
    session: Session, cast: Cast
) -> None:
    seen = make_client(session, cast.anna)
    hidden = make_client(session, cast.boris, "Secret", restricted=True)
    keep = person(pen_of(session, cast.anna, seen), "A")
    lose = person(pen_of(session, cast.anna, seen), "B")
    place = add_position(pen_of(session, cast.boris, hidden), Wanted("Director"), None)[1]
    there = pen_of(session, cast.boris, hidden)
    appoint(there, place, session.get_one(Person, lose), Appointment())
    merge_people(session, cast.anna, keep, lose)
    assert names_on(session, hidden) == {keep: "A"}
    row = session.scalars(select(Employment).where(Employment.position_id == place)).all()[-1]
    assert row.client_id == hidden.id


def test_only_who_may_edit_all_dossiers_that_they_see_them_in_may_merge(
    session: Session, cast: Cast
) -> None:
    annas, boriss = make_client(session, cast.anna, "X"), make_client(session, cast.boris, "Y")
    keep = person(pen_of(session, cast.anna, annas), "A")
    lose = person(pen_of(session, cast.boris, boriss), "A")
    for actor in (cast.anna, cast.boris, cast.nina):
        with pytest.raises(Forbidden):
            merge_people(session, actor, keep, lose)
    assert merge_people(session, cast.vera, keep, lose)


def test_only_who_may_edit_all_of_them_may_take_it_back(session: Session, cast: Cast) -> None:
    annas, boriss = make_client(session, cast.anna, "X"), make_client(session, cast.boris, "Y")
    keep = person(pen_of(session, cast.anna, annas), "A")
    lose = person(pen_of(session, cast.boris, boriss), "A")
    change = merge_people(session, cast.vera, keep, lose)
    with pytest.raises(Forbidden), session.begin_nested():
        undo(session, cast.anna, change)
    assert undo(session, cast.vera, change)


def test_who_is_not_seen_does_not_exist(session: Session, cast: Cast) -> None:
    seen = make_client(session, cast.anna)
    hidden = make_client(session, cast.boris, "Secret", restricted=True)
    keep = person(pen_of(session, cast.anna, seen), "A")
    lose = person(pen_of(session, cast.boris, hidden), "A")
    with pytest.raises(Missing):
        merge_people(session, cast.anna, keep, lose)
    assert merge_people(session, cast.vera, keep, lose)


def test_nobody_is_merged_twice_or_with_themselves(session: Session, cast: Cast) -> None:
    pen = pen_of(session, cast.anna, make_client(session, cast.anna))
    keep, lose = person(pen, "A"), person(pen, "B")
    with pytest.raises(Missing):
        merge_people(session, cast.anna, keep, keep)
    merge_people(session, cast.anna, keep, lose)
    with pytest.raises(Missing):
        merge_people(session, cast.anna, keep, lose)


def test_what_was_built_on_a_merge_must_be_taken_back_first(session: Session, cast: Cast) -> None:
    client = make_client(session, cast.anna)
    pen = pen_of(session, cast.anna, client)
    keep, lose = person(pen, "A"), person(pen, "B")
    judge(pen, lose, Aspect.ATTITUDE, "mentor")
    change = merge_people(session, cast.anna, keep, lose)
    judge(pen, keep, Aspect.ATTITUDE, "enemy")
    with pytest.raises(Clash):
        undo(session, cast.anna, change)
    assert session.get_one(Person, lose).merged_into_id == keep


def test_the_history_of_both_dossiers_tells_of_it(session: Session, cast: Cast) -> None:
    one, other = (make_client(session, cast.anna, name) for name in "XY")
    keep = person(pen_of(session, cast.anna, one), "A")
    lose = person(pen_of(session, cast.anna, other), "A")
    merge_people(session, cast.anna, keep, lose)
    told = select(HistoryEntry.subject_id).where(HistoryEntry.action == MERGED)
    assert set(session.scalars(told)) == {one.id, other.id}


class Scribbler:
    """Writes at random about few people in two dossiers, so that much of it meets."""

    def __init__(self, session: Session, cast: Cast, seed: int) -> None:
        self.dice = random.Random(seed)
        self.session, self.cast = session, cast
        self.clients = [make_client(session, cast.anna, name) for name in "XY"]
        pens = [pen_of(session, cast.anna, client) for client in self.clients]
        self.people = [person(pens[n % 2], f"Person {n % 3}") for n in range(4)]
        self.seats = {pen.client.id: [seat(pen, f"S{n}") for n in range(2)] for pen in pens}

    def scribble(self) -> None:
        """One deed on some day; what a rule refuses is not done."""
        client = self.dice.choice(self.clients)
        day = FOUNDED + timedelta(days=self.dice.randrange(5) * 100)
        pen, who = pen_of(self.session, self.cast.anna, client, day), self.dice.choice(self.people)
        place = self.dice.choice(self.seats[client.id])
        deed = self.dice.choice([self._appoint, self._end, self._judge, self._tie, self._more])
        with suppress(Refusal, Missing):
            deed(pen, who, place)

    def two(self) -> list[int]:
        """Two who work somewhere on some day: who was ended on the first day never worked."""
        working = set(
            self.session.scalars(select(Employment.person_id).where(believed(Employment)))
        )
        return self.dice.sample(sorted(working), 2)

    def _appoint(self, pen: Pen, who: int, place: int) -> None:
        appoint(pen, place, self.session.get_one(Person, who), Appointment())

    def _end(self, pen: Pen, who: int, place: int) -> None:
        end_employment(pen, who, self.dice.choice([place, None]), self.dice.choice(list(EndReason)))

    def _judge(self, pen: Pen, who: int, _place: int) -> None:
        aspect = self.dice.choice(list(Aspect))
        judge(pen, who, aspect, self.dice.choice(list(VALUES_OF[aspect])[:3]))

    def _tie(self, pen: Pen, who: int, _place: int) -> None:
        tie(pen, Tie(who, self.dice.choice(self.people), InfluenceKind.TRUSTS))

    def _more(self, pen: Pen, who: int, _place: int) -> None:
        acquaint(pen, self.cast.boris.id, who, Acquainted(self.dice.choice(list(Coverage))))
        set_contact(pen, who, ContactKind.EMAIL, self.dice.choice(["a@x.ru", "b@x.ru"]))
        add_name_form(pen, who, self.dice.choice(["Form one", "Form two", "Person 1"]))


@pytest.mark.parametrize("seed", range(25))
def test_merged_and_taken_back_everything_is_as_it_was(
    session: Session, cast: Cast, clock: SetClock, seed: int
) -> None:
    scribbler = Scribbler(session, cast, seed)
    for _ in range(40):
        scribbler.scribble()
    before, then = everything(session), clock.moment
    charts = [chart_of(session, c.id, Moment(TODAY)) for c in scribbler.clients]
    clock.forward(hours=1)
    keep, lose = scribbler.two()
    change = merge_people(session, cast.anna, keep, lose)
    merged = everything(session)
    assert twice_true(session) == []
    assert not dossiers_of(session, lose)
    assert [chart_of(session, c.id, Moment(TODAY, then)) for c in scribbler.clients] == charts
    clock.forward(hours=1)
    taken_back = undo(session, cast.anna, change)
    assert everything(session) == before
    clock.forward(hours=1)
    undo(session, cast.anna, taken_back)
    assert everything(session) == merged
