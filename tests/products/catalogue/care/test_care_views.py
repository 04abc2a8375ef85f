"""Stale facts where they are read, the queue, clicks in the browser, and the programs' door."""

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient

from products.catalogue.care import stake
from products.catalogue.care.models import FactVerification
from search.indexing import keep_current
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import rewrite_page
from tests.products.catalogue.care.conftest import FACTS, OTHER_PRICE, WritePage
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import FactField, Page

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"
FORM = {"key": "price", "value": "100 RUB"}


@pytest.fixture
def no_deals() -> Iterator[None]:
    """Without a package that knows deals."""
    known = dict(stake._registered)
    stake._registered.clear()
    yield
    stake._registered.update(known)


def address_of(browser: FlaskClient, page: int) -> str:
    return str(browser.get(f"/pages/{page}").headers["Location"])


def test_a_stale_fact_is_marked_where_it_is_read_and_the_kept_copy_notices(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock
) -> None:
    anna, page = browser_of(cast.anna), oven()
    address = address_of(anna, page)
    clock.forward(days=90)
    anna.get(address)
    fresh = anna.get(address)
    assert "1 April 2026" in fresh.text
    assert "not verified since 31 May" not in fresh.text
    same = {"If-None-Match": fresh.headers["ETag"]}
    assert anna.get(address, headers=same).status_code == 304
    clock.forward(days=1)
    stale = anna.get(address, headers=same)
    assert stale.status_code == 200
    assert "not verified since 31 May 2026" in stale.text
    same = {"If-None-Match": stale.headers["ETag"]}
    assert anna.get(address, headers=same).status_code == 304
    anna.post(f"/pages/{page}/care/verify", data={**FORM, "to": "page"})
    anna.get(address)
    verified = anna.get(address, headers=same)
    assert verified.status_code == 200
    assert "not verified since 31 May" not in verified.text


def test_a_newcomer_sees_the_mark_and_no_button(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock
) -> None:
    page = oven()
    clock.forward(days=100)
    for person, buttons in ((cast.nina, 0), (cast.anna, 2)):
        browser = browser_of(person)
        text = browser.get(address_of(browser, page)).text
        assert text.count("not verified since") == 2
        assert text.count("/care/verify") == buttons


def test_a_search_result_and_programs_say_that_facts_are_stale(
    app: Flask, browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock
) -> None:
    page = oven("Rotary oven")
    oven("Rotary shelf", {"note": "by hand"})
    keep_current(app.extensions["database"], app.extensions["search"])
    anna = browser_of(cast.anna)
    assert "not verified" not in anna.get("/search?q=rotary").text
    assert anna.get(f"/api/pages/{page}").json["stale_facts"] == {}  # type: ignore[index]
    clock.forward(days=100)
    assert anna.get("/search?q=rotary").text.count("2 facts not verified") == 1
    hits = anna.get("/api/search?q=rotary").json["hits"]  # type: ignore[index]
    assert {hit["title"]: hit["stale_facts"] for hit in hits} == {
        "Rotary oven": 2,
        "Rotary shelf": 0,
    }
    told = anna.get(f"/api/pages/{page}").json
    assert told is not None
    assert told["stale_facts"] == {"price": "2026-05-31", "until": "2026-04-01"}


def test_a_page_of_results_costs_one_statement_for_its_marks(
    app: Flask, browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock,
    database: Database,
) -> None:  # fmt: skip
    for number in range(6):
        oven(f"Rotary {number}")
    keep_current(database, app.extensions["search"])
    clock.forward(days=100)
    anna = browser_of(cast.anna)
    anna.get("/search?q=rotary")
    with counting(database) as sent:
        assert anna.get("/search?q=rotary").text.count("facts not verified") == 6
    assert len([one for one in sent if "fact_cares" in one]) == 1


def test_the_queue_shows_mine_first_and_all_on_request(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock, no_deals: None
) -> None:
    oven("Annas oven")
    oven("Boris oven", author=cast.boris)
    clock.forward(days=100)
    anna = browser_of(cast.anna)
    mine, everybodys = anna.get("/care").text, anna.get("/care?who=all").text
    assert "Annas oven" in mine
    assert "Boris oven" not in mine
    assert "Annas oven" in everybodys
    assert "Boris oven" in everybodys
    assert "Boris oven" in browser_of(cast.vera).get("/care").text
    assert "2 facts to verify" in mine
    assert "4 facts to verify" in everybodys


