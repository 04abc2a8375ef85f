"""Two clients become one, with both dossiers, and two again."""

import random
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.card import Card
from dossiers.clients.models import Assignment, Client, ClientDomain
from dossiers.clients.queries import client_visible_to
from dossiers.clients.services.cards import Said, change_card, create_client
from dossiers.facts.asking import Moment
from dossiers.facts.models import Change
from dossiers.facts.periods import EVER
from dossiers.facts.writing import Fact, write_facts
from dossiers.people.chart.queries import chart_of
from dossiers.people.duplicates.clients import MERGED, merge_clients, merged_into_visible_to
from dossiers.people.editing.employments import Appointment, appoint
from dossiers.people.editing.judging import judge
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.positions import move_position
from dossiers.people.editing.taking_back import take_back
from dossiers.people.kinds import Aspect
from dossiers.people.models import Person
from dossiers.people.queries import check_position_of
from tests.conftest import Cast, SetClock
from tests.dossiers.people.duplicates.states import everything, twice_true
from tests.factories.dossiers import FOUNDED, SEEN, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Forbidden, Missing, Refusal

TODAY = date(2026, 3, 2)


@pytest.fixture
def session(database: Database, clock: SetClock) -> Iterator[Session]:
    with database.transaction() as opened:
        yield opened


def client_of(session: Session, actor: Actor, name: str, **card: Any) -> Client:
    team = card.pop("team", actor.team_id)
    return create_client(session, actor, Card(name=name, team=team, **card), Said(SEEN))


def change(session: Session, actor: Actor, client: Client, **changes: Any) -> None:
    change_card(session, actor, client.id, changes, Said(SEEN))


def undo(session: Session, actor: Actor, done: Change) -> Change:
    return take_back(open_dossier(session, actor, done.client_id), done.id)


def test_the_dossier_of_both_is_that_of_the_one_who_stays(session: Session, cast: Cast) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.anna, "Lose")
    boss = seat(pen_of(session, cast.anna, keep), "Boss", None, "Olga")
    pen = pen_of(session, cast.anna, lose)
    top = seat(pen, "Top", None, "Ivan")
    below = seat(pen, "Below", top, "Pyotr")
    judge(pen, person_id_of(pen, "Ivan"), Aspect.ROLE, "economic_buyer")
    merge_clients(session, cast.anna, keep.id, lose.id)
    chart = chart_of(session, keep.id, Moment(TODAY))
    assert set(chart.seats) == {boss, top, below}
    assert chart.seats[below].manager_id == top
    assert set(chart.names.values()) == {"Olga", "Ivan", "Pyotr"}
    assert len(chart.standings) == 1
    assert chart_of(session, lose.id, Moment(TODAY)).seats == {}
    assert lose.merged_into_id == keep.id
    assert merged_into_visible_to(session, cast.nina, keep.id) == [lose]


def test_what_we_believed_before_still_shows_two(
    session: Session, cast: Cast, clock: SetClock
) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.anna, "Lose")
    seat(pen_of(session, cast.anna, lose), "Top", None, "Ivan")
    before = clock.moment
    clock.forward(days=1)
    merge_clients(session, cast.anna, keep.id, lose.id)
    then = [chart_of(session, one.id, Moment(TODAY, before)) for one in (keep, lose)]
    assert [list(chart.names.values()) for chart in then] == [[], ["Ivan"]]


def test_the_card_takes_what_it_did_not_say(session: Session, cast: Cast) -> None:
    keep = client_of(session, cast.anna, "Keep", region="North", tags=("a",), domains=("k.ru",))
    lose = client_of(
        session, cast.anna, "Lose", region="South", segment="Retail", legal_name="Lose LLC",
        country="RU", tax_number="7707083893", tags=("b",), domains=("l.ru",),
    )  # fmt: skip
    merge_clients(session, cast.anna, keep.id, lose.id)
    assert (keep.name, keep.region, keep.segment, keep.legal_name) == (
        "Keep", "North", "Retail", "Lose LLC",
    )  # fmt: skip
    assert (keep.country, keep.tax_number, set(keep.tags)) == ("RU", "7707083893", {"a", "b"})
    domains = session.execute(select(ClientDomain.domain, ClientDomain.client_id)).all()
    assert {tuple(row) for row in domains} == {("k.ru", keep.id), ("l.ru", keep.id)}
    assert (lose.name, lose.region) == ("Lose", "South")


def test_a_tax_number_of_another_country_is_not_taken(session: Session, cast: Cast) -> None:
    keep = client_of(session, cast.anna, "Keep", country="DE")
    lose = client_of(session, cast.anna, "Lose", country="RU", tax_number="7707083893")
    merge_clients(session, cast.anna, keep.id, lose.id)
    assert (keep.country, keep.tax_number) == ("DE", "")


