"""Sources as directors see and set them, and hints that they may leave."""

import hmac
from collections.abc import Callable
from hashlib import sha256

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from dossiers.deals.connectors.problems import kept_sentence
from dossiers.deals.connectors.pulling import Puller
from dossiers.deals.connectors.sealing import seal, signing_key, unseal
from dossiers.deals.connectors.services import (
    Typed,
    add_source,
    change_source,
    new_hook,
    pause_source,
)
from dossiers.deals.kinds import SourceKind
from dossiers.deals.models import DealSource, PullState
from tests.conftest import Cast, SetClock
from tests.counting import counting
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Refusal
from wiki.history.models import HistoryEntry

BrowserOf = Callable[[Actor | None], FlaskClient]
KEY, SECRET = "only for tests", "a-key-of-tryton"
# Port 9 throws away what comes; nothing listens there.
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def source(database: Database, cast: Cast, clock: SetClock) -> int:
    return make(database, cast)


def make(database: Database, cast: Cast, name: str = "Tryton") -> int:
    typed = Typed(name, {"address": NOWHERE, "database": "crm"}, SECRET)
    with database.transaction() as session:
        return add_source(session, cast.vera, KEY, SourceKind.TRYTON, typed).id


def state_of(database: Database, source: int) -> PullState:
    with database.reading() as session:
        return session.get_one(PullState, source)


def at_rest(database: Database) -> None:
    """Nothing is wanted and nothing due for long."""
    with database.transaction() as session:
        session.execute(update(PullState).values(wanted=False))


def test_a_key_is_kept_encrypted_and_shown_to_nobody(
    database: Database, cast: Cast, browser_of: BrowserOf, source: int
) -> None:
    with database.reading() as session:
        row = session.get_one(DealSource, source)
        entries = str([entry.after for entry in session.scalars(select(HistoryEntry))])
    assert row.secret is not None
    assert SECRET.encode() not in row.secret
    assert unseal(KEY, row.secret) == SECRET
    assert "127.0.0.1" in entries
    assert SECRET not in entries
    vera = browser_of(cast.vera)
    for address in ("", f"/{source}", f"/{source}/edit"):
        page = vera.get(f"/deals/sources{address}")
        assert page.status_code == 200
        assert "Tryton" in page.text
        assert SECRET not in page.text


def test_another_key_of_the_instance_is_told_in_a_sentence(
    database: Database, cast: Cast, browser_of: BrowserOf, source: int
) -> None:
    with pytest.raises(Refusal, match="another SECRET_KEY"):
        unseal("another", seal(KEY, SECRET))
    Puller(database, "another").pull_due()
    assert state_of(database, source).failures == 1
    page = browser_of(cast.vera).get(f"/deals/sources/{source}").text
    assert "SECRET_KEY" in page


def test_only_directors_reach_sources(cast: Cast, browser_of: BrowserOf, source: int) -> None:
    for person in (cast.nina, cast.anna):
        assert browser_of(person).get("/deals/sources").status_code == 403
        assert browser_of(person).post(f"/deals/sources/{source}/pull").status_code == 403
    assert browser_of(cast.vera).get("/deals/sources").status_code == 200
    assert browser_of(cast.vera).get("/deals/sources/99").status_code == 404


def test_the_page_says_how_far_behind_it_is_and_why(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock, source: int
) -> None:
    with database.transaction() as session:
        state = session.get_one(PullState, source)
        state.succeeded_at, state.behind, state.failures = clock.moment, 1234, 2
        state.error = kept_sentence(Refusal("It is <b>%(x)s</b>", x="<script>"))
    clock.forward(hours=3)
    for address in ("/deals/sources", f"/deals/sources/{source}"):
        page = browser_of(cast.vera).get(address, headers={"Accept-Language": "en"}).text
        assert "234" in page
        assert "3 " in page
        assert "&lt;script&gt;" in page
        assert "<script>" not in page.replace("<script nonce", "")


