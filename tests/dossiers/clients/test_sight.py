"""A restricted client does not exist for those who may not see it, whichever way they ask."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.clients.kinds import Duty
from dossiers.clients.models import Client
from dossiers.clients.services.managers import assign
from dossiers.clients.services.notes import start_notes
from dossiers.clients.services.standing import open_client, restrict_client
from search.indexing import keep_current, keep_past_current
from tests.conftest import Cast, SetClock
from tests.dossiers.clients.making import made, since
from tests.factories.files import picture
from tests.factories.pages import desk_of, rewrite_page, write_page
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.database import Database
from wiki.files.models import Attachment
from wiki.pages.comments.services import add_comment
from wiki.pages.models import Page
from wiki.pages.redrawing import redraw_stale
from wiki.pages.transfer.exporting import export_tree
from wiki.pages.transfer.workshop import workshop_of
from wiki.pages.watching.services import Target, watch

Browser = Callable[[Actor | None], FlaskClient]
TODAY = since(2026, 3, 2)


@dataclass(frozen=True)
class Secret:
    """A client with everything that can hang on one."""

    client: int
    page: int
    file: int
    child: int

    @property
    def own(self) -> dict[str, str]:
        """Addresses of the client itself: there for those who see it, 404 for others."""
        return {
            "dossier": f"/clients/{self.client}",
            "history": f"/clients/{self.client}/history",
            "team": f"/clients/{self.client}/team",
            "api": f"/api/clients/{self.client}",
            "api managers": f"/api/clients/{self.client}/managers",
            "notes": f"/pages/{self.page}",
            "history of the notes": f"/pages/{self.page}/history",
            "version of the notes": f"/pages/{self.page}/revisions/1",
            "discussion": f"/pages/{self.page}/comments",
            "source": f"/pages/{self.page}/source",
            "backlinks": f"/pages/{self.page}/links",
            "api notes": f"/api/pages/{self.page}",
            "by title": "/pages/by-title/Sekretnik",
            "file": f"/files/{self.file}/sekretnik.png",
            "about the file": f"/files/{self.file}/about",
        }

    @property
    def lists(self) -> dict[str, str]:
        """Addresses on which those who see the client meet its name or words."""
        return {
            "list": "/clients",
            "list of all": "/clients?sort=newest",
            "filtered": "/clients?text=sekretnik",
            "a segment": "/clients?segment=Sekretsegment",
            "a manager": f"/clients?manager={self._boris}",
            "api list": "/api/clients",
            "holding": f"/clients/{self.child}",
            "history of the child": f"/clients/{self.child}/history",
            "edit the child": f"/clients/{self.child}/edit",
            "offers": "/clients/new",
            "start": "/",
            "changes": "/changes",
            "notices": "/notices",
            "watched": "/watching",
            "titles": "/pages/titles?q=sekret",
            "tag": "/tags/sekrettag",
            "files": "/files",
            "orphans": "/pages/orphans",
            "api pages": "/api/pages",
            "search": "/search?q=sekretnik",
            "search for a client": "/search?q=kind:client+sekretnik",
            "search of the notes": "/search?q=sekretwort",
            "search of the comment": "/search?q=sekretgespraech",
            "search of the past": "/search?q=sekretalt&as_of=2026-03-02",
            "search of the file": "/search?q=kind:file",
            "hints": "/search/suggest?q=sekretn",
            "api search": "/api/search?q=sekretnik",
        }

    _boris: int = 0


@pytest.fixture
def secret(app: Flask, cast: Cast, database: Database, clock: SetClock) -> Secret:
    """A client that everybody saw until it was restricted to anna's team a moment ago."""
    found = furnish(app, cast, database, clock)
    settle(app, database)
    with database.transaction() as session:
        restrict_client(session, cast.anna, found.client, TODAY)
    return found


def furnish(app: Flask, cast: Cast, database: Database, hands: SetClock) -> Secret:
    client = made(
        database, cast.anna, "Sekretnik", segment="Sekretsegment", region="Sekretregion",
        domains=("sekretnik.ru",), tags=("sekrettag",),
    )  # fmt: skip
    child = made(database, cast.boris, "Child", parent=client)
    page = start_notes(desk_of(app), cast.anna, client)
    file = upload(app, cast.anna, page)
    picture_here = f"![](/files/{file}/sekretnik.png)"
    rewrite_page(app, cast.anna, page, body=f"Sekretalt. {picture_here}\n")
    with database.transaction() as session:
        assign(session, cast.anna, client, cast.boris.id, Duty.MEMBER, TODAY)
        add_comment(session, cast.boris, page, "Sekretgespraech")
        for person in (cast.boris, cast.vera):
            watch(session, person, Target("page", page))
    tags = ("sekrettag",)
    hands.forward(days=1)
    rewrite_page(app, cast.anna, page, body=f"Sekretwort. {picture_here}\n", tags=tags)
    return Secret(client, page, file, child, cast.boris.id)