def test_who_looks_after_both_goes_on_and_the_one_who_stays_says_how(
    session: Session, cast: Cast
) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.anna, "Lose")
    for client, actor, duty in (
        (keep, cast.anna, "lead"), (lose, cast.anna, "member"), (lose, cast.nina, "lead"),
    ):  # fmt: skip
        pen = pen_of(session, cast.anna, client)
        key = {"client_id": client.id, "user_id": actor.id}
        deed = pen.begin("assign")
        write_facts(session, deed, Assignment, [Fact(key, {"duty": duty}, EVER)], SEEN)
    merge_clients(session, cast.anna, keep.id, lose.id)
    live = select(Assignment.user_id, Assignment.duty).where(
        Assignment.client_id == keep.id, Assignment.superseded_in.is_(None)
    )
    assert set(map(tuple, session.execute(live))) == {
        (cast.anna.id, "lead"),
        (cast.nina.id, "member"),
    }


def test_only_who_may_edit_both_may_take_it_back(session: Session, cast: Cast) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.boris, "Lose")
    done = merge_clients(session, cast.vera, keep.id, lose.id)
    with pytest.raises(Forbidden), session.begin_nested():
        undo(session, cast.anna, done)


def test_companies_that_belonged_to_it_belong_to_the_one_who_stays_seen_or_not(
    session: Session, cast: Cast
) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.anna, "Lose")
    child = client_of(session, cast.anna, "Child", parent=lose.id)
    hidden = client_of(session, cast.boris, "Hidden", parent=lose.id, restricted=True)
    done = merge_clients(session, cast.anna, keep.id, lose.id)
    assert (child.parent_id, hidden.parent_id) == (keep.id, keep.id)
    undo(session, cast.anna, done)
    assert (child.parent_id, hidden.parent_id) == (lose.id, lose.id)


def test_a_child_may_swallow_its_parent_but_no_grandchild_may(session: Session, cast: Cast) -> None:
    lose = client_of(session, cast.anna, "Lose")
    child = client_of(session, cast.anna, "Child", parent=lose.id)
    grandchild = client_of(session, cast.anna, "Grandchild", parent=child.id)
    with pytest.raises(Refusal, match="Merge them the other way round"):
        merge_clients(session, cast.anna, grandchild.id, lose.id)
    merge_clients(session, cast.anna, child.id, lose.id)
    assert (child.parent_id, grandchild.parent_id) == (None, child.id)


def test_a_restricted_dossier_is_not_poured_into_an_open_one(session: Session, cast: Cast) -> None:
    one = client_of(session, cast.anna, "Open")
    secret = client_of(session, cast.anna, "Secret", restricted=True)
    for keep, lose in ((one, secret), (secret, one)):
        with pytest.raises(Refusal, match="Not the same people"):
            merge_clients(session, cast.anna, keep.id, lose.id)


def test_only_who_may_edit_both_may_merge_and_who_sees_not_both_finds_nothing(
    session: Session, cast: Cast
) -> None:
    annas, boriss = client_of(session, cast.anna, "A"), client_of(session, cast.boris, "B")
    secret = client_of(session, cast.boris, "Secret", restricted=True)
    for actor in (cast.anna, cast.boris, cast.nina):
        with pytest.raises(Forbidden):
            merge_clients(session, actor, annas.id, boriss.id)
    with pytest.raises(Missing):
        merge_clients(session, cast.anna, annas.id, secret.id)
    with pytest.raises(Missing):
        merge_clients(session, cast.anna, annas.id, annas.id)
    assert merge_clients(session, cast.vera, annas.id, boriss.id).action == MERGED


def test_nobody_writes_into_a_dossier_that_leads_elsewhere(session: Session, cast: Cast) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.anna, "Lose")
    merge_clients(session, cast.anna, keep.id, lose.id)
    with pytest.raises(Refusal, match="merged"):
        open_dossier(session, cast.anna, lose.id)


def test_somebody_who_works_at_both_stands_there_once(session: Session, cast: Cast) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.anna, "Lose")
    pen = pen_of(session, cast.anna, keep)
    person = person_id_of(pen, "Ivan")
    there = pen_of(session, cast.anna, lose)
    place = seat(there, "Top")
    appoint(there, place, session.get_one(Person, person), Appointment())
    merge_clients(session, cast.anna, keep.id, lose.id)
    chart = chart_of(session, keep.id, Moment(TODAY))
    assert chart.unplaced == ()
    assert [one.person_id for one in chart.seats[place].holders] == [person]


