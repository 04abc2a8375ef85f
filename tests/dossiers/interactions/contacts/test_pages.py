"""The contact log in the browser: noting, reading, correcting, taking back; and who sees it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from dossiers.clients.models import Client
from dossiers.facts.models import Change
from dossiers.interactions.models import (
    Interaction,
    InteractionText,
    Promise,
    QuotedPage,
    TheirPart,
)
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.persons import add_person
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.dossiers import make_client, pen_of, person_id_of
from tests.factories.renewals import make_contract, make_interaction
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.content import Content
from wiki.pages.revisions import Deed
from wiki.pages.saving import Desk, Draft, new_page, save_page
from wiki.rendering.pool import RenderPool

BrowserOf = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"


def a_client(database: Database, cast: Cast, restricted: bool = False) -> tuple[int, int]:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka", restricted)
        return client.id, person_id_of(pen_of(session, cast.anna, client), "Olga Petrova")


def rows(database: Database) -> list[Interaction]:
    with database.reading() as session:
        return list(session.scalars(select(Interaction).order_by(Interaction.id)))


def note(browser: FlaskClient, client_id: int, **fields: object) -> tuple[int, str]:
    form = {"kind": "call", "at": "2026-03-02T08:30", **fields}
    answer = browser.post(f"/clients/{client_id}/contacts", data=form, follow_redirects=True)
    return answer.status_code, answer.text


@pytest.fixture
def client(database: Database, cast: Cast, clock: SetClock) -> tuple[int, int]:
    return a_client(database, cast)


def test_a_call_is_noted_with_whom_what_and_what_was_promised(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    client_id, olga = client
    status, page = note(
        browser_of(cast.anna), client_id, person=olga, text="She wants **two** more.",
        **{"promise-1-what": "Send the offer", "promise-1-due": "2026-03-09"},
    )  # fmt: skip
    assert status == 200
    assert "<strong>two</strong>" in page
    assert "Olga Petrova" in page
    assert "Send the offer" in page
    with database.reading() as session:
        row = session.scalars(select(Interaction)).one()
        promise = session.scalars(select(Promise)).one()
        assert row.summary == "She wants two more."
        assert (promise.interaction_id, promise.person_id) == (row.id, olga)
        assert promise.by_us
        assert promise.due_on == date(2026, 3, 9)


def test_the_same_sent_twice_is_one_contact(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    for _time in range(2):
        note(browser_of(cast.anna), client[0], text="Once.")
    assert len(rows(database)) == 1
    note(browser_of(cast.anna), client[0], text="Once more.")
    assert len(rows(database)) == 2


def test_a_new_name_is_refused_with_all_that_was_typed_until_it_may_be_added(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    status, page = note(browser_of(cast.anna), client[0], text="Hello", others="Pavel Orlov")
    assert status == 422
    assert "Pavel Orlov" in page
    assert "Hello" in page
    assert not rows(database)
    status, page = note(
        browser_of(cast.anna), client[0], text="Hello", others="Pavel Orlov", add_people="1"
    )
    assert status == 200
    assert "Pavel Orlov" in page
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(TheirPart)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"at": "2026-03-05T10:00", "text": "to come"},
        {"at": "yesterday", "text": "no day"},
        {"text": ""},
        {"text": "x" * 20_001},
        {"text": "ok", "kind": "dance"},
        {"text": "ok", "next_on": "2026-02-01"},
        {"text": "ok", "promise-1-what": "no day"},
        {"text": "ok", "topic": "run-x"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(
    database: Database,
    cast: Cast,
    browser_of: BrowserOf,
    client: tuple[int, int],
    fields: dict[str, object],
) -> None:
    status, page = note(browser_of(cast.anna), client[0], **fields)
    assert status == 422
    assert str(fields.get("text", "")) in page
    assert not rows(database)


def test_a_link_leads_to_the_version_that_was_quoted_also_after_a_correction(
    database: Database,
    cast: Cast,
    browser_of: BrowserOf,
    client: tuple[int, int],
    render_pool: RenderPool,
) -> None:
    desk = Desk(database, render_pool)
    one = new_page(desk, cast.anna, "en", Content("Scale", "old", {}, (), None), Deed())
    browser = browser_of(cast.anna)
    text = f"See [[Scale]] and [it](/pages/{one.page_id}-scale)."
    assert note(browser, client[0], text=text)[0] == 200
    save_page(desk, cast.anna, one.page_id, Draft(Content("Scale", "new", {}, (), None), 1))
    row = rows(database)[0]
    form = {"kind": "call", "at": "2026-03-02T08:30", "text": text + " Yes.", "base": "1"}
    page = browser.post(f"/contacts/{row.id}/correct", data=form, follow_redirects=True).text
    assert page.count(f'href="/pages/{one.page_id}/revisions/1"') == 3
    assert f"/pages/{one.page_id}/compare?from=1&amp;to=2" in page
    with database.reading() as session:
        assert set(session.scalars(select(QuotedPage.revision))) == {1}


def test_a_correction_is_a_version_that_can_be_compared_and_taken_back(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    browser = browser_of(cast.anna)
    note(browser, client[0], text="They buy six.", person=client[1])
    row = rows(database)[0]
    form = {"kind": "meeting", "at": "2026-03-02T08:30", "text": "They buy ten.", "base": "1"}
    assert browser.post(f"/contacts/{row.id}/correct", data=form).status_code == 302
    page = browser.get(f"/contacts/{row.id}/compare").text
    assert "<del>six</del>" in page
    assert "<ins>ten</ins>" in page
    with database.reading() as session:
        change = session.scalars(select(Change.id).where(Change.action == "correct contact")).one()
    undone = browser.post(f"/clients/{client[0]}/changes/{change}/undo", data={})
    assert undone.status_code == 302
    with database.reading() as session:
        assert session.get_one(InteractionText, (row.id, 3)).body == "They buy six.\n"
        assert session.get_one(Interaction, row.id).kind == "call"
        assert session.scalar(select(TheirPart.person_id)) == client[1]


def test_whoever_saves_on_an_older_text_is_told_and_keeps_what_was_typed(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    browser = browser_of(cast.anna)
    note(browser, client[0], text="First.")
    row = rows(database)[0]
    form = {"kind": "call", "at": "2026-03-02T08:30", "base": "1"}
    browser.post(f"/contacts/{row.id}/correct", data={**form, "text": "Second."})
    late = browser.post(f"/contacts/{row.id}/correct", data={**form, "text": "Late."})
    assert late.status_code == 409
    assert "Late." in late.text
    assert 'value="2"' in late.text


def test_a_contact_leaves_the_log_and_comes_back_by_its_button_and_by_undoing(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    browser, log = browser_of(cast.anna), f"/clients/{client[0]}/contacts"
    note(browser, client[0], text="Remember the garden.")
    row = rows(database)[0]
    browser.post(f"/contacts/{row.id}/take-back")
    browser.get(log)
    assert 'class="prose contact-said"' not in browser.get(log).text
    assert 'class="prose contact-said"' in browser.get(f"{log}?show=away").text
    browser.post(f"/contacts/{row.id}/bring-back")
    assert 'class="prose contact-said"' in browser.get(log).text
    browser.post(f"/clients/{client[0]}/changes/{row.change_id}/undo", data={})
    assert 'class="prose contact-said"' not in browser.get(log).text


def test_a_restricted_client_has_no_contacts_for_others(
    database: Database, cast: Cast, browser_of: BrowserOf, clock: SetClock
) -> None:
    client_id, _olga = a_client(database, cast, restricted=True)
    note(browser_of(cast.anna), client_id, text="Secret.")
    row = rows(database)[0]
    doors = (
        f"/clients/{client_id}/contacts",
        f"/clients/{client_id}/contacts.csv",
        f"/contacts/{row.id}",
        f"/contacts/{row.id}/compare",
    )
    for door in doors:
        assert browser_of(cast.anna).get(door).status_code == 200
        assert browser_of(cast.boris).get(door).status_code == 404
    form = {"kind": "call", "at": "2026-03-02T08:30", "text": "Mine."}
    for door in (doors[0], f"/contacts/{row.id}/correct", f"/contacts/{row.id}/take-back"):
        assert browser_of(cast.boris).post(door, data=form).status_code == 404
    assert len(rows(database)) == 1
    assert rows(database)[0].taken_back_in is None


def test_who_may_only_read_a_dossier_sees_no_form_and_cannot_note(
    cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    door = f"/clients/{client[0]}/contacts"
    assert "Note a contact" in browser_of(cast.anna).get(door).text
    answer = browser_of(cast.boris).get(door)
    assert answer.status_code == 200
    assert "Note a contact" not in answer.text
    assert browser_of(cast.boris).post(door, data={"text": "x"}).status_code == 403


def test_hostile_text_is_shown_as_text(
    cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    fields = {"promise-1-what": HOSTILE, "promise-1-due": "2026-03-09"}
    status, page = note(
        browser_of(cast.anna), client[0], text=HOSTILE, others=HOSTILE, add_people="1", **fields
    )
    assert status == 200
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page


def test_filters_narrow_the_log_and_the_file_alike(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    with database.transaction() as session:
        owner = session.get_one(Client, client[0])
        make_interaction(session, cast.anna, owner, date(2026, 1, 5), "=January", (client[1],))
        make_interaction(session, cast.vera, owner, date(2026, 2, 5), "February")
    browser, door = browser_of(cast.anna), f"/clients/{client[0]}/contacts"
    asked = {
        "?until=2026-01-31": (True, False),
        "?since=2026-02-01": (False, True),
        f"?person={client[1]}": (True, False),
        f"?by={cast.vera.id}": (False, True),
        "?kind=call": (True, True),
        "?kind=letter": (False, False),
    }
    for query, expected in asked.items():
        for address in (door + query, door + ".csv" + query):
            text = browser.get(address).text
            assert ("January" in text, "February" in text) == expected, address
    assert "'=January" in browser.get(door + ".csv").text


def test_a_long_log_has_parts(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    with database.transaction() as session:
        owner = session.get_one(Client, client[0])
        for day in range(30):
            when = date(2026, 1, 1) + timedelta(days=day)
            make_interaction(session, cast.anna, owner, when, f"Day {day}.", (client[1],))
    page = browser_of(cast.anna).get(f"/clients/{client[0]}/contacts").text
    assert "Day 29." in page
    assert "Day 4." not in page
    before = page.split("before=")[1].split('"')[0]
    later = browser_of(cast.anna).get(f"/clients/{client[0]}/contacts?before={before}").text
    assert "Day 4." in later
    assert "Day 29." not in later


def test_no_page_costs_more_statements_when_more_was_said(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    browser, log = browser_of(cast.anna), f"/clients/{client[0]}/contacts"
    pages = (log, f"{log}.csv", "/contacts/1", "/contacts/1/correct", "/contacts/1/compare")

    def costs(days: range) -> list[int]:
        with database.transaction() as session:
            owner = session.get_one(Client, client[0])
            for day in days:
                when = date(2026, 1, 1) + timedelta(days=day)
                make_interaction(session, cast.anna, owner, when, f"Day {day}.", (client[1],))
        found = []
        for page in pages:
            with counting(database) as sent:
                assert browser.get(page).status_code == 200
            found.append(len(sent))
        return found

    few = costs(range(3))
    assert costs(range(3, 20)) == few


def test_a_name_that_two_people_share_is_never_the_first_of_them(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    client_id, _olga = client
    with database.transaction() as session:
        pen = open_dossier(session, cast.anna, client_id)
        twins = [add_person(pen, "Ivan Ivanov")[1].id for _twin in range(2)]
    anna = browser_of(cast.anna)
    status, page = note(anna, client_id, others="Ivan Ivanov", add_people="1", text="Said.")
    assert status == 422
    assert "not just one person called" in page
    assert rows(database) == []
    numbered = f"Ivan Ivanov · № {twins[1]}"
    assert note(anna, client_id, others=numbered, add_people="1", text="Said.")[0] == 200
    with database.reading() as session:
        assert session.scalars(select(TheirPart.person_id)).all() == [twins[1]]


def test_a_call_can_be_about_a_contract_of_the_dossier_and_of_no_other(
    database: Database, cast: Cast, browser_of: BrowserOf, client: tuple[int, int]
) -> None:
    client_id, olga = client
    with database.transaction() as session:
        ours = session.get_one(Client, client_id)
        mine = make_contract(session, cast.anna, ours, date(2027, 1, 1), "K-17").id
        other = make_client(session, cast.anna, "Vasilek")
        foreign = make_contract(session, cast.anna, other, date(2027, 1, 1), "K-99").id
    anna = browser_of(cast.anna)
    form = anna.get(f"/clients/{client_id}/contacts").text
    assert "Contract: K-17" in form
    assert "K-99" not in form
    assert note(anna, client_id, person=olga, topic=f"contract-{foreign}")[0] == 404
    assert rows(database) == []
    status, page = note(anna, client_id, person=olga, topic=f"contract-{mine}")
    assert status == 200
    assert f'<a href="/contracts/{mine}">K-17</a>' in page