def test_a_source_is_added_changed_and_paused_in_the_browser(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    vera = browser_of(cast.vera)
    sent = {"name": "Ours", "address": "https://crm.example.com/", "database": "crm",
            "key": SECRET, "minutes": "7"}  # fmt: skip
    assert vera.post("/deals/sources/new", data=sent).status_code == 302
    with database.reading() as session:
        row = session.scalars(select(DealSource)).one()
    wanted = {"address": "https://crm.example.com", "database": "crm", "minutes": 7}
    assert (row.name, row.settings) == ("Ours", wanted)
    again = vera.post("/deals/sources/new", data=sent)
    assert again.status_code == 409
    assert SECRET not in again.text
    assert vera.post(f"/deals/sources/{row.id}/pause", data={"paused": "1"}).status_code == 302
    assert Puller(database, KEY).pull_due() == 0
    assert vera.post(f"/deals/sources/{row.id}/pull").status_code == 422
    change = {**sent, "name": "Theirs", "key": ""}
    assert vera.post(f"/deals/sources/{row.id}/edit", data=change).status_code == 302
    with database.reading() as session:
        row = session.scalars(select(DealSource)).one()
    assert row.name == "Theirs"
    assert unseal(KEY, row.secret) == SECRET


@pytest.mark.parametrize(
    "address",
    ["http://crm.example.com", "ftp://crm.example.com", "https://a:b@crm.example.com", "crm",
     "http://169.254.169.254", "https://", "https://crm.example.com/?x=1", "http://[::",
     "http://[::ffff:169.254.169.254]"],
)  # fmt: skip
def test_a_key_is_sent_to_no_such_address(
    database: Database, cast: Cast, browser_of: BrowserOf, address: str
) -> None:
    sent = {"name": "X", "address": address, "database": "crm", "key": SECRET, "minutes": "5"}
    assert browser_of(cast.vera).post("/deals/sources/new", data=sent).status_code == 422
    with database.reading() as session:
        assert session.scalars(select(DealSource)).all() == []


def test_the_old_key_is_not_sent_to_a_new_server(
    database: Database, cast: Cast, source: int
) -> None:
    elsewhere = {"address": "https://other.example.com", "database": "crm"}
    with database.transaction() as session, pytest.raises(Refusal, match="Write the key, too"):
        change_source(session, cast.vera, KEY, source, Typed("Tryton", elsewhere))
    with database.transaction() as session:
        session.get_one(PullState, source).cursor = {"place": {"x": 1}}
        change_source(session, cast.vera, KEY, source, Typed("Tryton", elsewhere, "new-key"))
    assert state_of(database, source).cursor == {}


def test_checking_a_source_that_is_not_there_says_so(
    cast: Cast, browser_of: BrowserOf, source: int
) -> None:
    vera = browser_of(cast.vera)
    page = vera.post(f"/deals/sources/{source}/check", follow_redirects=True)
    assert page.status_code == 200
    assert "flash-danger" in page.text
    assert "cannot be reached" in page.text or "недоступен" in page.text


def test_a_hint_lets_the_source_be_asked_and_every_answer_is_alike(
    database: Database, browser_of: BrowserOf, source: int
) -> None:
    with database.reading() as session:
        hook = session.get_one(DealSource, source).hook
    assert hook is not None
    body = b'{"deal": 1}'
    right = "sha256=" + hmac.new(signing_key(KEY, hook).encode(), body, sha256).hexdigest()
    cases = (
        (hook, body, {}, True),
        (hook, body, {"X-Dossier-Signature": right}, True),
        (hook, body, {"X-Dossier-Signature": "sha256=" + "0" * 64}, False),
        (hook, body + b" ", {"X-Dossier-Signature": right}, False),
        (hook, b"x" * 70_000, {}, False),
        (hook[:-1], body, {}, False),
        ("unknown", body, {}, False),
        ("%00", body, {}, False),
    )
    answers = set()
    for address, sent, headers, wanted in cases:
        at_rest(database)
        answer = browser_of(None).post(f"/hooks/deals/{address}", data=sent, headers=headers)
        answers.add((answer.status_code, answer.data))
        assert state_of(database, source).wanted is wanted
    assert answers == {(204, b"")}


def test_an_old_address_and_a_paused_source_take_no_hints(
    database: Database, cast: Cast, browser_of: BrowserOf, source: int
) -> None:
    with database.transaction() as session:
        old = session.get_one(DealSource, source).hook
        new_hook(session, cast.vera, source)
        new = session.get_one(DealSource, source).hook
    at_rest(database)
    browser_of(None).post(f"/hooks/deals/{old}")
    assert not state_of(database, source).wanted
    with database.transaction() as session:
        pause_source(session, cast.vera, source, True)
    browser_of(None).post(f"/hooks/deals/{new}")
    assert not state_of(database, source).wanted
    with database.transaction() as session:
        pause_source(session, cast.vera, source, False)
    at_rest(database)
    browser_of(None).post(f"/hooks/deals/{new}")
    assert state_of(database, source).wanted


def test_many_hints_make_one_question(
    database: Database, browser_of: BrowserOf, clock: SetClock, source: int
) -> None:
    puller = Puller(database, KEY, lambda: 0.0)
    with database.transaction() as session:
        state = session.get_one(PullState, source)
        hook = session.get_one(DealSource, source).hook
        state.wanted, state.next_at = False, clock.moment.replace(year=2027)
        state.tried_at = clock.moment
    assert puller.pull_due() == 0
    for _number in range(20):
        browser_of(None).post(f"/hooks/deals/{hook}")
    assert puller.pull_due() == 0
    clock.forward(seconds=15)
    assert puller.pull_due() == 1
    assert puller.pull_due() == 0


def test_no_more_statements_for_more_sources(
    database: Database, cast: Cast, browser_of: BrowserOf, source: int
) -> None:
    vera = browser_of(cast.vera)
    taken = []
    for number in range(6):
        make(database, cast, f"Source {number}")
        vera.get("/deals/sources")
        with counting(database) as sent:
            vera.get("/deals/sources")
        taken.append(len(sent))
    assert len(set(taken)) == 1