def scribble(session: Session, cast: Cast, dice: random.Random, clients: list[Client]) -> None:
    """One deed at random in one of the dossiers."""
    client = dice.choice(clients)
    day = FOUNDED + timedelta(days=dice.randrange(4) * 200)
    pen = pen_of(session, cast.anna, client, day)
    chart = chart_of(session, client.id, Moment(day))
    people, seats = list(chart.names), list(chart.seats)
    everybody = list(session.scalars(select(Person)))
    with suppress(Refusal, Missing):
        match dice.randrange(5):
            case 0:
                seat(pen, f"S{dice.randrange(9)}", dice.choice([None, *seats]), dice.choice("ABC"))
            case 1:
                appoint(pen, dice.choice([0, *seats]), dice.choice(everybody), Appointment())
            case 2:
                judge(
                    pen,
                    dice.choice([0, *people]),
                    Aspect.ATTITUDE,
                    dice.choice(["enemy", "mentor"]),
                )
            case 3:
                move_position(pen, dice.choice([0, *seats]), dice.choice([None, *seats]))
            case 4:
                change(
                    session, cast.anna, client,
                    tags=tuple(dice.sample("xyz", dice.randrange(3))),
                    region=dice.choice(["", "R1", "R2"]),
                    domains=dice.choice([(), (f"d{client.id}.ru",)]),
                )  # fmt: skip


@pytest.mark.parametrize("seed", range(15))
def test_merged_and_taken_back_everything_is_as_it_was(
    session: Session, cast: Cast, clock: SetClock, seed: int
) -> None:
    dice = random.Random(seed)
    clients = [client_of(session, cast.anna, name) for name in ("Keep", "Lose")]
    client_of(session, cast.anna, "Child", parent=clients[1].id)
    person_id_of(pen_of(session, cast.anna, clients[0]), "A")
    for _ in range(30):
        scribble(session, cast, dice, clients)
    before, then = everything(session), clock.moment
    charts = [chart_of(session, client.id, Moment(TODAY)) for client in clients]
    clock.forward(hours=1)
    done = merge_clients(session, cast.anna, clients[0].id, clients[1].id)
    merged = everything(session)
    assert twice_true(session) == []
    assert [chart_of(session, one.id, Moment(TODAY, then)) for one in clients] == charts
    clock.forward(hours=1)
    taken_back = undo(session, cast.anna, done)
    assert everything(session) == before
    clock.forward(hours=1)
    undo(session, cast.anna, taken_back)
    assert everything(session) == merged


def test_whoever_restricts_a_client_restricts_what_was_merged_into_it(
    session: Session, cast: Cast
) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.anna, "Lose")
    before = client_of(session, cast.anna, "Before")
    merge_clients(session, cast.anna, lose.id, before.id)
    merge_clients(session, cast.anna, keep.id, lose.id)
    change(session, cast.anna, keep, restricted=True)
    assert {one.audience for one in (keep, lose, before)} == {keep.audience}
    with pytest.raises(Missing):
        client_visible_to(session, cast.boris, before.id)
    change(session, cast.anna, keep, restricted=False)
    assert client_visible_to(session, cast.boris, before.id) is before


def test_a_position_that_went_back_is_not_shown_under_the_other_client(
    session: Session, cast: Cast
) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.anna, "Lose")
    top = seat(pen_of(session, cast.anna, lose), "Top")
    merged = merge_clients(session, cast.anna, keep.id, lose.id)
    check_position_of(session, keep.id, top)
    undo(session, cast.anna, merged)
    change(session, cast.anna, lose, restricted=True)
    with pytest.raises(Missing):
        check_position_of(session, keep.id, top)
    check_position_of(session, lose.id, top)


def test_a_merge_is_not_taken_back_into_the_open_once_its_client_is_restricted(
    session: Session, cast: Cast
) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.anna, "Lose")
    merged = merge_clients(session, cast.anna, keep.id, lose.id)
    change(session, cast.anna, keep, restricted=True)
    with pytest.raises(Refusal), session.begin_nested():
        undo(session, cast.anna, merged)
    change(session, cast.anna, keep, restricted=False)
    undo(session, cast.anna, merged)
    assert lose.merged_into_id is None


def test_a_merge_is_not_done_again_when_the_readers_differ_by_now(
    session: Session, cast: Cast
) -> None:
    keep, lose = client_of(session, cast.anna, "Keep"), client_of(session, cast.anna, "Lose")
    parted = undo(session, cast.anna, merge_clients(session, cast.anna, keep.id, lose.id))
    change(session, cast.anna, lose, restricted=True)
    with pytest.raises(Refusal), session.begin_nested():
        undo(session, cast.anna, parted)
    change(session, cast.anna, lose, restricted=False)
    undo(session, cast.anna, parted)
    assert lose.merged_into_id == keep.id
