"""Making clients, changing their cards, and what is known of them on which day."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from dossiers.clients.card import Card
from dossiers.clients.changes import deeds_of
from dossiers.clients.deed_words import sentence_of
from dossiers.clients.kinds import Duty, State
from dossiers.clients.models import CardFact, Client, ClientDomain
from dossiers.clients.provenance import card_at, managers_at, managers_ever
from dossiers.clients.services.cards import Said, change_card, create_client
from dossiers.clients.services.managers import assign, release
from dossiers.clients.services.standing import (
    archive_client,
    bring_back_client,
    give_to_team,
    restrict_client,
)
from dossiers.clients.services.twins import SameClient
from dossiers.facts.asking import Moment
from dossiers.facts.models import Source
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from tests.conftest import Cast, SetClock
from tests.dossiers.clients.making import ALWAYS_SO, MET, add_client, made, since
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal
from wiki.locale import force_locale

pytestmark = pytest.mark.usefixtures("clock")


def change(
    database: Database, actor: Actor, client: int, said: Said, **fields: object
) -> int | None:
    with database.transaction() as session:
        done = change_card(session, actor, client, fields, said)
        return done.id if done else None


def row_of(database: Database, client: int) -> Client:
    with database.reading() as session:
        return session.get_one(Client, client)


def test_a_new_client_stands_in_its_row_and_in_dated_facts(cast: Cast, database: Database) -> None:
    client = made(
        database, cast.anna, "ООО «Ёлка»", country="RU", tax_number="7707 083893",
        domains=("Elka.ru",), segment="HoReCa", tags=("vip",),
    )  # fmt: skip
    row = row_of(database, client)
    assert (row.name, row.name_folded, row.tax_number, row.segment, row.tags, row.team_id) == (
        "ООО «Ёлка»", "ооо «елка»", "7707083893", "HoReCa", ["vip"], cast.anna.team_id,
    )  # fmt: skip
    with database.reading() as session:
        card = card_at(session, client, Moment(datetime(2026, 3, 2, tzinfo=UTC).date()))
        assert session.scalars(select(ClientDomain.domain)).all() == ["elka.ru"]
    assert (card.card.name, card.facts["segment"].source) == ("ООО «Ёлка»", Source.MEETING)
    assert "legal_name" not in card.facts


def test_only_fields_that_differ_are_written(cast: Cast, database: Database) -> None:
    client = made(database, cast.anna, segment="Retail", region="North")
    assert (
        change(database, cast.anna, client, since(2026, 2), segment="Retail", region="North")
        is None
    )
    assert change(database, cast.anna, client, since(2026, 2), segment="HoReCa", region="North")
    with database.reading() as session:
        (_created, (deed, _)) = reversed(deeds_of(session, client))
        counted = select(func.count()).where(CardFact.field == "region")
        assert session.scalar(counted.where(CardFact.client_id == client)) == 1
    assert deed.words == {"fields": {"segment": ["Retail", "HoReCa"]}}


def test_both_questions_have_an_answer(cast: Cast, database: Database, clock: SetClock) -> None:
    client = made(database, cast.anna, segment="Retail")
    before = clock.moment
    clock.forward(days=30)
    change(database, cast.anna, client, since(2026, 2, 1), segment="HoReCa")

    def segment(day: str, known: datetime | None = None) -> str:
        with database.reading() as session:
            moment = Moment(datetime.fromisoformat(day).date(), known)
            return card_at(session, client, moment).card.segment

    assert [segment("2026-01-31"), segment("2026-02-01")] == ["Retail", "HoReCa"]
    assert segment("2026-02-01", before) == "Retail"


def test_a_correction_holds_for_as_long_as_what_was_wrong(cast: Cast, database: Database) -> None:
    client = made(database, cast.anna, legal_name="AO Old")
    change(database, cast.anna, client, since(2026, 2, 1), legal_name="AO Romshka")
    change(database, cast.anna, client, ALWAYS_SO, legal_name="AO Romashka")

    def legal_name(day: int) -> str:
        with database.reading() as session:
            return card_at(session, client, Moment(datetime(2026, day, 15).date())).card.legal_name

    assert [legal_name(1), legal_name(2)] == ["AO Old", "AO Romashka"]


def test_what_is_emptied_is_no_longer_known(cast: Cast, database: Database) -> None:
    client = made(database, cast.anna, segment="Retail", domains=("a.ru",))
    change(database, cast.anna, client, since(2026, 2), segment="", domains=())
    assert row_of(database, client).segment == ""
    with database.reading() as session:
        assert session.scalars(select(ClientDomain.domain)).all() == []


def test_a_day_in_the_future_is_refused(cast: Cast, database: Database) -> None:
    client = made(database, cast.anna)
    with pytest.raises(Refusal, match="between 1900 and today"):
        change(database, cast.anna, client, since(2026, 3, 3), segment="HoReCa")


def test_who_may_change_what(cast: Cast, database: Database) -> None:
    client = made(database, cast.anna)
    for person in (cast.boris, cast.nina):
        with pytest.raises(Forbidden):
            change(database, person, client, since(2026), segment="x")
    assert change(database, cast.vera, client, since(2026), segment="x")
    with pytest.raises(Forbidden):
        made(database, cast.boris, "Other", team=cast.anna.team_id)
    with pytest.raises(Forbidden):
        made(database, cast.nina, "Other")


def test_a_known_tax_number_is_refused_and_a_known_name_needs_a_word(
    cast: Cast, database: Database
) -> None:
    first = made(database, cast.anna, "Ромашка", country="RU", tax_number="7707083893")
    with pytest.raises(SameClient) as refusal:
        made(database, cast.boris, "Other", country="RU", tax_number="7707083893")
    assert ([twin.id for twin in refusal.value.twins], refusal.value.may_be_another) == (
        [first], False,
    )  # fmt: skip
    with pytest.raises(SameClient) as refusal:
        made(database, cast.boris, " РОМАШКА ")
    assert refusal.value.may_be_another
    with database.transaction() as session:
        insists = Said(MET, None, is_another=True)
        card = Card("ромашка", team=cast.boris.team_id)
        assert create_client(session, cast.boris, card, insists).id != first


def test_a_twin_that_one_may_not_see_is_as_if_it_were_not_there(
    cast: Cast, database: Database
) -> None:
    made(database, cast.anna, country="RU", tax_number="7707083893", restricted=True)
    assert made(database, cast.boris, country="RU", tax_number="7707083893")
    with pytest.raises(SameClient):
        made(database, cast.vera, country="RU", tax_number="7707083893")


def test_a_holding_has_no_circle(cast: Cast, database: Database) -> None:
    top = made(database, cast.anna, "Top")
    middle = made(database, cast.anna, "Middle", parent=top)
    below = made(database, cast.anna, "Below", parent=middle)
    for parent in (below, middle, top):
        with pytest.raises(Refusal, match="cannot be its parent"):
            change(database, cast.anna, top, since(2026), parent=parent)
    assert change(database, cast.anna, below, since(2026), parent=top)
    assert row_of(database, below).parent_id == top


def test_a_holding_has_no_circle_in_the_past_either(cast: Cast, database: Database) -> None:
    one = made(database, cast.anna, "One")
    other = made(database, cast.anna, "Other", parent=one)
    change(database, cast.anna, other, since(2025), parent=None)
    with pytest.raises(Refusal, match="cannot be its parent"):
        change(database, cast.anna, one, since(2024), parent=other)
    assert change(database, cast.anna, one, since(2025), parent=other)


def test_only_a_client_one_sees_can_be_the_parent(cast: Cast, database: Database) -> None:
    hidden = made(database, cast.anna, "Hidden", restricted=True)
    own = made(database, cast.boris, "Own")
    with pytest.raises(Missing):
        change(database, cast.boris, own, since(2026), parent=hidden)
    assert change(database, cast.vera, own, since(2026), parent=hidden)


def test_an_undo_brings_the_row_back_with_the_facts(cast: Cast, database: Database) -> None:
    client = made(database, cast.anna, segment="Retail")
    done = change(database, cast.anna, client, since(2026), segment="HoReCa", name="New")
    assert done
    with database.transaction() as session:
        undo = take_back(open_dossier(session, cast.anna, client), done).id
    assert (row_of(database, client).segment, row_of(database, client).name) == (
        "Retail",
        "Romashka",
    )
    with database.transaction() as session:
        take_back(open_dossier(session, cast.anna, client), undo)
    assert row_of(database, client).segment == "HoReCa"


def test_an_undo_makes_no_circle_and_leaves_no_client_without_a_name(
    cast: Cast, database: Database
) -> None:
    one, other = made(database, cast.anna, "One"), made(database, cast.anna, "Other")
    change(database, cast.anna, one, ALWAYS_SO, parent=other)
    parted = change(database, cast.anna, one, ALWAYS_SO, parent=None)
    change(database, cast.anna, other, ALWAYS_SO, parent=one)
    with pytest.raises(Refusal), database.transaction() as session:
        take_back(open_dossier(session, cast.anna, one), parted or 0)
    with database.reading() as session:
        created = deeds_of(session, other)[-1].deed.id
    with pytest.raises(Clash), database.transaction() as session:
        take_back(open_dossier(session, cast.anna, other), created)
    assert row_of(database, other).name == "Other"


def test_an_archived_client_comes_back_in_its_old_state(cast: Cast, database: Database) -> None:
    client = made(database, cast.anna, state=State.PROSPECT)
    with database.transaction() as session:
        archive_client(session, cast.anna, client, since(2026, 3, 2))
    assert row_of(database, client).state == "archived"
    with database.transaction() as session:
        bring_back_client(session, cast.anna, client, since(2026, 3, 2))
    assert row_of(database, client).state == "prospect"


def test_readers_follow_team_and_restriction(cast: Cast, database: Database) -> None:
    client = made(database, cast.anna)
    team, other = cast.anna.team_id, cast.boris.team_id
    with database.transaction() as session:
        restrict_client(session, cast.anna, client, since(2026, 3, 2))
    assert row_of(database, client).audience == f"restricted:{team}"
    with database.transaction() as session:
        give_to_team(session, cast.anna, client, other, since(2026, 3, 2))
    assert row_of(database, client).audience == f"restricted:{other}"
    with pytest.raises(Missing), database.transaction() as session:
        give_to_team(session, cast.anna, client, team, since(2026, 3, 2))
    with pytest.raises(Refusal, match="no such team"), database.transaction() as session:
        give_to_team(session, cast.boris, client, 999, since(2026, 3, 2))


def test_one_is_responsible_and_the_past_stays(cast: Cast, database: Database) -> None:
    client = made(database, cast.anna)

    def does(*deeds: tuple[Actor, Duty | None, int]) -> None:
        for person, duty, month in deeds:
            with database.transaction() as session:
                if duty is None:
                    release(session, cast.anna, client, person.id, since(2026, month))
                else:
                    assign(session, cast.anna, client, person.id, duty, since(2026, month))

    def team(day: str) -> list[tuple[str, str]]:
        with database.reading() as session:
            moment = Moment(datetime.fromisoformat(day).date())
            return [(one.name, one.duty.value) for one in managers_at(session, client, moment)]

    does((cast.boris, Duty.LEAD, 1), (cast.anna, Duty.LEAD, 2), (cast.boris, None, 3))
    assert team("2026-01-15") == [("Boris", "lead")]
    assert team("2026-02-15") == [("Anna", "lead"), ("Boris", "member")]
    assert team("2026-03-02") == [("Anna", "lead")]
    with database.reading() as session:
        ever = [(one.name, one.duty.value) for one in managers_ever(session, client)]
    assert ever == [("Anna", "lead"), ("Boris", "member"), ("Boris", "lead")]


def test_nobody_looks_after_what_they_may_not_see(cast: Cast, database: Database) -> None:
    client = made(database, cast.anna, restricted=True)
    with pytest.raises(Refusal, match="may not see"), database.transaction() as session:
        assign(session, cast.anna, client, cast.boris.id, Duty.MEMBER, since(2026))
    with pytest.raises(Missing), database.transaction() as session:
        assign(session, cast.anna, client, 999, Duty.MEMBER, since(2026))
    with database.transaction() as session:
        assert assign(session, cast.anna, client, cast.vera.id, Duty.MEMBER, since(2026))
        assert not assign(session, cast.anna, client, cast.vera.id, Duty.MEMBER, since(2026))


def test_the_list_of_changes_names_no_other_client(cast: Cast, database: Database) -> None:
    hidden = made(database, cast.anna, "Hidden Ltd", restricted=True)
    own = made(database, cast.boris, "Own")
    change(database, cast.vera, own, since(2026), parent=hidden, segment="HoReCa")
    with database.reading() as session:
        told = str([deed.deed.words for deed in deeds_of(session, own)])
    assert "HoReCa" in told
    assert "Hidden" not in told


def test_changes_are_told_in_sentences(cast: Cast, database: Database, app: Flask) -> None:
    with database.transaction() as session:
        client = add_client(session, cast.anna, segment="Retail")
        team = cast.boris.team_id
        change_card(session, cast.vera, client.id, {"segment": "HoReCa", "team": team}, since(2026))
    with database.reading() as session, app.test_request_context(), force_locale("en"):
        said = [sentence_of(listed.deed) for listed in deeds_of(session, client.id)]
    assert said == ["Segment: Retail → HoReCa; Team: North → South", "new client Romashka"]