def test_a_fact_that_was_handed_over_is_in_the_queue_of_its_owner(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock
) -> None:
    page = oven()
    browser_of(cast.anna).post(
        f"/pages/{page}/care/owner", data={"key": "price", "owner": str(cast.boris.id)}
    )
    clock.forward(days=100)
    boris, anna = (browser_of(one).get("/care?who=mine").text for one in (cast.boris, cast.anna))
    assert "Price" in boris
    assert ">Until<" not in boris
    assert ">Until<" in anna
    assert ">Price<" not in anna


def test_a_category_narrows_the_queue(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock
) -> None:
    oven()
    clock.forward(days=100)
    anna = browser_of(cast.anna)
    assert "care-title" in anna.get("/care?category=ovens").text
    assert anna.get("/care?category=nowhere").status_code == 404


def test_archived_and_unseen_pages_are_in_no_queue_and_in_no_share(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock, database: Database
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    secret, gone = oven("Secret oven", audience=team), oven("Gone oven")
    oven("Plain oven")
    with database.transaction() as session:
        session.get_one(Page, gone).archived = True
    clock.forward(days=100)
    boris, anna = browser_of(cast.boris), browser_of(cast.anna)
    for address in ("/care?who=all", "/care/freshness", "/api/care"):
        seen, hers = boris.get(address).text, anna.get(address).text
        assert "Plain oven" in seen
        assert "Secret oven" not in seen
        assert "Secret oven" in hers
        assert "Gone oven" not in hers
    for address in (f"/care/pages/{secret}", f"/api/pages/{secret}/care", "/care/pages/99999"):
        assert boris.get(address).status_code == 404
    assert anna.get(f"/care/pages/{secret}").status_code == 200
    for deed in ("verify", "owner"):
        assert boris.post(f"/pages/{secret}/care/{deed}", data=FORM).status_code == 404
    figures = [browser.get("/api/care/freshness").json for browser in (boris, anna)]
    assert [one["total"] for one in figures if one] == [3, 6]


def test_one_click_verifies_and_one_click_takes_it_back(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock, database: Database
) -> None:
    page = oven()
    clock.forward(days=100)
    anna = browser_of(cast.anna)
    form = {"key": ["price", "until"], "value": ["100 RUB", "2026-04-01"], "who": "mine"}
    done = anna.post(f"/pages/{page}/care/verify", data=form, follow_redirects=True)
    assert "2 facts are verified" in done.text
    assert "care-title" not in done.text
    assert done.text.count("/take-back") == 2
    with database.reading() as session:
        newest = session.query(FactVerification.id).order_by(FactVerification.id.desc()).first()
    assert newest is not None
    back = anna.post(f"/care/verifications/{newest[0]}/take-back", follow_redirects=True)
    assert "Taken back" in back.text
    assert "care-title" in back.text
    assert back.text.count("/take-back") == 1


def test_a_click_on_what_was_changed_meanwhile_verifies_nothing(
    app: Flask, browser_of: Browser, oven: WritePage, cast: Cast
) -> None:
    page = oven()
    with app.app_context():
        rewrite_page(app, cast.boris, page, facts={**FACTS, "price": OTHER_PRICE})
    anna = browser_of(cast.anna)
    answer = anna.post(f"/pages/{page}/care/verify", data=FORM, follow_redirects=True)
    assert "Somebody changed this fact" in answer.text
    odd = {"key": ["price", "until"], "value": "120 RUB", "to": "//evil.example"}
    answer = anna.post(f"/pages/{page}/care/verify", data=odd)
    assert answer.headers["Location"] == "/care"
    sent = {"facts": {"price": "100 RUB"}}
    assert anna.post(f"/api/pages/{page}/care/verify", json=sent).status_code == 409
    sent = {"facts": {"price": "120 RUB"}}
    told = anna.post(f"/api/pages/{page}/care/verify", json=sent).json
    assert told is not None
    address = f"/api/care/verifications/{told['verifications'][0]}/take-back"
    assert anna.post(address, json={}).status_code == 200
    assert anna.post(address, json={}).status_code == 422
    owner = {"key": "price", "owner": cast.boris.id}
    facts = anna.post(f"/api/pages/{page}/care/owner", json=owner).json
    assert facts is not None
    assert {one["key"]: one["owner"] for one in facts["facts"]}["price"] == cast.boris.id


def test_directors_set_lives_and_what_they_typed_stays_when_it_is_refused(
    browser_of: Browser, oven: WritePage, cast: Cast, database: Database
) -> None:
    oven()
    with database.reading() as session:
        field = session.query(FactField.id).filter_by(key="price").scalar()
    vera = browser_of(cast.vera)
    assert browser_of(cast.anna).get("/care/lives").status_code == 403
    wrong = vera.post("/care/lives", data={f"days-{field}": HOSTILE})
    assert wrong.status_code == 422
    assert "&lt;script&gt;" in wrong.text
    assert HOSTILE not in wrong.text
    right = vera.post("/care/lives", data={f"days-{field}": "30"}, follow_redirects=True)
    assert 'value="30"' in right.text


def test_the_share_of_fresh_facts_is_told_in_all_by_category_and_by_product(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock
) -> None:
    page = oven("Oven")
    oven("Shelf", {"weight": {"value": "1", "unit": "kg"}})
    clock.forward(days=100)
    told = browser_of(cast.nina).get("/api/care/freshness").json
    assert told == {
        "fresh": 2,
        "total": 4,
        "percent": 50,
        "categories": [{"category": "ovens", "fresh": 2, "total": 4, "percent": 50}],
    }
    shown = browser_of(cast.nina).get("/care/freshness?category=ovens").text
    assert shown.index(f"/care/pages/{page}") < shown.index("Shelf")
    assert "33 %" in shown
    assert "100 %" in shown


def test_what_is_hostile_in_facts_stays_text(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock, database: Database
) -> None:
    page = oven(HOSTILE, {"price": FACTS["price"], HOSTILE[:60]: HOSTILE})
    with database.transaction() as session:
        session.query(FactField).filter_by(key="price").one().label_en = HOSTILE
    clock.forward(days=100)
    anna = browser_of(cast.anna)
    anna.post(f"/pages/{page}/care/verify", data={"key": HOSTILE, "value": HOSTILE})
    for address in ("/", "/care", f"/care/pages/{page}", "/care/freshness"):
        text = anna.get(address).text
        assert HOSTILE not in text
        assert "&lt;script&gt;" in text


def test_the_start_page_names_my_facts_to_verify_and_stays_silent_without(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock
) -> None:
    oven()
    assert "care-heading" not in browser_of(cast.anna).get("/").text
    clock.forward(days=100)
    assert "care-heading" in browser_of(cast.anna).get("/").text
    assert "care-heading" not in browser_of(cast.boris).get("/").text


def test_no_page_of_care_costs_more_with_more_pages(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock, database: Database
) -> None:
    page = oven("Oven 0")
    clock.forward(days=100)
    anna = browser_of(cast.vera)
    addresses = ("/care?who=all", f"/care/pages/{page}", "/care/freshness", "/care/lives", "/")
    costs = []
    for number in (1, 2):
        for address in addresses:
            anna.get(address)
        counts = []
        for address in addresses:
            with counting(database) as sent:
                assert anna.get(address).status_code == 200
            counts.append(len(sent))
        costs.append(counts)
        for extra in range(8):
            made = oven(f"Oven {number} {extra}")
        clock.forward(days=100)
        anna.post(f"/pages/{made}/care/verify", data=FORM)
    assert costs[0] == costs[1]


def test_most_money_comes_first(
    browser_of: Browser, oven: WritePage, cast: Cast, clock: SetClock, no_deals: None
) -> None:
    poor, rich = oven("Poor"), oven("Rich")
    clock.forward(days=100)
    vera = browser_of(cast.vera)
    text = vera.get("/care").text
    assert text.index("Poor") < text.index("Rich")
    stake.register_money_at_stake(
        lambda _session, _actor, _pages: {rich: {"RUB": Decimal(900)}, poor: {"RUB": Decimal(8)}}
    )
    text = vera.get("/care").text
    assert text.index("Rich") < text.index("Poor")
    assert "900\u00a0RUB" in text
