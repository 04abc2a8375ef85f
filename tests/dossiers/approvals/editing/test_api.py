"""The programs' door to editing: edits are done and drawn, versions saved, disputes decided."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dossiers.approvals.document import plain_document
from dossiers.approvals.paths.queries import version_numbered
from dossiers.clients.models import Client
from dossiers.people.editing.positions import Wanted, add_position
from dossiers.people.kinds import PositionKind
from tests.conftest import Cast, SetClock
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]
Place = tuple[int, int]
Plain = dict[str, Any]
STEP = {"title": "Tax", "kind": "legal"}


@pytest.fixture
def place(database: Database, cast: Cast, clock: SetClock) -> Place:
    """A client of Anna's team and its path."""
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        return client.id, make_path(session, cast.anna, client).path.id


@pytest.fixture
def lawyer(database: Database, cast: Cast, clock: SetClock, place: Place) -> int:
    """A position of the client with a holder."""
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, session.get_one(Client, place[0]))
        for holder in ("Oleg Orlov", "Vera Volkova"):
            member = Wanted("Member", unit="Board", kind=PositionKind.COMMITTEE)
            add_position(pen, member, None)
            seat(pen, holder)
        return seat(pen, "Lawyer", name="Olga Petrova")


def draw(browser: FlaskClient, place: Place, document: Plain, **edit: object) -> TestResponse:
    asked = {"document": document, "edit": edit or None}
    return browser.post(f"/api/clients/{place[0]}/paths/drawn", json=asked)


def usual() -> Plain:
    return plain_document(usual_document())


def titled(document: Plain, code: str, title: str) -> Plain:
    steps = [{**s, "title": title} if s["code"] == code else s for s in document["steps"]]
    return {**document, "steps": steps}


def after(document: Plain) -> dict[str, list[str]]:
    return {step["title"]: step["after"] for step in document["steps"]}


def test_a_path_is_drawn_with_numbers_flaws_and_the_fields_of_every_step(
    cast: Cast, browser_of: BrowserOf, place: Place
) -> None:
    drawn = draw(browser_of(cast.anna), place, usual())

    assert drawn.status_code == 200
    assert drawn.json["numbers"]["security"] == "2b"
    assert len(drawn.json["drawing"]["boxes"]) == 5
    assert drawn.json["flaws"] == []
    assert drawn.json["fields"]["board"]["amount_from"] == ["3 000 000"]
    assert drawn.json["document"] == usual()


@pytest.mark.parametrize(
    ("put", "expected"),
    [
        ({"where": "first"}, []),
        ({"where": "last"}, ["sign"]),
        ({"where": "after", "step": "legal"}, ["legal"]),
        ({"where": "beside", "step": "legal"}, ["request"]),
        ({"where": "between", "firsts": ["request"], "seconds": ["legal"]}, ["request"]),
        (
            {"where": "between", "firsts": ["legal", "security"], "seconds": ["board"]},
            ["legal", "security"],
        ),
    ],
)
def test_a_step_is_added_and_moved_to_every_kind_of_place(
    cast: Cast, browser_of: BrowserOf, place: Place, put: Plain, expected: list[str]
) -> None:
    browser = browser_of(cast.anna)
    added = draw(browser, place, usual(), do="add", put=put, step=STEP)
    assert after(added.json["document"])["Tax"] == expected

    new = added.json["step"]
    away = draw(browser, place, added.json["document"], do="move", code=new, put={"where": "last"})
    back = draw(browser, place, away.json["document"], do="move", code=new, put=put)
    assert after(back.json["document"]) == after(added.json["document"])


def test_steps_are_changed_removed_joined_and_parted(
    cast: Cast, browser_of: BrowserOf, place: Place
) -> None:
    browser = browser_of(cast.anna)
    step = {**usual()["steps"][1], "title": "Lawyers", "after": ["sign"]}
    changed = draw(browser, place, usual(), do="change", step=step).json
    assert after(changed["document"])["Lawyers"] == ["request"]

    removed = draw(browser, place, usual(), do="remove", code="board").json["document"]
    assert after(removed)["Sign"] == ["legal", "security"]
    joined = draw(browser, place, usual(), do="join", first="legal", second="security").json
    assert after(joined["document"])["Security"] == ["legal"]
    parted = draw(
        browser, place, joined["document"], do="part", firsts=["legal"], seconds=["security"]
    ).json
    assert after(parted["document"])["Security"] == ["request"]