def upload(app: Flask, actor: Actor, page: int) -> int:
    """A picture put into the editor of the page."""
    data = {"file": (BytesIO(picture()), "sekretnik.png"), "page_id": str(page)}
    headers = {"Accept": "application/json"}
    answer = app.test_client(user=actor).post("/files", data=data, headers=headers)
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


def settle(app: Flask, database: Database) -> None:
    """Let the worker do what it has to: draw anew, index."""
    redraw_stale(desk_of(app))
    while keep_current(database, app.extensions["search"]):
        pass
    while keep_past_current(database, app.extensions["search"]):
        pass


def meets(browser: FlaskClient, address: str) -> bool:
    """Whether anything of the client is in the answer, besides what the asker typed."""
    answer = browser.get(address, follow_redirects=True)
    assert answer.status_code < 500, address
    if "/search" in address or "/tags" in address:
        # These repeat the question; only what was found counts.
        marks = ("data-opened", "/pages/1", "/clients/1", "/files/1", '"hits":[{')
        return any(mark in answer.text for mark in marks)
    typed = address.rpartition("=")[2].casefold()
    return "sekret" in answer.text.casefold().replace(f'"{typed}"', "")


def where(browser: FlaskClient, addresses: dict[str, str]) -> set[str]:
    """The names of the addresses on which the client is met."""
    return {name for name, address in addresses.items() if meets(browser, address)}


def found_at(browser: FlaskClient, addresses: dict[str, str]) -> set[str]:
    """The names of the addresses that are there."""
    return {name for name, address in addresses.items() if status_of(browser, address) == 200}


def status_of(browser: FlaskClient, address: str) -> int:
    with browser.get(address, follow_redirects=True) as answer:
        return answer.status_code


#: boris watched the notes and was told; the other lists show to each their own.
OF_BORIS_ALONE = {"start", "notices", "watched", "a manager", "edit the child"}


def test_before_it_is_restricted_it_is_met_everywhere(
    app: Flask, cast: Cast, database: Database, browser_of: Browser, clock: SetClock
) -> None:
    known = furnish(app, cast, database, clock)
    settle(app, database)
    boris = browser_of(cast.boris)
    assert found_at(boris, known.own) == set(known.own)
    assert where(boris, known.lists) == set(known.lists)


@pytest.mark.parametrize("drained", [False, True])
def test_once_restricted_it_is_met_nowhere_by_another_team(
    app: Flask, cast: Cast, database: Database, browser_of: Browser, secret: Secret, drained: bool
) -> None:
    if drained:
        settle(app, database)
    boris = browser_of(cast.boris)
    assert found_at(boris, secret.own) == set()
    assert where(boris, secret.lists) == set()


@pytest.mark.parametrize("drained", [False, True])
def test_its_team_and_directors_go_on_as_before(
    app: Flask, cast: Cast, database: Database, browser_of: Browser, secret: Secret, drained: bool
) -> None:
    if drained:
        settle(app, database)
    for person in (cast.anna, cast.nina, cast.vera, cast.adam):
        browser = browser_of(person)
        assert found_at(browser, secret.own) == set(secret.own), person.name
        missed = set(secret.lists) - where(browser, secret.lists)
        assert missed <= OF_BORIS_ALONE | {"offers"}, person.name


