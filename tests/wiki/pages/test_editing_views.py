"""Writing in a browser: nothing typed is lost, whatever was typed."""

import html
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, update
from werkzeug.test import TestResponse, encode_multipart

from tests.conftest import Cast, SetClock
from tests.factories.pages import revision_of, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.drafts import content_from_text, content_to_text
from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.models import FactField, Page, Revision
from wiki.pages.shelving import Plan, add_category, set_category_archived

Browser = Callable[[Actor | None], FlaskClient]
BODY = "First part.\n\nSecond part.\n\nThird part.\n"
FIELDS = (
    Field("weight", "Вес", "Weight", Kind.NUMBER, unit="kg"),
    Field("price", "Цена", "Price", Kind.MONEY),
    Field("until", "До", "Until", Kind.DATE),
    Field("halal", "Халяль", "Halal", Kind.YES_NO),
    Field("pack", "Упаковка", "Pack", Kind.CHOICE, choices=(Choice("bag", "пакет", "bag"),)),
)
FACTS = {
    "weight": {"value": "12.5", "unit": "kg"},
    "price": {"amount": "99.50", "currency": "GBP"},
    "until": "2099-01-31",
    "halal": True,
    "pack": "bag",
}


@pytest.fixture
def shelf(database: Database, cast: Cast) -> int:
    with database.transaction() as session:
        return add_category(session, cast.vera, Plan("Товары", "Goods", fields=FIELDS)).id


@pytest.fixture
def page(app: Flask, cast: Cast, shelf: int) -> int:
    return write_page(app, cast.anna, "Pelmeni", BODY, facts=FACTS, category_id=shelf, tags=("a",))


def typed(answer: TestResponse) -> dict[str, str]:
    """What stands in the fields of the form that writes."""
    form = re.search(r'<form class="stack".*?</form>', answer.text, re.DOTALL)
    assert form is not None
    inputs = re.findall(r"<input\b[^>]*>", form[0])
    found = {}
    for tag in inputs:
        known = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if known.get("type") not in ("radio", "checkbox") and "name" in known:
            found[known["name"]] = html.unescape(known.get("value", ""))
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form[0], re.DOTALL
    ):
        found[name] = html.unescape(text).replace("\r\n", "\n")
    for tag, options in re.findall(r"<select\b([^>]*)>(.*?)</select>", form[0], re.DOTALL):
        chosen = re.search(r"<option([^>]*\bselected\b[^>]*)>([^<]*)", options)
        name = re.findall(r'name="([^"]+)"', tag)[0]
        value = re.search(r'value="([^"]*)"', chosen[1]) if chosen else None
        found[name] = html.unescape((value[1] if value else chosen[2]) if chosen else "")
    return found


def send(browser: FlaskClient, address: str, values: dict[str, str]) -> TestResponse:
    """Send a form as browsers send this one."""
    boundary, data = encode_multipart(values)
    return browser.post(address, data=data, content_type=f"{SENT_AS}; boundary={boundary}")


def newest(database: Database, page: int) -> Revision:
    with database.reading() as session:
        return revision_of(session, page, session.get_one(Page, page).current_number)


def count(database: Database) -> int:
    with database.reading() as session:
        return len(list(session.scalars(select(Revision.id))))


