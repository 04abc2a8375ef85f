"""Vouching, taking back, handing over, lives of fields: what is written and what is refused."""

from datetime import date

import pytest
from flask import Flask

from products.catalogue.care.life_saving import set_lives
from products.catalogue.care.models import FactVerification, FieldLife
from products.catalogue.care.services import hand_fact, take_back, verify_facts
from tests.conftest import Cast, SetClock
from tests.factories.pages import rewrite_page
from tests.products.catalogue.care.conftest import FACTS, OTHER_PRICE, Cares, WritePage
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal
from wiki.history.models import HistoryEntry
from wiki.pages.models import FactField, Page

SEEN = {"price": "100 RUB"}
OWN = {"verify fact", "take back verification", "hand fact", "set life"}


def verify(database: Database, actor: Actor, page: int, values: dict[str, str] = SEEN) -> int:
    with database.transaction() as session:
        return verify_facts(session, actor, page, values)[0]


def deeds(database: Database) -> list[str]:
    with database.reading() as session:
        rows = session.query(HistoryEntry.action).order_by(HistoryEntry.id)
        return [action for (action,) in rows if action in OWN]


def test_a_click_vouches_from_today_and_is_in_the_history(
    oven: WritePage, cares: Cares, cast: Cast, clock: SetClock, database: Database
) -> None:
    page = oven()
    clock.forward(days=100)
    verify(database, cast.boris, page)
    price = cares(page)["price"]
    assert (price.verified_by, price.verified_until) == (cast.boris.id, date(2026, 9, 8))
    assert cares(page)["weight"].verified_by == cast.anna.id
    assert deeds(database) == ["verify fact"]


def test_what_changed_meanwhile_is_not_verified(
    app: Flask, oven: WritePage, cares: Cares, cast: Cast, clock: SetClock, database: Database
) -> None:
    page = oven()
    with app.app_context():
        rewrite_page(app, cast.anna, page, facts={**FACTS, "price": OTHER_PRICE})
    clock.forward(days=1)
    odd = ({"\ud800": "x"}, {"price\0": "100 RUB"})
    for values in (SEEN, {"weight": "5 kg", "price": "100 RUB"}, {"nothing": ""}, *odd):
        with pytest.raises(Clash, match="Nothing was verified"):
            verify(database, cast.boris, page, values)
    assert {row.verified_by for row in cares(page).values()} == {cast.anna.id}
    assert deeds(database) == []


