import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask, jsonify
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from flask_login import FlaskLoginClient
from sqlalchemy import select

from app import create_app
from tests.conftest import Cast, SetClock
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.actor import Actor
from wiki.accounts.models import ApiToken
from wiki.accounts.rules import Permission
from wiki.accounts.secret_words import hash_of
from wiki.accounts.services.api_tokens import create_token
from wiki.config import Settings
from wiki.database import Database
from wiki.errors import Refusal

BrowserOf = Callable[[Actor | None], FlaskClient]


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application with two addresses of an API, and CSRF as in real life."""
    application = create_app(settings)
    application.config.update(TESTING=True)
    application.test_client_class = FlaskLoginClient
    application.add_url_rule("/api/me", view_func=read_me)
    application.add_url_rule("/api/write", view_func=write_something, methods=["POST"])
    application.add_url_rule("/elsewhere", view_func=read_me, endpoint="elsewhere")
    yield application
    application.extensions["database"].dispose()


def read_me() -> ResponseReturnValue:
    return jsonify(name=actor().name)


@for_programs
@needs(Permission.WRITE_PAGES)
def write_something() -> ResponseReturnValue:
    return jsonify(name=actor().name)


@pytest.fixture
def token(cast: Cast, database: Database) -> str:
    return _make(database, cast.anna)


def test_a_token_reads_and_writes_in_the_name_of_its_owner(app: Flask, token: str) -> None:
    client = app.test_client()
    assert client.get("/api/me", headers=_header(token)).json == {"name": "Anna"}
    assert client.post("/api/write", headers=_header(token)).json == {"name": "Anna"}


def test_a_token_gives_no_more_rights_than_its_owner_has(
    app: Flask, cast: Cast, database: Database
) -> None:
    header = _header(_make(database, cast.nina))
    assert app.test_client().get("/api/me", headers=header).status_code == 200
    assert app.test_client().post("/api/write", headers=header).status_code == 403


def test_a_token_begins_so_that_scanners_know_it_and_only_its_hash_is_kept(
    token: str, database: Database
) -> None:
    assert re.fullmatch(r"dw_[\w-]{43}", token)
    with database.reading() as session:
        assert session.scalars(select(ApiToken.secret_hash)).all() == [hash_of(token)]


@pytest.mark.parametrize(
    "header", ["Bearer wrong", "Bearer ", "Bearer dw_" + "x" * 43, "Basic eA=="]
)
def test_without_a_good_token_the_api_says_401_in_json(app: Flask, cast: Cast, header: str) -> None:
    answer = app.test_client().get("/api/me", headers={"Authorization": header})
    assert answer.status_code == 401
    assert "token" in answer.get_json()["error"]
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_wrong_token_is_refused_even_with_a_good_session(
    app: Flask, cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    assert anna.get("/api/me").status_code == 200
    assert anna.get("/api/me", headers=_header("dw_wrong")).status_code == 401


def test_a_token_wins_over_the_session_of_somebody_else(
    token: str, cast: Cast, browser_of: BrowserOf
) -> None:
    assert browser_of(cast.vera).get("/api/me", headers=_header(token)).json == {"name": "Anna"}


def test_a_token_opens_no_pages_for_people(app: Flask, token: str) -> None:
    for path in ("/elsewhere", "/account"):
        assert app.test_client().get(path, headers=_header(token)).status_code == 302


def test_a_write_with_the_session_cookie_needs_the_csrf_token(
    cast: Cast, browser_of: BrowserOf
) -> None:
    anna = browser_of(cast.anna)
    assert anna.post("/api/write").status_code == 400
    page = anna.get("/account").text
    found = re.search(r'name="csrf-token" content="([^"]+)"', page)
    assert found is not None
    headers = {"X-CSRFToken": found.group(1)}
    assert anna.post("/api/write", headers=headers).json == {"name": "Anna"}


def test_another_scheme_in_the_header_does_not_switch_csrf_off(
    cast: Cast, browser_of: BrowserOf
) -> None:
    answer = browser_of(cast.anna).post("/api/write", headers={"Authorization": "Basic eA=="})
    assert answer.status_code == 400


def test_the_last_use_is_noted_at_most_once_a_minute(
    app: Flask, token: str, database: Database, clock: SetClock
) -> None:
    seen = []
    for seconds in (0, 30, 30, 1):
        clock.forward(seconds=seconds)
        app.test_client().get("/api/me", headers=_header(token))
        with database.reading() as session:
            seen.append(session.scalars(select(ApiToken.last_used_at)).one())
    first = seen[0]
    assert seen == [first, first, first + timedelta(minutes=1), first + timedelta(minutes=1)]


def test_the_secret_is_shown_once_and_the_page_is_kept_by_nobody(
    app: Flask, cast: Cast, browser_of: BrowserOf
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    anna = browser_of(cast.anna)
    made = anna.post("/account/tokens", data={"name": "nightly import"})
    found = re.search(r"dw_[\w-]{43}", made.text)
    assert found is not None
    assert made.headers["Cache-Control"] == "no-store"
    assert app.test_client().get("/api/me", headers=_header(found.group())).status_code == 200
    again = anna.get("/account/tokens").text
    assert "nightly import" in again
    assert "dw_" not in again


def test_a_revoked_token_stops_at_once_and_only_its_owner_revokes_it(
    app: Flask, cast: Cast, token: str, browser_of: BrowserOf, database: Database
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    with database.reading() as session:
        ident = session.scalars(select(ApiToken.id)).one()
    assert browser_of(cast.adam).post(f"/account/tokens/{ident}/revoke").status_code == 404
    assert app.test_client().get("/api/me", headers=_header(token)).status_code == 200
    assert browser_of(cast.anna).post(f"/account/tokens/{ident}/revoke").status_code == 302
    assert app.test_client().get("/api/me", headers=_header(token)).status_code == 401


def test_nobody_hoards_tokens(cast: Cast, database: Database) -> None:
    for _ in range(50):
        _make(database, cast.anna)
    with pytest.raises(Refusal, match="50 tokens"):
        _make(database, cast.anna)


@pytest.mark.parametrize("name", ["", "x" * 10_000, "a\x00b"])
def test_a_token_without_a_decent_name_is_refused(
    app: Flask, cast: Cast, browser_of: BrowserOf, name: str
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = browser_of(cast.anna).post("/account/tokens", data={"name": name})
    assert answer.status_code == 422
    assert "dw_" not in answer.text


def _make(database: Database, owner: Actor) -> str:
    with database.transaction() as session:
        return create_token(session, owner, owner.id, "import")[1]


def _header(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