def test_the_form_sent_back_untouched_makes_no_revision(
    browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    anna = browser_of(cast.anna)
    form = anna.get(f"/pages/{page}/edit")
    assert form.headers["Cache-Control"] == "no-store"
    assert f'enctype="{SENT_AS}"' in form.text
    values = typed(form)
    assert (values["title"], values["body"], values["base_number"]) == ("Pelmeni", BODY, "1")
    assert (values["fact-weight"], values["fact-price-currency"]) == ("12.5", "GBP")
    done = anna.post(f"/pages/{page}/edit", data=values, follow_redirects=True)
    assert "Nothing was changed, so there is no new version." in done.text
    assert newest(database, page).number == 1


def test_a_save_says_its_number_and_keeps_all_parts(
    browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    anna = browser_of(cast.anna)
    values = typed(anna.get(f"/pages/{page}/edit"))
    values |= {"body": "New.", "tags": "b, c ,B", "reason": "Why not", "fact-weight": "13"}
    values |= {"fact-price": "100", "fact-price-currency": "USD", "fact-halal": "no"}
    done = anna.post(f"/pages/{page}/edit", data=values, follow_redirects=True)
    assert "Saved as version 2." in done.text
    assert f'<meta name="saved-draft" content="page-{page}">' in done.text
    found = newest(database, page)
    assert (found.body, found.tags, found.reason) == ("New.\n", ["b", "c"], "Why not")
    assert found.facts == FACTS | {
        "weight": {"value": "13", "unit": "kg"},
        "price": {"amount": "100", "currency": "USD"},
        "halal": False,
    }
    again = anna.get(f"/pages/{page}", follow_redirects=True)
    assert "saved-draft" not in again.text


def test_a_new_page_is_written_paired_and_watched(
    browser_of: Browser, cast: Cast, page: int, database: Database, shelf: int
) -> None:
    anna = browser_of(cast.anna)
    values = typed(anna.get(f"/pages/new?twin={page}"))
    assert (values["title"], values["body"], values["language"]) == ("", BODY, "ru")
    assert (values["category"], values["fact-weight"]) == (str(shelf), "12.5")
    values["title"] = "Пельмени"
    done = anna.post("/pages/new", data=values, follow_redirects=True)
    assert "Saved as version 1." in done.text
    assert "Watching" in done.text
    assert f'href="/pages/{page}-pelmeni" hreflang="en"' in done.text
    assert '<meta name="saved-draft" content="new-page">' in done.text


@pytest.mark.parametrize("twin", ["999", "{page}"])
def test_a_translation_that_cannot_be_saves_nothing_and_loses_nothing(
    browser_of: Browser, cast: Cast, page: int, database: Database, twin: str
) -> None:
    form = {"title": "New", "body": "Long text.", "language": "en", "twin": twin.format(page=page)}
    answer = browser_of(cast.anna).post("/pages/new", data=form)
    assert answer.status_code in (404, 409)
    assert typed(answer)["body"].strip() == "Long text."
    assert count(database) == 1


HUGE = "слово " * 460_000
SENT_AS = "multipart/form-data"
BAD: dict[str, tuple[dict[str, str], int, str]] = {
    "no title": ({"title": " \x00\n"}, 422, "needs a title"),
    "a title too long": ({"title": "т" * 10_000}, 422, "has 10000 characters; 250 is the limit"),
    "a title with marks": ({"title": "a [[b]]"}, 422, "cannot hold"),
    "a taken title": ({"title": "VARENIKI "}, 409, "already a page"),
    "a text of 5 MB": ({"body": HUGE}, 413, "300 kB is the limit"),
    "many tags": ({"tags": ",".join(map(str, range(21)))}, 422, "at most 20 tags"),
    "a long tag": ({"tags": "x" * 61}, 422, "at most 60"),
    "a long reason": ({"reason": "x" * 301}, 422, "at most 300"),
    "a wrong unit": ({"fact-weight": "5 lb"}, 422, "measured in kg, but lb was given"),
    "no amount": ({"fact-price": "lots"}, 422, "an amount with a currency"),
    "no day": ({"fact-until": "31.31.2026"}, 422, "must be a day"),
    "an unknown answer": ({"fact-pack": "barrel"}, 422, "one of the given answers"),
    "a forged yes": ({"fact-halal": "maybe"}, 422, "yes or no"),
    "no base": ({"base_number": ""}, 422, "began from version 0"),
    "a negative base": ({"base_number": "-1"}, 422, "Nothing was saved"),
    "a base to come": ({"base_number": "7"}, 422, "has versions 1 to 1"),
    "a huge base": ({"base_number": "9" * 400}, 422, "Nothing was saved"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_comes_back_with_a_sentence_and_with_all_that_was_typed(
    what: str, app: Flask, browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    write_page(app, cast.boris, "Vareniki")
    anna, before = browser_of(cast.anna), count(database)
    values = typed(anna.get(f"/pages/{page}/edit")) | {"body": "Typed for an hour.", "reason": "R"}
    changes, status, sentence = BAD[what]
    answer = send(anna, f"/pages/{page}/edit", values | changes)
    assert answer.status_code == status
    assert sentence in html.unescape(answer.text)
    back = typed(answer)
    for name, value in (values | changes).items():
        if name not in ("csrf_token", "fact-pack-currency"):
            assert back[name].strip(" \x00\n") == value.strip(" \x00\n"), name
    assert count(database) == before


def test_bad_input_in_a_new_page_comes_back_too(
    app: Flask, browser_of: Browser, cast: Cast, page: int, shelf: int, database: Database
) -> None:
    values = {"title": "Pelmeni", "language": "en", "body": "Typed for an hour.", "tags": "a, b",
              "category": str(shelf), "fact-weight": "heavy", "save_key": str(uuid4())}  # fmt: skip
    answer = browser_of(cast.anna).post("/pages/new", data=values)
    assert answer.status_code == 422
    values["fact-weight"] = "5"
    answer = browser_of(cast.anna).post("/pages/new", data=values)
    assert answer.status_code == 409
    back = typed(answer)
    assert {name: back[name].strip() for name in values} == values
    values["title"] = "Pelmeni 2"
    assert browser_of(cast.anna).post("/pages/new", data=values).status_code == 302
    assert browser_of(cast.anna).post("/pages/new", data=values).status_code == 302
    assert count(database) == 2


def test_control_characters_and_halves_of_characters_are_taken_out(
    browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    anna = browser_of(cast.anna)
    values = typed(anna.get(f"/pages/{page}/edit"))
    values |= {"title": "A\x00B\x1f", "body": "C\x00D\r\nE", "tags": "F\x07"}
    raw = "&".join(f"{k}={v}" for k, v in {"reason": "%ED%A0%80half"}.items())
    data = "&".join(f"{k}={_quoted(v)}" for k, v in values.items() if k != "reason") + "&" + raw
    answer = anna.post(
        f"/pages/{page}/edit", data=data, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 302
    found = newest(database, page)
    assert (found.title, found.body, found.tags) == ("AB", "CD\nE\n", ["F"])
    assert found.reason.endswith("half")
    assert found.reason.isprintable()


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def test_facts_stay_though_the_director_has_changed_their_fields(
    browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    anna = browser_of(cast.anna)
    with database.transaction() as session:
        for key, kind in (("pack", "date"), ("until", "yes_no"), ("weight", "text")):
            field = update(FactField).where(FactField.key == key)
            session.execute(field.values(kind=kind))
        session.execute(update(FactField).where(FactField.key == "price").values(archived_at=None))
        plan = Plan("Другое", "Other")
        add_category(session, cast.vera, plan)
    assert "bag" in anna.get(f"/pages/{page}", follow_redirects=True).text
    values = typed(anna.get(f"/pages/{page}/edit")) | {"body": "New."}
    assert (values["fact-pack"], values["fact-until"]) == ("bag", "2099-01-31")
    done = anna.post(f"/pages/{page}/edit", data=values, follow_redirects=True)
    assert "Saved as version 2." in done.text
    assert newest(database, page).facts == FACTS


def test_a_page_stays_in_a_category_that_was_archived(
    browser_of: Browser, cast: Cast, page: int, shelf: int, database: Database
) -> None:
    with database.transaction() as session:
        set_category_archived(session, cast.vera, shelf, True)
    anna = browser_of(cast.anna)
    values = typed(anna.get(f"/pages/{page}/edit"))
    assert values["category"] == str(shelf)
    anna.post(f"/pages/{page}/edit", data=values | {"body": "New."})
    assert newest(database, page).category_id == shelf


def test_facts_of_another_category_are_kept_beside(
    browser_of: Browser, cast: Cast, page: int, database: Database
) -> None:
    anna = browser_of(cast.anna)
    values = {k: v for k, v in typed(anna.get(f"/pages/{page}/edit")).items() if k[:5] != "fact-"}
    anna.post(f"/pages/{page}/edit", data=values | {"category": ""})
    found = newest(database, page)
    assert (found.category_id, found.facts) == (None, FACTS)


def test_the_fields_of_another_category_keep_what_was_typed(
    browser_of: Browser, cast: Cast, shelf: int
) -> None:
    shown = browser_of(cast.anna).get(
        f"/pages/facts-form?category={shelf}&fact-weight=7&fact-price=5&fact-price-currency=EUR"
    )
    values = typed(_as_form(shown))
    assert (values["fact-weight"], values["fact-price"]) == ("7", "5")
    assert values["fact-price-currency"] == "EUR"


def _as_form(answer: TestResponse) -> Any:
    class Wrapped:
        text = f'<form class="stack">{answer.text}</form>'

    return Wrapped()


def test_the_preview_is_drawn_like_the_page(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    text = "**Bold** [[Pelmeni]] [[no\x00body]] <script>alert(1)</script>"
    shown = browser_of(cast.anna).post("/pages/preview", data={"body": text, "language": "\x00"})
    assert shown.status_code == 200
    assert "<strong>Bold</strong>" in shown.text
    assert f'href="/pages/{page}-pelmeni"' in shown.text
    assert 'class="wanted"' in shown.text
    assert "<script" not in shown.text
    huge = send(browser_of(cast.anna), "/pages/preview", {"body": HUGE})
    assert (huge.status_code, "300 kB is the limit" in huge.text) == (413, True)


def test_who_else_is_editing_is_shown_while_they_are(
    browser_of: Browser, cast: Cast, page: int, clock: SetClock
) -> None:
    anna, boris = browser_of(cast.anna), browser_of(cast.boris)
    assert "is editing" not in anna.post(f"/pages/{page}/editing?base=1").text
    for _time in range(2):
        assert "Anna is editing this page too." in boris.post(f"/pages/{page}/editing").text
    assert "Boris is editing this page too." in anna.get(f"/pages/{page}/edit").text
    clock.forward(minutes=1)
    assert "is editing" not in anna.post(f"/pages/{page}/editing").text


def test_a_newer_version_is_announced_while_one_writes(
    app: Flask, browser_of: Browser, cast: Cast, page: int
) -> None:
    anna = browser_of(cast.anna)
    assert "saved meanwhile" not in anna.post(f"/pages/{page}/editing?base=1").text
    rewrite_page(app, cast.boris, page, body="New.")
    assert "Version 2 was saved meanwhile" in anna.post(f"/pages/{page}/editing?base=1").text


# Two people at once


@pytest.fixture
def forms(browser_of: Browser, cast: Cast, page: int) -> tuple[dict[str, str], dict[str, str]]:
    """The form as anna and boris opened it."""
    opened = [typed(browser_of(p).get(f"/pages/{page}/edit")) for p in (cast.anna, cast.boris)]
    return opened[0], opened[1]


Forms = tuple[dict[str, str], dict[str, str]]


def test_changes_apart_are_put_together_and_the_second_is_told(
    browser_of: Browser, cast: Cast, page: int, forms: Forms, database: Database
) -> None:
    hers = forms[0] | {"body": BODY.replace("First", "Anna's"), "fact-weight": "99"}
    his = forms[1] | {"body": BODY.replace("Third", "Boris's"), "fact-halal": "no"}
    browser_of(cast.anna).post(f"/pages/{page}/edit", data=hers)
    done = browser_of(cast.boris).post(f"/pages/{page}/edit", data=his, follow_redirects=True)
    assert "Saved as version 3. 2 changes that others saved meanwhile are in it too." in done.text
    found = newest(database, page)
    assert found.body == "Anna's part.\n\nSecond part.\n\nBoris's part.\n"
    assert found.facts["weight"] == {"value": "99", "unit": "kg"}
    assert found.facts["halal"] is False


@pytest.fixture
def asked(browser_of: Browser, cast: Cast, page: int, forms: Forms) -> TestResponse:
    """The question boris gets: both changed the second part and the weight."""
    hers = forms[0] | {"body": BODY.replace("Second", "Anna's"), "fact-weight": "1"}
    his = forms[1] | {
        "title": "Pelmeni of Boris",
        "body": BODY.replace("Second", "Boris's") + "\nA fourth part.",
        "fact-weight": "2",
        "tags": "a, of boris",
        "reason": "Boris's reason",
    }
    browser_of(cast.anna).post(f"/pages/{page}/edit", data=hers)
    return browser_of(cast.boris).post(f"/pages/{page}/edit", data=his)


def test_a_conflict_shows_both_texts_and_carries_all_that_was_typed(
    asked: TestResponse, page: int, database: Database
) -> None:
    assert asked.status_code == 409
    assert asked.headers["Cache-Control"] == "no-store"
    shown = html.unescape(asked.text)
    for text in ("Anna's part.", "Boris's part.", "1\u00a0kg", "2\u00a0kg", "Weight", "version 2"):
        assert text in shown
    values = typed(asked)
    assert (values["base_number"], values["theirs_number"]) == ("1", "2")
    assert values["reason"] == "Boris's reason"
    carried = content_from_text(values["content"])
    assert (carried.title, carried.tags) == ("Pelmeni of Boris", ("a", "of boris"))
    assert "A fourth part." in carried.body
    assert newest(database, page).number == 2


def settle(browser: FlaskClient, page: int, asked: TestResponse, **takes: str) -> TestResponse:
    return browser.post(f"/pages/{page}/settle", data=typed(asked) | takes)


def test_what_was_decided_is_saved_with_all_the_rest(
    browser_of: Browser, cast: Cast, page: int, asked: TestResponse, database: Database
) -> None:
    takes = {"take-hunk-1": "written", "written-hunk-1": "Both of us.", "take-fact-weight": "ours"}
    assert settle(browser_of(cast.boris), page, asked, **takes).status_code == 302
    found = newest(database, page)
    assert found.body == "First part.\n\nBoth of us.\n\nThird part.\n\nA fourth part.\n"
    assert (found.title, found.tags, found.reason) == (
        "Pelmeni of Boris", ["a", "of boris"], "Boris's reason",
    )  # fmt: skip
    assert found.facts["weight"] == {"value": "2", "unit": "kg"}


@pytest.mark.parametrize(
    "takes",
    [
        {"take-hunk-1": "ours"},
        {"take-hunk-1": "ours", "take-fact-weight": "both"},
        {"take-hunk-1": "written", "take-fact-weight": "written", "written-fact-weight": "x"},
        {"take-hunk-1": "written", "take-fact-weight": "theirs_then_ours"},
    ],
)
def test_an_open_question_is_asked_again_and_nothing_is_lost(
    browser_of: Browser, cast: Cast, page: int, asked: TestResponse, database: Database,
    takes: dict[str, str],
) -> None:  # fmt: skip
    words = {"written-hunk-1": "My own words."}
    again = settle(browser_of(cast.boris), page, asked, **takes, **words)
    assert again.status_code in (409, 422)
    assert newest(database, page).number == 2
    if again.status_code == 409:
        assert typed(again)["content"] == typed(asked)["content"]
        assert typed(again)["written-hunk-1"].strip() == "My own words."
        assert 'role="alert"' in again.text


def test_a_third_save_while_one_decides_keeps_what_was_decided(
    app: Flask, browser_of: Browser, cast: Cast, page: int, asked: TestResponse, database: Database
) -> None:
    third = BODY.replace("Second", "Vera's")
    rewrite_page(app, cast.vera, page, body=third)
    takes = {"take-hunk-1": "written", "written-hunk-1": "Both of us.", "take-fact-weight": "ours"}
    boris = browser_of(cast.boris)
    again = settle(boris, page, asked, **takes)
    assert again.status_code == 409
    assert "Vera's part." in html.unescape(again.text)
    assert "Both of us." in again.text
    assert " checked" not in again.text
    assert "take-fact-weight" not in again.text
    assert typed(again)["base_number"] == "2"
    assert settle(boris, page, again, **{"take-hunk-1": "ours"}).status_code == 302
    found = newest(database, page)
    assert (found.number, found.title) == (4, "Pelmeni of Boris")
    assert "Both of us." in found.body
    assert found.facts["weight"] == {"value": "2", "unit": "kg"}


def test_a_conflict_with_a_version_that_came_in_this_very_moment_is_shown(
    app: Flask, browser_of: Browser, cast: Cast, page: int, forms: Forms, database: Database
) -> None:
    """Another save lands after the request has begun to read."""
    his = forms[1] | {"body": BODY.replace("Second", "Boris's")}
    seen = []

    def save_meanwhile(
        _connection: object, _cursor: object, statement: str, *_rest: object
    ) -> None:
        if "revisions.line_authors" in statement and not seen:
            seen.append(statement)
            rewrite_page(app, cast.anna, page, body=BODY.replace("Second", "Anna's"))

    event.listen(database.engine, "after_cursor_execute", save_meanwhile)
    answer = browser_of(cast.boris).post(f"/pages/{page}/edit", data=his)
    event.remove(database.engine, "after_cursor_execute", save_meanwhile)
    assert seen
    assert answer.status_code == 409
    assert "Anna's part." in html.unescape(answer.text)
    assert "Boris's part." in html.unescape(answer.text)


@pytest.mark.parametrize("content", ["", "{}", "[", "[" * 50_000, '{"title": 1}'])
def test_a_damaged_decision_saves_nothing(
    browser_of: Browser,
    cast: Cast,
    page: int,
    asked: TestResponse,
    database: Database,
    content: str,
) -> None:
    answer = settle(browser_of(cast.boris), page, asked, content=content)
    assert answer.status_code == 422
    assert "keeps what you typed" in answer.text
    assert newest(database, page).number == 2


def test_a_forged_decision_can_neither_archive_nor_leave_the_tree(
    app: Flask, browser_of: Browser, cast: Cast, page: int, asked: TestResponse, database: Database
) -> None:
    boris, values = browser_of(cast.boris), typed(asked)
    takes = {"take-hunk-1": "ours", "take-fact-weight": "ours"}
    forged = values["content"].replace('"archived": false', '"archived": true')
    assert forged != values["content"]
    assert settle(boris, page, asked, content=forged, **takes).status_code == 302
    assert newest(database, page).archived is False
    lost = content_to_text(content_from_text(values["content"]))
    lost = re.sub(r'"category_id": \d+', '"category_id": 77777', lost)
    assert settle(boris, page, asked, content=lost, **takes).status_code == 404


def test_saving_by_script_is_told_where_to_go(
    browser_of: Browser, cast: Cast, page: int, forms: Forms
) -> None:
    answer = browser_of(cast.anna).post(
        f"/pages/{page}/edit", data=forms[0] | {"body": "New."}, headers={"X-Saving": "1"}
    )
    assert (answer.status_code, answer.json) == (200, {"redirect": f"/pages/{page}"})


@pytest.mark.parametrize("address", ["/pages/new", "/pages/{page}/edit", "/pages/{page}/settle"])
def test_a_form_without_its_token_changes_nothing(
    app: Flask, browser_of: Browser, cast: Cast, page: int, database: Database, address: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    values = {"title": "B", "body": "New.", "base_number": "1", "language": "en"}
    answer = browser_of(cast.anna).post(address.format(page=page), data=values)
    assert answer.status_code == 400
    assert count(database) == 1
