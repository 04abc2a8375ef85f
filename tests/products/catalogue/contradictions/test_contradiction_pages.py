"""The list of contradictions: kept in step by the worker, for those who may see both pages."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from products.catalogue.care.models import Contradiction
from products.catalogue.contradictions.keeping import Watch
from products.catalogue.contradictions.services import KIND
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import make_page_row, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry
from wiki.pages.models import Page
from wiki.pages.watching.models import Notice

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"


def work(watch: Watch) -> None:
    while watch.look():
        pass


@pytest.fixture
def watch(database: Database) -> Watch:
    return Watch(database)


@pytest.fixture
def pages(app: Flask, cast: Cast, watch: Watch, clock: SetClock) -> tuple[int, int]:
    """Anna's oven weighs 90 kg, in Boris's list 95 kg."""
    oven = write_page(app, cast.anna, "Oven OV-9", "The oven weighs 90 kg.")
    ovens = write_page(app, cast.boris, "Our ovens", "The [[Oven OV-9]] weighs 95 kg.")
    clock.forward(minutes=1)
    work(watch)
    return oven, ovens


def rows(database: Database) -> list[Contradiction]:
    with database.reading() as session:
        return list(session.scalars(select(Contradiction).order_by(Contradiction.id)))


def listed(browser: FlaskClient, which: str = "all") -> str:
    answer = browser.get(f"/contradictions?which={which}")
    assert answer.status_code == 200
    return answer.text


def test_both_sentences_stand_side_by_side_and_the_rule_is_explained(
    browser_of: Browser, cast: Cast, pages: tuple[int, int]
) -> None:
    seen = listed(browser_of(cast.anna), "mine")
    assert "The oven weighs <mark>90 kg</mark>." in seen
    assert "The Oven OV-9 weighs <mark>95 kg</mark>." in seen
    assert "two sentences" in seen
    assert f"/pages/{pages[0]}/edit" in seen


def test_it_goes_by_itself_when_it_is_mended_and_comes_back_with_the_number(
    app: Flask, browser_of: Browser, cast: Cast, pages: tuple[int, int], watch: Watch,
    database: Database, clock: SetClock,
) -> None:  # fmt: skip
    rewrite_page(app, cast.boris, pages[1], body="The [[Oven OV-9]] weighs 90 kg.")
    clock.forward(minutes=1)
    work(watch)
    assert "95 kg" not in listed(browser_of(cast.anna))
    assert rows(database)[0].gone_at is not None
    rewrite_page(app, cast.boris, pages[1], body="The [[Oven OV-9]] weighs 95 kg, we think.")
    work(watch)
    assert "we think" in listed(browser_of(cast.anna))
    assert len(rows(database)) == 1


def test_the_owners_are_told_once(
    app: Flask, cast: Cast, pages: tuple[int, int], watch: Watch, database: Database,
    browser_of: Browser,
) -> None:  # fmt: skip
    rewrite_page(app, cast.anna, pages[0], body="The oven weighs 90 kg. It is grey.")
    work(watch)
    told = select(Notice.user_id, Notice.news).where(Notice.topic == "contradict")
    with database.reading() as session:
        assert sorted(session.execute(told).all()) == [(cast.anna.id, 1), (cast.boris.id, 1)]
    assert "contradicts another page" in browser_of(cast.anna).get("/notices").text


def test_who_may_not_see_one_of_the_pages_sees_no_trace(
    app: Flask, browser_of: Browser, cast: Cast, watch: Watch, database: Database
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    secret = write_page(app, cast.anna, "Oven OV-9", "The oven weighs 90 kg.", audience=team)
    public = write_page(app, cast.boris, "Our ovens", "The Oven OV-9 weighs 95 kg.")
    work(watch)
    number = rows(database)[0].id
    assert "90 kg" in listed(browser_of(cast.anna))
    assert "95 kg" in browser_of(cast.anna).get(f"/pages/{public}", follow_redirects=True).text
    boris = browser_of(cast.boris)
    assert "90 kg" not in listed(boris)
    assert "90 kg" not in listed(boris, "mine")
    assert "90 kg" not in boris.get("/api/contradictions").text
    assert "90 kg" not in boris.get(f"/pages/{public}", follow_redirects=True).text
    for address in (f"/contradictions/{number}", "/contradictions/999"):
        assert boris.post(f"{address}/none", data={"word": "Right"}).status_code == 404
        assert boris.post(f"/api{address}/none", json={"word": "Right"}).status_code == 404
        assert boris.post(f"{address}/back").status_code == 404
    with database.reading() as session:
        told = session.scalars(select(Notice.user_id).where(Notice.topic == "contradict")).all()
    assert list(told) == [cast.anna.id]
    assert boris.get(f"/pages/{secret}").status_code == 404


def test_it_is_said_to_be_none_with_a_word_and_taken_back(
    browser_of: Browser, cast: Cast, pages: tuple[int, int], database: Database
) -> None:
    number, anna = rows(database)[0].id, browser_of(cast.anna)
    address = f"/contradictions/{number}"
    assert browser_of(cast.nina).post(f"{address}/none", data={"word": "Both"}).status_code == 403
    refused = anna.post(f"{address}/none", data={"word": " "}, follow_redirects=True)
    assert "Say in a word why" in refused.text
    anna.post(f"{address}/none", data={"word": f"Two models {HOSTILE}"})
    assert "95 kg" not in listed(anna)
    assert "Two models &lt;script&gt;" in listed(anna, "none")
    assert "95 kg" not in anna.get(f"/pages/{pages[0]}", follow_redirects=True).text
    anna.post(f"{address}/back", data={"which": "none"})
    assert "95 kg" in listed(anna)
    with database.reading() as session:
        deeds = session.scalars(select(HistoryEntry).filter_by(subject_kind=KIND)).all()
    assert [deed.after["is_none"] for deed in deeds if deed.after] == [True, False]


def test_what_was_said_to_be_none_stays_so_until_a_number_changes(
    app: Flask, browser_of: Browser, cast: Cast, pages: tuple[int, int], watch: Watch,
    database: Database,
) -> None:  # fmt: skip
    anna = browser_of(cast.anna)
    anna.post(f"/contradictions/{rows(database)[0].id}/none", data={"word": "Two models"})
    rewrite_page(app, cast.boris, pages[1], body="Our [[Oven OV-9]] weighs 95 kg.")
    work(watch)
    assert "95 kg" not in listed(anna)
    rewrite_page(app, cast.boris, pages[1], body="Our [[Oven OV-9]] weighs 97 kg.")
    work(watch)
    assert "97 kg" in listed(anna)


def test_a_page_says_above_its_text_what_contradicts_it(
    browser_of: Browser, cast: Cast, pages: tuple[int, int]
) -> None:
    nina = browser_of(cast.nina)
    nina.get(f"/pages/{pages[0]}", follow_redirects=True)
    answer = nina.get(f"/pages/{pages[0]}", follow_redirects=True)
    assert "The weight here is 90 kg, but another page says 95 kg:" in answer.text
    again = nina.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_archived_pages_and_notes_of_clients_take_no_part(
    app: Flask, cast: Cast, pages: tuple[int, int], watch: Watch, database: Database
) -> None:
    with database.transaction() as session:
        make_page_row(
            session, "Notes", cast.anna, "The Oven OV-9 weighs 99 kg.", room="client",
            language="en",
        )  # fmt: skip
    work(watch)
    assert len(rows(database)) == 1
    rewrite_page(app, cast.vera, pages[1], archived=True)
    work(watch)
    assert rows(database)[0].gone_at is not None


def test_programs_read_and_decide(
    browser_of: Browser, cast: Cast, pages: tuple[int, int], database: Database
) -> None:
    anna = browser_of(cast.anna)
    answer = anna.get("/api/contradictions").json
    assert answer is not None
    (one,) = answer["contradictions"]
    assert [place["value"] for place in one["places"]] == ["90 kg", "95 kg"]
    assert [place["page"] for place in one["places"]] == list(pages)
    said = anna.post(f"/api/contradictions/{one['id']}/none", json={"word": "Two models"}).json
    assert said is not None
    assert (said["is_none"], said["decided_by"]) == (True, "Anna")
    assert anna.get("/api/contradictions").json == {"contradictions": [], "more": False}
    assert anna.post(f"/api/contradictions/{one['id']}/back").json["is_none"] is False  # type: ignore[index]


def test_hostile_words_are_shown_as_text(
    app: Flask, browser_of: Browser, cast: Cast, watch: Watch
) -> None:
    write_page(app, cast.anna, f"Oven {HOSTILE} OV-9", "The oven weighs 90 kg, &lt;b&gt;.")
    write_page(app, cast.anna, "Ovens", "\"' <i>x</i>, the OV-9 weighs 95 kg &lt;b&gt;.")
    work(watch)
    seen = listed(browser_of(cast.anna))
    assert "95 kg" in seen
    assert HOSTILE not in seen
    assert "<i>x</i>" not in seen
    assert "<b>" not in seen


def test_the_list_costs_the_same_however_long_it_is(
    app: Flask, browser_of: Browser, cast: Cast, pages: tuple[int, int], watch: Watch,
    database: Database,
) -> None:  # fmt: skip
    anna = browser_of(cast.anna)
    listed(anna)
    with counting(database) as few:
        listed(anna)
    for number in range(4):
        title = f"Mixer MX-{number}"
        write_page(app, cast.anna, title, "Power: 2 kW.")
        write_page(app, cast.boris, f"About {number}", f"The power of the {title} is 3 kW.")
    work(watch)
    with counting(database) as many:
        assert listed(anna).count("against-pair") == 5
    assert len(many) == len(few)


def test_the_worker_rests_while_nothing_changes(
    app: Flask, cast: Cast, pages: tuple[int, int], watch: Watch, database: Database
) -> None:
    assert watch.look() == 0
    with counting(database) as idle:
        watch.look()
    asked = [statement for statement in idle if statement.startswith("SELECT")]
    assert sum("pages" in statement for statement in asked) == len(asked) == 1
    with database.transaction() as session:
        session.execute(update(Page).values(stamp=Page.stamp + 1))
    work(watch)
    assert len(rows(database)) == 1
    with database.reading() as session:
        assert session.scalar(select(func.count(Notice.id))) >= 2


def test_who_may_not_see_the_later_page_sees_no_trace_of_it(
    app: Flask, browser_of: Browser, cast: Cast, watch: Watch, database: Database
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    public = write_page(app, cast.boris, "Oven OV-9", "The oven weighs 90 kg.")
    write_page(app, cast.anna, "Secret", "The Oven OV-9 weighs 95 kg.", audience=team)
    work(watch)
    assert "95 kg" in listed(browser_of(cast.anna))
    boris = browser_of(cast.boris)
    assert "95 kg" not in listed(boris)
    assert "95 kg" not in boris.get("/api/contradictions").text
    assert "95 kg" not in boris.get(f"/pages/{public}", follow_redirects=True).text
    assert boris.post(f"/contradictions/{rows(database)[0].id}/back").status_code == 404
