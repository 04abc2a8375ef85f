"""Reading in a browser: what is shown, to whom, and never an answer that is out of date."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from time import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner
from sqlalchemy import update
from werkzeug.test import TestResponse

from tests.conftest import Cast, SetClock
from tests.factories.pages import desk_of, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.accounts.services.own_account import choose_language
from wiki.database import Database
from wiki.pages.comments.services import add_comment
from wiki.pages.facts import Field, Kind
from wiki.pages.redrawing import redraw_stale
from wiki.pages.restoring import set_archived
from wiki.pages.services import change_owner, pair_twins
from wiki.pages.shelving import Plan, add_category, change_category
from wiki.pages.watching.services import watch_page

Browser = Callable[[Actor | None], FlaskClient]
NAME = "Pelmeni “Home”"


@pytest.fixture
def browser_of(browser_of: Browser) -> Browser:
    """Browsers that have been here before: the first answer of a session is never kept."""

    def make(actor: Actor | None) -> FlaskClient:
        client = browser_of(actor)
        if actor is not None:
            client.get("/account")
        return client

    return make


@pytest.fixture
def page(app: Flask, cast: Cast) -> int:
    return write_page(
        app, cast.anna, NAME, "# Heading\n\nText with a [[Wanted]] link.", tags=("a",)
    )


@pytest.fixture
def reader(browser_of: Browser, cast: Cast, page: int) -> Callable[..., TestResponse]:
    """Nina reads the page, with the ETag she has."""
    nina = browser_of(cast.nina)

    def read(etag: str | None = None) -> TestResponse:
        headers = {"If-None-Match": etag} if etag else {}
        return nina.get(f"/pages/{page}", headers=headers, follow_redirects=True)

    return read


def test_a_page_shows_all_it_has_and_old_addresses_lead_to_it(
    app: Flask, cast: Cast, browser_of: Browser, page: int
) -> None:
    nina = browser_of(cast.nina)
    rewrite_page(app, cast.boris, page, title="Vareniki")
    for address in (f"/pages/{page}", f"/pages/{page}-pelmeni-home", f"/pages/{page}-x"):
        answer = nina.get(address)
        assert (answer.status_code, answer.location) == (301, f"/pages/{page}-vareniki")
    shown = nina.get(f"/pages/{page}-vareniki").text
    for part in ("<h1", "Vareniki", "Version 2", "Boris", "Anna", 'href="/tags/a"', "wanted"):
        assert part in shown
    assert nina.get("/pages/by-title/vareniki").location == f"/pages/{page}-vareniki"
    assert nina.get(f"/pages/by-title/{NAME}").location == f"/pages/{page}-vareniki"


def test_only_who_may_write_is_offered_to(browser_of: Browser, cast: Cast, page: int) -> None:
    for person, offered in ((cast.nina, False), (cast.anna, True)):
        shown = browser_of(person).get(f"/pages/{page}", follow_redirects=True).text
        assert (f'href="/pages/{page}/edit"' in shown) is offered
        assert (f'href="/pages/{page}/properties"' in shown) is offered
        links = browser_of(person).get(f"/pages/{page}/links").text
        assert (f'href="/pages/{page}/properties"' in links) is offered


@pytest.mark.parametrize(
    "address",
    [
        "/pages/999",
        "/pages/2147483648",
        "/pages/99999999999999999999",
        f"/pages/{'9' * 5000}",
        "/pages/999/revisions/1",
        "/pages/1/revisions/99999999999999999999",
        "/pages/1/compare?from=1&to=7",
        "/pages/1/source?number=77",
        "/pages/by-title/nobody",
        "/pages/by-title/%00",
        "/pages/new?twin=99999999",
    ],
)
def test_what_is_not_there_is_a_sentence(
    browser_of: Browser, cast: Cast, page: int, address: str
) -> None:
    answer = browser_of(cast.anna).get(address)
    assert answer.status_code == 404
    assert "There is nothing at this address." in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/pages/{page}/compare?from=x&to=99999999999999999999",
        "/pages/{page}/history?before=99999999999999999999",
        "/pages/{page}/history?before=x",
        "/pages/{page}/source?number=99999999999999999999",
        "/tags/%00",
        "/tags/{long}",
        "/pages/titles?q=%00%25_\\&language=%00",
        "/pages/titles?q={long}",
        "/pages/new?category=99999999999999999999&language=%00&title=%00{long}",
        "/pages/facts-form?category=99999999999999999999&fact-x=%00",
    ],
)
def test_strange_addresses_do_no_harm(
    browser_of: Browser, cast: Cast, page: int, address: str
) -> None:
    answer = browser_of(cast.anna).get(address.format(page=page, long="ﷺ" * 900))
    assert answer.status_code == 200


def test_hostile_texts_are_shown_as_texts(app: Flask, cast: Cast, browser_of: Browser) -> None:
    evil = '"><script>alert(1)</script>{{ 7*7 }}%(x)s'
    page = write_page(
        app, cast.anna, evil, f"{evil}\n\n[x](javascript:alert(1))", tags=(evil[:60],)
    )
    rewrite_page(app, cast.anna, page, body="New.", reason=evil)
    for address in ("", "/history", "/revisions/1", "/compare", "/authors", "/links", "/edit"):
        answer = browser_of(cast.anna).get(f"/pages/{page}{address}", follow_redirects=True)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert not re.search(r"""(href|src)=["']?\s*javascript:""", answer.text)
        assert "49" not in re.findall(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)[0]