def test_nothing_can_be_done_with_it_either(
    cast: Cast, browser_of: Browser, secret: Secret, database: Database
) -> None:
    boris, client, page = browser_of(cast.boris), secret.client, secret.page
    said = {"since": "2026-03-02", "source": "call", "confidence": "sure"}
    answers = [
        boris.get(f"/clients/{client}/edit"),
        *(
            boris.post(f"/clients/{client}/{deed}", data={"team": "1", **said})
            for deed in ("edit", "archive", "bring-back", "restrict", "open", "team", "notes")
        ),
        boris.post(f"/clients/{client}/managers", data={"colleague": "3", "duty": "lead", **said}),
        boris.post(f"/clients/{client}/managers/3/release", data=said),
        boris.post(f"/clients/{client}/changes/1/undo"),
        boris.patch(f"/api/clients/{client}", json={"segment": "x"}),
        boris.post(f"/api/clients/{client}/managers", json={"user": cast.boris.id}),
        boris.get(f"/clients/new?page={page}"),
        boris.get(f"/pages/{page}/edit"),
        boris.post(f"/pages/{page}/comments", data={"text": "x"}),
        boris.post(f"/pages/{page}/watch"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert boris.get("/clients/log").status_code == 403


def test_guesses_at_names_numbers_and_parents_tell_nothing(
    cast: Cast, browser_of: Browser, secret: Secret
) -> None:
    boris = browser_of(cast.boris)
    card = {
        "name": "Sekretnik", "state": "active", "team": str(cast.boris.team_id), "country": "",
        "since": "2026-03-02", "source": "call", "confidence": "sure",
    }  # fmt: skip
    assert boris.post("/clients/new", data=card).status_code == 302
    for parent in ("Sekretsegment", f"/clients/{secret.client}", "/clients/999"):
        answer = boris.post("/clients/new", data={**card, "name": "x", "parent": parent})
        assert (answer.status_code, "not just one client" in answer.text) == (422, True)
    sent = {"name": "y", "parent": secret.client, "source": "call"}
    assert boris.post("/api/clients", json=sent).status_code == 404
    assert boris.post("/api/clients", json={**sent, "parent": 999}).status_code == 404


def test_its_parent_line_stays_when_others_save_the_card(
    cast: Cast, browser_of: Browser, secret: Secret, database: Database
) -> None:
    card = {
        "name": "Child", "state": "active", "segment": "New", "parent": "", "country": "",
        "since": "2026-03-02", "source": "call", "confidence": "sure",
    }  # fmt: skip
    assert (
        browser_of(cast.boris).post(f"/clients/{secret.child}/edit", data=card).status_code == 302
    )
    with database.reading() as session:
        child = session.get_one(Client, secret.child)
        assert (child.segment, child.parent_id) == ("New", secret.client)


def test_the_bell_does_not_ring_for_what_is_hidden(
    cast: Cast, database: Database, secret: Secret
) -> None:
    with database.reading() as session:
        unread = [
            person.unread
            for person in (actor_of(session, cast.boris.id), actor_of(session, cast.vera.id))
            if person
        ]
    assert unread[0] == 0
    assert unread[1] > 0


def test_files_and_links_of_the_notes_follow_the_readers(
    app: Flask, cast: Cast, database: Database, browser_of: Browser, clock: SetClock
) -> None:
    known, boris = furnish(app, cast, database, clock), browser_of(cast.boris)
    public = write_page(app, cast.boris, "Public", "See [[Sekretnik]].")

    def is_linked() -> bool:
        settle(app, database)
        return f"/pages/{known.page}-" in boris.get(f"/pages/{public}", follow_redirects=True).text

    assert is_linked()
    with database.transaction() as session:
        restrict_client(session, cast.anna, known.client, TODAY)
        audience = session.get_one(Attachment, known.file).audience
    assert (audience, is_linked()) == (f"restricted:{cast.anna.team_id}", False)
    with database.transaction() as session:
        open_client(session, cast.anna, known.client, TODAY)
    assert is_linked()
    assert found_at(boris, known.own) == set(known.own)
    with database.reading() as session:
        assert session.get_one(Page, known.page).audience == "all"


def test_the_api_of_a_child_does_not_number_its_hidden_parent(
    cast: Cast, browser_of: Browser, secret: Secret
) -> None:
    address = f"/api/clients/{secret.child}"
    assert "parent" not in browser_of(cast.boris).get(address).json["card"]
    seen = browser_of(cast.anna).get(address).json["card"]
    assert seen["parent"]["value"] == secret.client


def test_a_file_that_a_public_page_shows_stays_public(
    app: Flask, cast: Cast, database: Database, browser_of: Browser, clock: SetClock
) -> None:
    known = furnish(app, cast, database, clock)
    write_page(app, cast.boris, "Gallery", f"![](/files/{known.file}/sekretnik.png)")
    with database.transaction() as session:
        restrict_client(session, cast.anna, known.client, TODAY)
    assert status_of(browser_of(cast.boris), known.own["file"]) == 200
    assert status_of(browser_of(cast.boris), known.own["notes"]) == 404


def test_what_is_written_while_restricted_is_told_to_the_team_alone(
    app: Flask, cast: Cast, database: Database, secret: Secret
) -> None:
    before = unread_of(database, cast)
    rewrite_page(app, cast.anna, secret.page, body="Newer.\n")
    after = unread_of(database, cast)
    assert (after["boris"] - before["boris"], after["vera"] >= before["vera"]) == (0, True)


def unread_of(database: Database, cast: Cast) -> dict[str, int]:
    with database.reading() as session:
        people = {name: actor_of(session, getattr(cast, name).id) for name in ("boris", "vera")}
    return {name: person.unread for name, person in people.items() if person}


def test_notes_whose_title_is_taken_among_the_new_readers_get_a_number(
    app: Flask, cast: Cast, database: Database
) -> None:
    hidden = made(database, cast.anna, "Same", restricted=True)
    page = start_notes(desk_of(app), cast.anna, hidden)
    write_page(app, cast.boris, "Same")
    with database.transaction() as session:
        open_client(session, cast.anna, hidden, TODAY)
    with database.reading() as session:
        row = session.get_one(Page, page)
        assert (row.title, row.current_number, row.audience) == ("Same (2)", 2, "all")
        assert session.scalars(select(Page.title).order_by(Page.id)).all() == ["Same (2)", "Same"]
    rewrite_page(app, cast.anna, page, body="Goes on.\n")


def test_an_export_of_pages_takes_no_notes_along(
    app: Flask, cast: Cast, database: Database, secret: Secret, tmp_path: Any
) -> None:

    write_page(app, cast.boris, "Public")
    export_tree(workshop_of(app), cast.vera, tmp_path / "out")
    told = [path.read_bytes() for path in files_in(tmp_path / "out")]
    assert any(b"Public" in text for text in told)
    assert not any(b"Sekretwort" in text for text in told)


def files_in(folder: Any) -> Iterator[Any]:
    return (path for path in folder.rglob("*") if path.is_file())
