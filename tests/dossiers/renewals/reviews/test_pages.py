"""Reviews in the browser, as a director goes through one, and who sees what."""

import json
from collections.abc import Callable
from datetime import date

from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.clients.models import Client
from dossiers.facts.models import Change
from dossiers.people.editing.employments import Appointment, appoint
from dossiers.people.editing.judging import judge
from dossiers.people.editing.persons import person_called
from dossiers.people.editing.positions import Wanted, add_position, change_position
from dossiers.people.kinds import Aspect, Attitude
from dossiers.renewals.kinds import FollowUpState, ReviewState
from dossiers.renewals.models import Contract, FollowUp, Review
from dossiers.renewals.reviews.sealing import is_intact
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.renewals.reviews.reviewing import a_dossier, begin, read_of, sign
from tests.factories.dossiers import pen_of
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
CHANGED = date(2026, 3, 10)
HOSTILE = "<script>alert(1)</script>"


def change_dossier(database: Database, cast: Cast, client_id: int, buyer: int, olga: int) -> None:
    """A new manager of the buyers, another attitude, a new position, a contract that is shorter."""
    from_client = select(Contract).where(Contract.client_id == client_id)
    with database.transaction() as session:
        contract = session.scalars(from_client).one()
        contract.notice_days = 45
        client = session.get_one(Client, client_id)
        pen = pen_of(session, cast.anna, client, CHANGED)
        judge(pen, olga, Aspect.ATTITUDE, Attitude.ENEMY)
        add_position(pen, Wanted(f"Buyer {HOSTILE}"), buyer)
        appoint(pen, buyer, person_called(pen, "Ivan Ivanov"), Appointment())


