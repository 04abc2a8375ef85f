"""Three opinions on a renewal: given, kept apart, taken back; and who sees them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.facts.models import Change
from dossiers.renewals.checks.giving import View, give_opinion
from dossiers.renewals.checks.machine import keep_machine_opinions
from dossiers.renewals.checks.opinions import newest_opinions
from dossiers.renewals.kinds import Verdict, Voice
from dossiers.renewals.models import Opinion
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_contract
from wiki import clock as time
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"


def a_contract(
    database: Database, cast: Cast, days: int = 120, number: str = "K-1", restricted: bool = False
) -> int:
    with database.transaction() as session:
        client = make_client(session, cast.anna, f"Client {number}", restricted)
        ends_on = time.today() + timedelta(days)
        return make_contract(session, cast.anna, client, ends_on, number).id


def rows(database: Database) -> list[Opinion]:
    with database.reading() as session:
        return list(session.scalars(select(Opinion).order_by(Opinion.id)))


@pytest.fixture
def contract(database: Database, cast: Cast, clock: SetClock) -> int:
    return a_contract(database, cast)


def say(browser: FlaskClient, contract: int, verdict: str, words: str = "They told us") -> int:
    form = {"verdict": verdict, "words": words}
    return browser.post(f"/contracts/{contract}/opinions", data=form).status_code


def test_manager_and_director_speak_for_themselves_and_neither_replaces_the_other(
    database: Database, cast: Cast, browser_of: BrowserOf, contract: int
) -> None:
    assert say(browser_of(cast.anna), contract, "safe", HOSTILE) == 302
    assert say(browser_of(cast.vera), contract, "at_risk", "Nobody met the buyer") == 302
    assert say(browser_of(cast.anna), contract, "wait", "Not so sure") == 302
    with database.reading() as session:
        held = newest_opinions(session, [contract])[contract]
        assert {voice: one.verdict for voice, one in held.items()} == {
            Voice.MANAGER: Verdict.WAIT,
            Voice.DIRECTOR: Verdict.AT_RISK,
        }
    page = browser_of(cast.anna).get(f"/contracts/{contract}/opinions").text
    assert "Nobody met the buyer" in page
    assert "Not so sure" in page
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


def test_wait_and_see_is_refused_at_the_last_checkpoint_and_words_stay(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    near = a_contract(database, cast, days=90)
    browser = browser_of(cast.anna)
    form = {"verdict": "wait", "words": "Let us see"}
    answer = browser.post(f"/contracts/{near}/opinions", data=form)
    assert answer.status_code == 422
    assert "Let us see" in answer.text
    assert rows(database) == []
    assert say(browser, near, "at_risk") == 302
    assert [one.days_before for one in rows(database)] == [90]


def test_an_opinion_without_words_or_verdict_is_refused(
    database: Database, cast: Cast, browser_of: BrowserOf, contract: int
) -> None:
    assert say(browser_of(cast.anna), contract, "safe", "  ") == 422
    assert say(browser_of(cast.anna), contract, "splendid") == 422
    assert say(browser_of(cast.anna), contract, "safe", "x" * 2001) == 422
    assert rows(database) == []


def test_an_opinion_is_taken_back_and_the_one_before_holds_again(
    database: Database, cast: Cast, browser_of: BrowserOf, contract: int
) -> None:
    browser = browser_of(cast.anna)
    say(browser, contract, "safe", "first")
    say(browser, contract, "at_risk", "second")
    with database.reading() as session:
        change = session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert change is not None
        client_id, ident = change.client_id, change.id
    browser.post(f"/clients/{client_id}/changes/{ident}/undo")
    assert [one.words for one in rows(database) if one.is_newest] == ["first"]
    assert browser.get(f"/clients/{client_id}/history").text.count("sees it so") >= 2


def test_a_restricted_client_leaves_no_trace_and_its_own_team_sees_it(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    secret = a_contract(database, cast, restricted=True)
    assert browser_of(cast.anna).get(f"/contracts/{secret}/opinions").status_code == 200
    boris = browser_of(cast.boris)
    assert boris.get(f"/contracts/{secret}/opinions").status_code == 404
    assert say(boris, secret, "safe") == 404
    assert boris.post(f"/contracts/{secret}/opinions/machine").status_code == 404
    assert boris.get("/contracts/99999/opinions").status_code == 404


def test_who_may_only_read_the_dossier_gives_no_opinion(
    database: Database, cast: Cast, browser_of: BrowserOf, contract: int
) -> None:
    boris = browser_of(cast.boris)
    page = boris.get(f"/contracts/{contract}/opinions")
    assert page.status_code == 200
    assert "Save my opinion" not in page.text
    assert say(boris, contract, "safe") == 403
    assert boris.post(f"/contracts/{contract}/opinions/machine").status_code == 403
    assert rows(database) == []


def test_the_worker_writes_the_machines_opinion_once_when_a_checkpoint_has_come(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    due, far = a_contract(database, cast, 100, "K-1"), a_contract(database, cast, 181, "K-2")
    assert keep_machine_opinions(database) == 1
    assert keep_machine_opinions(database) == 0
    [one] = rows(database)
    assert (one.contract_id, one.days_before, one.voice) == (due, 180, Voice.MACHINE)
    assert len(one.checks) == 9
    assert one.rules == 0
    clock.forward(days=10)
    assert keep_machine_opinions(database) == 2
    found = [(o.contract_id, o.days_before) for o in rows(database)[1:]]
    assert sorted(found) == [(due, 90), (far, 180)]


def test_the_director_sees_the_largest_disagreement_first_and_no_agreement(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    small, large, same = (a_contract(database, cast, number=n) for n in ("K-1", "K-2", "K-3"))
    said = {small: Verdict.AT_RISK, large: Verdict.LOST, same: Verdict.SAFE}
    with database.transaction() as session:
        for contract, verdict in said.items():
            give_opinion(session, cast.anna, contract, View(Verdict.SAFE, "good"))
            give_opinion(session, cast.vera, contract, View(verdict, "seen otherwise"))
    page = browser_of(cast.vera).get("/renewals/disagreements").text
    assert page.index(f"/contracts/{large}/") < page.index(f"/contracts/{small}/")
    assert f"/contracts/{same}/" not in page
    assert browser_of(cast.anna).get("/renewals/disagreements").status_code == 403


def test_the_pages_take_as_many_statements_for_many_as_for_few(
    database: Database, cast: Cast, browser_of: BrowserOf, contract: int
) -> None:
    browser = browser_of(cast.vera)
    counts = []
    for number in range(3):
        other = a_contract(database, cast, number=f"M-{number}")
        for one in (contract, other):
            say(browser_of(cast.anna), one, "safe")
            say(browser, one, "lost")
        browser.get("/renewals/disagreements")
        with counting(database) as first:
            browser.get("/renewals/disagreements")
        with counting(database) as second:
            browser.get(f"/contracts/{contract}/opinions")
        counts.append((len(first), len(second)))
    assert len(set(counts)) == 1