def test_what_the_form_of_a_step_says_is_read_as_the_plain_page_reads_it(
    cast: Cast, browser_of: BrowserOf, place: Place, lawyer: int
) -> None:
    browser = browser_of(cast.anna)
    fields = draw(browser, place, usual()).json["fields"]["sign"]
    said = {
        **fields,
        "positions": [f"Lawyer – Olga Petrova · № {lawyer}"],
        "amount_from": ["2,5 млн"],
        "new_vendor": ["yes"],
        "tags": ["lease, import"],
        "weekday": ["1"],
        "nths": ["1", "3"],
        "frozen": ["20.12–10.01"],
        "limit": ["5 000 000"],
    }
    filled = draw(browser, place, usual(), do="fill", code="sign", values=said)
    assert filled.status_code == 200, filled.json
    step = filled.json["document"]["steps"][4]

    assert step["positions"] == [lawyer]
    assert step["condition"]["amount_from"] == "2500000"
    assert step["condition"]["tags"] == ["import", "lease"]
    assert step["meetings"] == {"weekday": 1, "nths": [1, 3], "counted_from": None}
    assert step["frozen"] == [{"start": [12, 20], "end": [1, 10]}]
    assert filled.json["flaws"] != []
    again = draw(
        browser,
        place,
        filled.json["document"],
        do="fill",
        code="sign",
        values=filled.json["fields"]["sign"],
    )
    assert again.json["document"] == filled.json["document"]


def test_wrong_fields_are_told_by_name_and_nothing_changes(
    cast: Cast, browser_of: BrowserOf, place: Place
) -> None:
    browser = browser_of(cast.anna)
    fields = draw(browser, place, usual()).json["fields"]["sign"]
    wrong = {**fields, "title": [""], "positions": ["Nobody"], "amount_from": ["much"]}
    refused = draw(browser, place, usual(), do="fill", code="sign", values=wrong)

    assert refused.status_code == 422
    assert set(refused.json["problems"]) == {"title"}
    wrong["title"] = ["Sign"]
    refused = draw(browser, place, usual(), do="fill", code="sign", values=wrong)
    assert set(refused.json["problems"]) == {"positions", "amount_from"}


def test_circles_and_what_is_too_much_are_refused_in_a_sentence(
    cast: Cast, browser_of: BrowserOf, place: Place
) -> None:
    browser = browser_of(cast.anna)
    circle = draw(browser, place, usual(), do="join", first="sign", second="request")
    many = {
        **usual(),
        "steps": [{**STEP, "code": f"c{number}"} for number in range(101)],
    }
    full = {**many, "steps": many["steps"][:100]}

    assert (circle.status_code, "circle" in circle.json["error"]) == (422, True)
    assert draw(browser, place, many).status_code == 422
    assert draw(browser, place, full).status_code == 200
    added = draw(browser, place, full, do="add", put={"where": "last"}, step=STEP)
    assert added.status_code == 422
    large = draw(browser, place, {"steps": [], "x": "y" * 2_000_001})
    assert large.status_code == 413


def test_titles_of_others_clients_are_never_told(
    database: Database, cast: Cast, browser_of: BrowserOf, place: Place
) -> None:
    with database.transaction() as session:
        other = make_client(session, cast.boris, "Secret", restricted=True)
        secret = seat(pen_of(session, cast.boris, other), "Secret title", name="Secret Person")
        hidden = make_path(session, cast.boris, other).path.id
        other_id = other.id
    browser = browser_of(cast.anna)
    document = usual()
    document["steps"][0]["positions"] = [secret]
    drawn = draw(browser, place, document)

    assert drawn.status_code == 200
    assert "Secret" not in drawn.text
    for address in (
        f"/api/clients/{other_id}/paths/drawn",
        f"/api/clients/{other_id}/paths/{hidden}/versions",
        f"/api/clients/{place[0]}/paths/{hidden}/versions",
    ):
        asked = {"document": usual(), **({"base": 1} if "versions" in address else {})}
        assert browser.post(address, json=asked).status_code == 404
    assert browser.get(f"/api/clients/{other_id}/paths/seats").status_code == 404