def test_the_source_is_plain_text(browser_of: Browser, cast: Cast, page: int) -> None:
    answer = browser_of(cast.nina).get(f"/pages/{page}/source")
    assert answer.text == "# Heading\n\nText with a [[Wanted]] link.\n"
    assert answer.mimetype == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_tag_lists_its_pages_whatever_its_case(
    app: Flask, cast: Cast, browser_of: Browser
) -> None:
    write_page(app, cast.anna, "With", tags=("Хит Ёлка",))
    gone = write_page(app, cast.anna, "Gone", tags=("хит елка",))
    set_archived(desk_of(app), cast.vera, gone, True)
    shown = browser_of(cast.nina).get("/tags/ХИТ ёлка").text
    assert "With" in shown
    assert "Gone" not in shown
    assert "No page has this tag" in browser_of(cast.nina).get("/tags/nothing").text


# What is kept


def test_the_first_page_of_a_session_is_not_sent_again_when_its_form_token_is_signed_anew(
    reader: Callable[..., TestResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count(int(time()))
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer: next(seconds))
    first = reader()
    assert "csrf_token" in first.text
    assert reader(first.headers["ETag"]).status_code == 304


def test_a_page_that_has_not_changed_is_not_sent_again(
    reader: Callable[..., TestResponse],
) -> None:
    first = reader()
    again = reader(first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Security-Policy" not in again.headers
    assert first.headers["Cache-Control"] == "private, no-cache"


Change = Callable[[Flask, Cast, int, FlaskClient], object]


def in_transaction(app: Flask, deed: Callable[..., object], *arguments: object) -> None:
    with app.extensions["database"].transaction() as session:
        deed(session, *arguments)


def rename_category(app: Flask, cast: Cast, page: int, _browser: FlaskClient) -> None:
    with app.extensions["database"].transaction() as session:
        made = add_category(session, cast.vera, Plan("Т", "Things"))
    rewrite_page(app, cast.anna, page, category_id=made.id)


def twin_of(app: Flask, cast: Cast, page: int) -> int:
    twin = write_page(app, cast.anna, "Пельмени", language="ru")
    in_transaction(app, pair_twins, cast.anna, page, twin)
    return twin


CHANGES: dict[str, Change] = {
    "a save": lambda app, cast, page, _b: rewrite_page(app, cast.boris, page, body="New."),
    "a rename": lambda app, cast, page, _b: rewrite_page(app, cast.boris, page, title="New"),
    "a comment": lambda app, cast, page, _b: in_transaction(
        app, add_comment, cast.anna, page, "Why?", None
    ),
    "watching": lambda app, cast, page, _b: in_transaction(app, watch_page, cast.nina.id, page),
    "a translation": lambda app, cast, page, _b: twin_of(app, cast, page),
    "a category": rename_category,
    "archiving": lambda app, cast, page, _b: set_archived(desk_of(app), cast.vera, page, True),
    "a new owner": lambda app, cast, page, _b: in_transaction(
        app, change_owner, cast.anna, page, cast.vera.id
    ),
    "another name of its author": lambda app, cast, page, _b: in_transaction(
        app,
        lambda session: session.execute(
            update(User).where(User.id == cast.anna.id).values(name="Anna Petrova")
        ),
    ),
    "another language": lambda app, cast, page, _b: in_transaction(
        app, choose_language, cast.nina, "ru"
    ),
    "another theme": lambda _app, _cast, _page, browser: browser.post(
        "/account/theme", data={"theme": "dark"}
    ),
    "a wanted page": lambda app, cast, page, _b: (
        write_page(app, cast.boris, "Wanted"),
        redraw_stale(desk_of(app)),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_after_any_change_the_page_is_sent_anew(
    what: str, clock: SetClock, app: Flask, cast: Cast, browser_of: Browser, page: int
) -> None:
    nina = browser_of(cast.nina)
    before = nina.get(f"/pages/{page}", follow_redirects=True)
    clock.forward(minutes=1)
    CHANGES[what](app, cast, page, nina)
    headers = {"If-None-Match": before.headers["ETag"]}
    after = nina.get(f"/pages/{page}", headers=headers, follow_redirects=True)
    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    without_tokens = [
        re.sub(r'(nonce|content|value)="[^"]*"', "", answer.text) for answer in (before, after)
    ]
    assert without_tokens[0] != without_tokens[1], what


def test_a_category_that_is_renamed_is_shown_by_its_new_name_at_once(
    app: Flask, cast: Cast, browser_of: Browser, page: int, database: Database
) -> None:
    rename_category(app, cast, page, browser_of(None))
    nina = browser_of(cast.nina)
    before = nina.get(f"/pages/{page}", follow_redirects=True)
    with database.transaction() as session:
        change_category(session, cast.vera, 1, Plan("Т", "Better things"))
    headers = {"If-None-Match": before.headers["ETag"]}
    after = nina.get(f"/pages/{page}", headers=headers, follow_redirects=True)
    assert "Things" in before.text
    assert "Better things" in after.text


def test_a_translation_changed_later_is_marked_at_once(
    clock: SetClock, app: Flask, cast: Cast, browser_of: Browser, page: int
) -> None:
    twin = twin_of(app, cast, page)
    nina = browser_of(cast.nina)
    before = nina.get(f"/pages/{page}", follow_redirects=True)
    clock.forward(days=1)
    rewrite_page(app, cast.boris, twin, body="Новое.")
    headers = {"If-None-Match": before.headers["ETag"]}
    after = nina.get(f"/pages/{page}", headers=headers, follow_redirects=True)
    assert "was changed later" not in before.text
    assert "was changed later, on 3 March 2026" in after.text
    assert "was changed later" not in nina.get(f"/pages/{twin}", follow_redirects=True).text


def test_a_page_whose_fact_leads_to_another_shows_the_others_new_title_at_once(
    app: Flask, cast: Cast, browser_of: Browser, database: Database
) -> None:
    sheet = Field("sheet", "Лист", "Sheet", Kind.LINK)
    with database.transaction() as session:
        shelf = add_category(session, cast.vera, Plan("Т", "Things", fields=(sheet,))).id
    target = write_page(app, cast.anna, "Old")
    page = write_page(app, cast.anna, "A", facts={"sheet": {"page": target}}, category_id=shelf)
    nina = browser_of(cast.nina)
    before = nina.get(f"/pages/{page}-a")
    assert f'<a href="/pages/{target}-old">Old</a>' in before.text
    rewrite_page(app, cast.anna, target, title="Renamed")
    after = nina.get(f"/pages/{page}-a", headers={"If-None-Match": before.headers["ETag"]})
    assert f'<a href="/pages/{target}-renamed">Renamed</a>' in after.text


def test_unread_notices_and_words_said_once_are_never_kept(
    app: Flask, cast: Cast, browser_of: Browser, page: int, database: Database
) -> None:
    nina = browser_of(cast.nina)
    assert "top-count" not in nina.get(f"/pages/{page}", follow_redirects=True).text
    nina.post(f"/pages/{page}/watch")
    said = nina.get(f"/pages/{page}", follow_redirects=True).text
    rewrite_page(app, cast.boris, page, body="New.")
    shown = nina.get(f"/pages/{page}", follow_redirects=True).text
    assert 'class="top-count">1<' in shown
    assert shown.count('class="flash ') == 0
    assert said.count('class="flash ') <= 1


def test_every_answer_has_a_nonce_and_a_token_of_its_own(
    app: Flask, cast: Cast, browser_of: Browser, page: int
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    tokens, nonces = set(), set()
    for _time in range(2):
        for person in (cast.nina, cast.boris):
            browser = browser_of(person)
            answer = browser.get(f"/pages/{page}", follow_redirects=True)
            policy = answer.headers["Content-Security-Policy"]
            nonce = re.findall(r"script-src 'nonce-([^']+)'", policy)[0]
            assert set(re.findall(r'nonce="([^"]*)"', answer.text)) == {nonce}
            here = set(re.findall(r'name="csrf(?:_token|-token)" (?:value|content)="([^"]*)"',
                                  answer.text))  # fmt: skip
            (token,) = here
            done = browser.post(f"/pages/{page}/watch", data={"csrf_token": token})
            assert done.status_code == 302
            nonces.add(nonce)
            tokens.add(token)
    assert len(nonces) == len(tokens) == 4


def test_nobody_gets_the_answer_kept_for_another(
    browser_of: Browser, cast: Cast, page: int
) -> None:
    answers = {}
    for person in (cast.nina, cast.anna, cast.boris, cast.vera):
        for _time in range(2):
            answer = browser_of(person).get(f"/pages/{page}", follow_redirects=True)
            assert f"Menu of {person.name}" in answer.text
            assert f'data-person="{person.id}"' in answer.text
        answers[person.name] = answer.headers["ETag"]
    assert len(set(answers.values())) == 4


def test_marks_of_kept_answers_cannot_be_written_into_a_page(
    app: Flask, cast: Cast, browser_of: Browser
) -> None:
    evil = "\ue000form-token\ue000 and \ue000nonce\ue000"
    page = write_page(app, cast.boris, "Evil", evil)
    nina = browser_of(cast.nina)
    for _time in range(2):
        shown = nina.get(f"/pages/{page}-evil")
        nonce = re.findall(r"script-src 'nonce-([^']+)'", shown.headers["Content-Security-Policy"])
        article = shown.text.split("<article")[1].split("</article>")[0]
        assert nonce[0] not in article
        assert "form-token" in article


# Sight


@pytest.fixture
def secret(app: Flask, cast: Cast) -> int:
    south = f"team:{cast.boris.team_id}"
    page = write_page(
        app, cast.boris, "Zukunft", "Secret text. [[Zwanzig]]", audience=south, tags=("ztag",)
    )
    rewrite_page(app, cast.boris, page, body="Secret text, changed. [[Zwanzig]] [[Zukunft]]")
    return page


@pytest.mark.parametrize(
    "address",
    [
        "",
        "-zukunft",
        "/history",
        "/revisions/1",
        "/revisions/2",
        "/compare?from=1&to=2",
        "/source",
        "/source?number=1",
        "/authors",
        "/links",
        "/comments",
        "/edit",
        "/properties",
        "/../new?twin={page}",
    ],
)
def test_a_page_of_another_team_is_not_there(
    browser_of: Browser, cast: Cast, secret: int, address: str
) -> None:
    path = f"/pages/{secret}{address}".replace(f"{secret}/../", "").format(page=secret)
    assert browser_of(cast.boris).get(path, follow_redirects=True).status_code == 200
    for person in (cast.anna, cast.vera, cast.adam):
        answer = browser_of(person).get(path)
        assert answer.status_code == 404
        assert "Zukunft" not in answer.text
        assert answer.text.count("There is nothing at this address.") == 1


@pytest.mark.parametrize(
    "deed",
    ["edit", "settle", "editing", "archive", "unarchive", "owner", "twin", "watch",
     "revisions/1/restore", "revisions/2/undo"],
)  # fmt: skip
def test_nothing_can_be_done_to_a_page_of_another_team(
    browser_of: Browser, cast: Cast, secret: int, deed: str, app: Flask
) -> None:
    assert browser_of(cast.adam).post(f"/pages/{secret}/{deed}").status_code == 404
    assert browser_of(cast.adam).post(f"/pages/999/{deed}").status_code == 404
    with app.extensions["database"].reading() as session:
        assert session.query(User).count() == 5


@pytest.mark.parametrize(
    "address",
    ["/pages/titles?q=zu", "/pages/by-title/zukunft", "/tags/ztag", "/pages/wanted",
     "/pages/orphans", "/changes"],
)  # fmt: skip
def test_lists_show_a_page_to_its_team_and_no_trace_to_others(
    browser_of: Browser, cast: Cast, secret: int, address: str
) -> None:
    shown = browser_of(cast.boris).get(address, follow_redirects=True).text
    assert "Zukunft" in shown or "Zwanzig" in shown
    for person in (cast.anna, cast.nina, cast.vera, cast.adam):
        answer = browser_of(person).get(address, follow_redirects=True)
        assert not re.search("Zukunft|Zwanzig|zukunft-|Secret", answer.text)


def test_a_link_from_a_hidden_page_is_seen_by_its_team_only(
    app: Flask, cast: Cast, browser_of: Browser
) -> None:
    target = write_page(app, cast.anna, "Open")
    south = f"team:{cast.boris.team_id}"
    write_page(app, cast.boris, "Zukunft", "[[Open]]", audience=south)
    assert "Zukunft" in browser_of(cast.boris).get(f"/pages/{target}/links").text
    assert "Zukunft" not in browser_of(cast.anna).get(f"/pages/{target}/links").text
    assert ">Open<" not in browser_of(cast.boris).get("/pages/orphans").text
    assert ">Open<" in browser_of(cast.anna).get("/pages/orphans").text


def test_a_fact_that_leads_to_a_hidden_page_tells_nothing_of_it_even_after_a_move(
    app: Flask, cast: Cast, browser_of: Browser, database: Database, secret: int
) -> None:
    page = write_page(app, cast.boris, "A", facts={"see": {"page": secret}})
    assert "Zukunft" in browser_of(cast.boris).get(f"/pages/{page}-a").text
    assert "Zukunft" not in browser_of(cast.anna).get(f"/pages/{page}-a").text
    with database.transaction() as session:
        moved = update(User).where(User.id == cast.boris.id)
        session.execute(moved.values(team_id=cast.anna.team_id))
    boris = replace(cast.boris, team_id=cast.anna.team_id)
    assert "Zukunft" not in browser_of(boris).get(f"/pages/{page}-a").text


def test_a_hidden_translation_is_no_translation(
    app: Flask, cast: Cast, browser_of: Browser, database: Database, secret: int
) -> None:
    page = write_page(app, cast.boris, "Будущее", language="ru")
    with database.transaction() as session:
        pair_twins(session, cast.boris, page, secret)
    assert "-zukunft" in browser_of(cast.boris).get(f"/pages/{page}-budushchee").text
    shown = browser_of(cast.anna).get(f"/pages/{page}-budushchee").text
    assert "zukunft" not in shown
    assert "Zukunft" not in browser_of(cast.anna).get(f"/pages/{page}/properties").text