def test_the_unseen_the_archived_and_newcomers_are_refused(
    oven: WritePage, cast: Cast, database: Database
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    secret, page = oven("Secret", audience=team), oven()
    assert verify(database, cast.anna, secret)
    for unseen in (secret, 99_999):
        with pytest.raises(Missing):
            verify(database, cast.boris, unseen)
    with pytest.raises(Forbidden):
        verify(database, cast.nina, page)
    with pytest.raises(Refusal, match="No fact was chosen"):
        verify(database, cast.anna, page, {})
    with database.transaction() as session:
        session.get_one(Page, page).archived = True
    with pytest.raises(Refusal, match="archived"):
        verify(database, cast.anna, page)


def test_a_verification_is_taken_back_once_and_by_whom_it_is(
    oven: WritePage, cares: Cares, cast: Cast, clock: SetClock, database: Database
) -> None:
    page = oven()
    clock.forward(days=100)
    mine = verify(database, cast.boris, page)
    with pytest.raises(Refusal, match="Somebody else"), database.transaction() as session:
        take_back(session, cast.anna, mine)
    with database.transaction() as session:
        take_back(session, cast.boris, mine)
    price = cares(page)["price"]
    assert (price.verified_by, price.verified_until) == (cast.anna.id, date(2026, 5, 31))
    with pytest.raises(Refusal, match="taken back already"), database.transaction() as session:
        take_back(session, cast.boris, mine)
    assert deeds(database) == ["verify fact", "take back verification"]
    clock.forward(days=1)
    again = verify(database, cast.boris, page)
    with database.transaction() as session:
        take_back(session, cast.vera, again)
    assert cares(page)["price"].verified_until == date(2026, 5, 31)


def test_what_came_with_a_save_or_was_overtaken_is_not_taken_back(
    oven: WritePage, cares: Cares, cast: Cast, clock: SetClock, database: Database
) -> None:
    page = oven()
    with database.reading() as session:
        saved = session.query(FactVerification.id).filter_by(page_id=page, key="price").scalar()
    assert saved is not None
    clock.forward(days=1)
    early = verify(database, cast.anna, page)
    clock.forward(days=1)
    verify(database, cast.boris, page)
    for ident in (saved, early):
        with pytest.raises(Refusal, match="Nothing was changed"), database.transaction() as session:
            take_back(session, cast.vera, ident)
    assert cares(page)["price"].verified_by == cast.boris.id


def test_a_verification_of_an_unseen_page_is_missing(
    oven: WritePage, cast: Cast, database: Database
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    hidden = verify(database, cast.anna, oven(audience=team))
    for ident in (hidden, 99_999):
        with pytest.raises(Missing), database.transaction() as session:
            take_back(session, cast.boris, ident)


def test_a_fact_is_handed_to_a_colleague_who_may_write(
    oven: WritePage, cares: Cares, cast: Cast, database: Database
) -> None:
    page = oven()
    with database.transaction() as session:
        hand_fact(session, cast.anna, page, "price", cast.boris.id)
    assert cares(page)["price"].owner_id == cast.boris.id
    for owner, key in ((cast.nina.id, "price"), (99_999, "price"), (cast.boris.id, "colour")):
        with pytest.raises(Refusal), database.transaction() as session:
            hand_fact(session, cast.anna, page, key, owner)
    with database.transaction() as session:
        hand_fact(session, cast.anna, page, "price", None)
        hand_fact(session, cast.anna, page, "price", None)
    assert cares(page)["price"].owner_id is None
    assert deeds(database) == ["hand fact", "hand fact"]


def test_lives_move_the_facts_of_their_field(
    oven: WritePage, cares: Cares, cast: Cast, database: Database
) -> None:
    page = oven()
    with database.reading() as session:
        fields = {row.key: row.id for row in session.query(FactField)}
    with database.transaction() as session:
        typed = {fields["price"]: "30", fields["note"]: "10", fields["weight"]: "0"}
        assert set_lives(session, cast.vera, typed) == 3
    ends = {key: row.verified_until for key, row in cares(page).items()}
    assert ends["price"] == date(2026, 4, 1)
    assert ends["note"] == date(2026, 3, 12)
    assert ends["weight"] is None
    with database.transaction() as session:
        assert set_lives(session, cast.vera, {fields["price"]: "30", fields["weight"]: "0"}) == 0
        assert set_lives(session, cast.vera, {fields["price"]: " "}) == 1
    assert cares(page)["price"].verified_until == date(2026, 5, 31)
    with pytest.raises(Forbidden), database.transaction() as session:
        set_lives(session, cast.anna, {fields["price"]: "1"})
    with pytest.raises(Refusal, match="Price"), database.transaction() as session:
        set_lives(session, cast.vera, {fields["weight"]: "5", fields["price"]: "much"})
    with database.reading() as session:
        assert session.get_one(FieldLife, fields["weight"]).days is None


def test_the_same_fact_in_the_other_language_goes_with_the_click_and_comes_back_with_it(
    oven: WritePage, cares: Cares, cast: Cast, clock: SetClock, database: Database
) -> None:
    english = oven()
    russian = oven("Печь", {**FACTS, "weight": {"value": "6", "unit": "kg"}}, language="ru")
    with database.transaction() as session:
        for page in (english, russian):
            session.get_one(Page, page).twin_group = 7
    clock.forward(days=100)
    seen = {**SEEN, "weight": "5 kg"}
    with database.transaction() as session:
        done = verify_facts(session, cast.boris, english, seen)
    assert len(done) == 3
    assert cares(russian)["price"].verified_by == cast.boris.id
    assert cares(russian)["weight"].verified_by == cast.anna.id
    with database.transaction() as session:
        take_back(session, cast.boris, done[0])
    for page in (english, russian):
        assert cares(page)["price"].verified_by == cast.anna.id
    assert cares(english)["weight"].verified_by == cast.boris.id


def test_a_page_in_the_other_language_that_one_may_not_see_stays_as_it_is(
    oven: WritePage, cares: Cares, cast: Cast, clock: SetClock, database: Database
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    english, russian = oven(), oven("Печь", language="ru", audience=team)
    with database.transaction() as session:
        for page in (english, russian):
            session.get_one(Page, page).twin_group = 7
    clock.forward(days=100)
    verify(database, cast.boris, english)
    assert cares(russian)["price"].verified_by == cast.anna.id