def test_only_those_who_may_edit_get_in_and_no_foreign_page_can_send_for_them(
    app: Flask, cast: Cast, browser_of: BrowserOf, place: Place
) -> None:
    assert draw(browser_of(cast.boris), place, usual()).status_code == 403
    assert draw(browser_of(cast.nina), place, usual()).status_code == 403
    assert draw(browser_of(cast.vera), place, usual()).status_code == 200
    app.config["WTF_CSRF_ENABLED"] = True
    assert draw(browser_of(cast.anna), place, usual()).status_code == 400


def test_seats_are_found_by_holder_and_a_committee_comes_whole(
    cast: Cast, browser_of: BrowserOf, place: Place, lawyer: int
) -> None:
    browser = browser_of(cast.anna)
    at = f"/api/clients/{place[0]}/paths/seats?q="

    (found,) = browser.get(f"{at}petrova").json["seats"]
    assert (found["id"], found["committee"]) == (lawyer, [])
    members = browser.get(f"{at}member").json["seats"]
    assert len(members) == 2
    assert all(one["body"] == "Board" and len(one["committee"]) == 2 for one in members)


def save(browser: FlaskClient, place: Place, **asked: object) -> TestResponse:
    return browser.post(f"/api/clients/{place[0]}/paths/{place[1]}/versions", json=asked)


def test_a_version_is_saved_and_what_others_saved_meanwhile_is_joined(
    database: Database, cast: Cast, browser_of: BrowserOf, place: Place
) -> None:
    mine, theirs = titled(usual(), "legal", "Mine"), titled(usual(), "sign", "Theirs")
    assert save(browser_of(cast.vera), place, document=theirs, base=1).json["number"] == 2
    saved = save(browser_of(cast.anna), place, document=mine, base=1, why="Told by Olga")

    assert (saved.json["number"], saved.json["merged"]) == (3, True)
    with database.reading() as session:
        version = version_numbered(session, place[1], 3)
        assert version.document.by_code["legal"].title == "Mine"
        assert version.document.by_code["sign"].title == "Theirs"
        assert version.row.why == "Told by Olga"


def test_a_dispute_is_told_field_by_field_and_decided_place_by_place(
    database: Database, cast: Cast, browser_of: BrowserOf, place: Place
) -> None:
    anna = browser_of(cast.anna)
    theirs = titled(titled(usual(), "legal", "Theirs"), "sign", "Theirs")
    mine = titled(titled(usual(), "legal", "Mine"), "sign", "Mine")
    save(browser_of(cast.vera), place, document=theirs, base=1)
    clash = save(anna, place, document=mine, base=1)

    assert clash.status_code == 409
    assert {(one["step"], one["field"]) for one in clash.json["disputed"]} == {
        ("legal", "title"),
        ("sign", "title"),
    }
    settled = save(
        anna,
        place,
        document=mine,
        base=1,
        over=clash.json["number"],
        theirs=[{"step": "sign", "field": "title"}],
    )
    assert settled.json["number"] == 3
    with database.reading() as session:
        steps = version_numbered(session, place[1], 3).document.by_code
        assert (steps["legal"].title, steps["sign"].title) == ("Mine", "Theirs")


def test_a_decision_about_an_older_version_is_asked_again(
    cast: Cast, browser_of: BrowserOf, place: Place
) -> None:
    vera, anna = browser_of(cast.vera), browser_of(cast.anna)
    save(vera, place, document=titled(usual(), "legal", "Theirs"), base=1)
    save(vera, place, document=titled(usual(), "legal", "Newer"), base=2)
    mine = titled(usual(), "legal", "Mine")
    late = save(anna, place, document=mine, base=1, over=2)

    assert (late.status_code, late.json["number"]) == (409, 3)
    assert save(anna, place, document=mine, base=1, over=3).json["number"] == 4