def test_a_director_signs_and_the_next_review_says_what_changed_since(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    dossier, vera = a_dossier(database, cast), browser_of(cast.vera)
    first = begin(vera, dossier)
    assert "first review" in vera.get(first).text
    page = sign(vera, first)
    assert "Hold on." in page
    assert "at risk" in page
    assert "Nothing in it was changed" in page
    clock.forward(days=20)
    change_dossier(database, cast, dossier.client, dossier.buyer, dossier.olga)
    second = begin(vera, dossier)
    page = vera.get(second).text
    assert "Ivan Ivanov" in page
    assert "Olga Petrova" in page
    assert "45" in page
    assert "neutral" in page
    assert "enemy" in page.lower()
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    old = vera.get(first).text
    assert "Ivan Ivanov" not in old
    assert "Nothing in it was changed" in old
    was = vera.get(f"{first}/dossier?section=positions").text
    assert "Head of purchasing" in was
    assert "Ivan Ivanov" not in was
    assert vera.get(f"{second}/dossier").status_code == 404
    assert vera.get(f"{first}/dossier?section=nothing").status_code == 404


def test_remarks_and_follow_ups_are_kept_and_reach_the_manager_when_signed(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    dossier, vera, anna = a_dossier(database, cast), browser_of(cast.vera), browser_of(cast.anna)
    here = begin(vera, dossier)
    line = f"position:{dossier.buyer}"
    page = vera.post(
        f"{here}/remarks", data={"line": "check:path", "words": HOSTILE}, follow_redirects=True
    ).text
    assert "&lt;script&gt;" in page
    assert HOSTILE not in page
    assert vera.post(f"{here}/remarks", data={"line": line, "words": " "}).status_code == 422
    for number in (1, 2):
        form = {"what": f"Call {number}", "user": cast.anna.id, "due": "2026-03-16"}
        assert vera.post(f"{here}/follow-ups", data=form).status_code == 302
    assert "Call 1" not in anna.get("/follow-ups").text
    assert anna.get(here).status_code == 404
    sign(vera, here)
    page = anna.get("/follow-ups").text
    assert "Call 1" in page
    assert "Call 2" in page
    assert "Romashka" in page
    assert "&lt;script&gt;" in anna.get(here).text
    with database.reading() as session:
        task = session.scalars(select(FollowUp).where(FollowUp.what == "Call 1")).one()
        assert is_intact(session, session.get_one(Review, task.review_id))
    page = anna.post(
        f"/follow-ups/{task.id}/end", data={"result": "Spoke, all well"}, follow_redirects=True
    ).text
    assert "Spoke, all well" in page
    assert anna.post(f"/follow-ups/{task.id}/end", data={"result": "x"}).status_code == 409
    clock.forward(days=30)
    page = vera.get(begin(vera, dossier)).text
    assert "Spoke, all well" in page
    assert "Call 2" in page
    assert "overdue" in page
    assert "Call 2" in vera.get("/reviews").text


def test_what_was_refused_comes_back_with_what_was_typed(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    dossier, vera = a_dossier(database, cast), browser_of(cast.vera)
    here = begin(vera, dossier)
    form = {"what": "Call Olga", "user": cast.anna.id, "due": "2026-01-01"}
    answer = vera.post(f"{here}/follow-ups", data=form)
    assert answer.status_code == 422
    assert "Call Olga" in answer.text
    boris = {**form, "user": cast.boris.id, "due": "2026-04-01"}
    assert vera.post(f"{here}/follow-ups", data=boris).status_code == 422
    answer = vera.post(f"{here}/sign", data={"words": "My words", "read": "0" * 64})
    assert answer.status_code == 422
    assert "My words" in answer.text


def test_a_dossier_that_changed_while_it_was_read_is_not_signed(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    dossier, vera = a_dossier(database, cast), browser_of(cast.vera)
    here = begin(vera, dossier)
    form = {"verdict": "safe", "words": "All is well", "read": read_of(vera, here)}
    clock.forward(days=20)
    change_dossier(database, cast, dossier.client, dossier.buyer, dossier.olga)
    answer = vera.post(f"{here}/sign", data=form)
    assert answer.status_code == 409
    assert "All is well" in answer.text
    with database.reading() as session:
        assert session.scalars(select(Review.state)).all() == [ReviewState.OPEN]
    sign(vera, here)


def test_only_directors_begin_and_sign_and_others_see_what_is_signed_of_clients_they_see(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    dossier, vera = a_dossier(database, cast, restricted=True), browser_of(cast.vera)
    anna, boris = browser_of(cast.anna), browser_of(cast.boris)
    assert anna.post(dossier.url).status_code == 403
    assert anna.get(dossier.url).status_code == 200
    here = begin(vera, dossier)
    assert here not in anna.get(dossier.url).text
    assert here in vera.get(dossier.url).text
    vera.post(
        f"{here}/follow-ups", data={"what": "Call", "user": cast.anna.id, "due": "2026-04-01"}
    )
    sign(vera, here)
    assert here in anna.get(dossier.url).text
    assert here in anna.get("/reviews").text
    with database.reading() as session:
        task = session.scalars(select(FollowUp.id)).one()
    for address in (dossier.url, here, f"{here}/dossier", f"/api{dossier.url}", f"/api{here}"):
        assert anna.get(address).status_code == 200, address
        assert boris.get(address).status_code == 404, address
    assert "Romashka" not in boris.get("/reviews").text
    assert boris.post(f"/follow-ups/{task}/end", data={"result": "x"}).status_code == 404
    assert boris.get("/api/follow-ups").json == {"follow_ups": []}
    mine = json.loads(anna.get("/api/follow-ups").text)["follow_ups"]
    assert [one["what"] for one in mine] == ["Call"]
    assert json.loads(anna.get(f"/api{here}").text)["snapshot"]["contracts"]


def test_every_deed_has_a_way_back_but_what_is_signed_stays(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    dossier, vera, anna = a_dossier(database, cast), browser_of(cast.vera), browser_of(cast.anna)
    here = begin(vera, dossier)
    form = {"what": "Call", "user": cast.anna.id, "due": "2026-04-01"}
    vera.post(f"{here}/follow-ups", data=form)
    undo(vera, database, dossier.client)
    assert given_in(vera, here) == []
    undo(vera, database, dossier.client)
    assert len(given_in(vera, here)) == 1
    vera.post(f"{here}/drop")
    assert "This review was left unsigned" in vera.get(here).text
    undo(vera, database, dossier.client)
    assert "This review was left unsigned" not in vera.get(here).text
    sign(vera, here)
    undo(vera, database, dossier.client)
    with database.reading() as session:
        review = session.scalars(select(Review)).one()
        assert review.state is ReviewState.SIGNED
        assert is_intact(session, review)
        task = session.scalars(select(FollowUp.id)).one()
    anna.post(f"/follow-ups/{task}/end", data={"result": "Done it"})
    assert state_of(database) is FollowUpState.DONE
    undo(anna, database, dossier.client)
    assert state_of(database) is FollowUpState.OPEN
    undo(anna, database, dossier.client)
    assert state_of(database) is FollowUpState.DONE
    anna.post(f"/follow-ups/{task}/reopen")
    assert state_of(database) is FollowUpState.OPEN


def undo(browser: FlaskClient, database: Database, client_id: int) -> None:
    """Take the newest change of the dossier back."""
    with database.reading() as session:
        own = select(Change.id).where(Change.client_id == client_id)
        newest = session.scalars(own.order_by(Change.id.desc())).first()
    browser.post(f"/clients/{client_id}/changes/{newest}/undo")


def state_of(database: Database) -> FollowUpState:
    with database.reading() as session:
        return session.scalars(select(FollowUp.state)).one()


def given_in(browser: FlaskClient, here: str) -> list[str]:
    return [line for line in browser.get(here).text.splitlines() if 'class="review-task"' in line]


def test_a_seal_shows_that_something_was_changed_behind_the_programs_back(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    dossier, vera = a_dossier(database, cast), browser_of(cast.vera)
    here = begin(vera, dossier)
    sign(vera, here)
    with database.transaction() as session:
        review = session.scalars(select(Review)).one()
        changed = json.loads(json.dumps(review.snapshot))
        changed["contracts"] = {}
        review.snapshot = changed
    assert "the seal does not fit" in vera.get(here).text


def test_a_review_asks_as_much_for_many_changes_as_for_few(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    dossier, vera = a_dossier(database, cast), browser_of(cast.vera)
    sign(vera, begin(vera, dossier))
    here = begin(vera, dossier)
    clock.forward(days=20)
    sent = []
    for _time in range(2):
        with database.transaction() as session:
            pen = pen_of(session, cast.anna, session.get_one(Client, dossier.client), CHANGED)
            for number in range(1 + 10 * _time):
                place = add_position(pen, Wanted(f"Seat {_time} {number}"), dossier.boss)[1]
                change_position(pen, place, Wanted(f"Chair {_time} {number}"))
        vera.get(here)
        with counting(database) as statements:
            assert vera.get(here).status_code == 200
        sent.append(len(statements))
    assert sent[0] == sent[1]


def test_a_review_of_the_client_as_a_whole_needs_no_contract_and_is_begun_once(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    dossier, vera = a_dossier(database, cast), browser_of(cast.vera)
    here = vera.post(dossier.url, data={"contract": ""}).location
    assert vera.post(dossier.url).location == here
    assert vera.post(dossier.url, data={"contract": "999"}).location == here
    vera.post(f"{here}/drop")
    assert vera.post(dossier.url, data={"contract": "999"}).status_code == 404


def test_wait_and_see_is_no_verdict_near_to_the_end_of_the_contract(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    dossier = a_dossier(database, cast)
    vera = browser_of(cast.vera)
    address = begin(vera, dossier)
    assert 'value="wait"' in vera.get(address).text
    clock.forward(days=250)
    vera = browser_of(cast.vera)
    page = vera.get(address).text
    assert 'value="wait"' not in page
    assert 'value="at_risk"' in page
    form = {"verdict": "wait", "words": "Later.", "read": read_of(vera, address)}
    answer = vera.post(f"{address}/sign", data=form)
    assert answer.status_code == 422
    assert "no answer any more" in answer.text
    assert "Later." in answer.text
    with database.reading() as session:
        assert session.scalars(select(Review.state)).one() is ReviewState.OPEN
