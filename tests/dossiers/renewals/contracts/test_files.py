"""Files of contracts: seen by whoever sees the client, taken away and put back."""

from collections.abc import Callable
from io import BytesIO

from flask.testing import FlaskClient

from dossiers.clients.models import Client
from dossiers.clients.services.standing import restrict_client
from dossiers.facts.models import Change
from dossiers.people.editing.taking_back import take_back
from tests.conftest import Cast
from tests.dossiers.clients.making import ALWAYS_SO, add_client
from tests.factories.dossiers import make_client, pen_of
from tests.factories.renewals import make_contract
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.files.models import Attachment

Browser = Callable[[Actor | None], FlaskClient]


def sent(name: str = "annex.txt") -> dict[str, object]:
    return {"file": (BytesIO(b"Flour at cost."), name)}


def status_of(browser: FlaskClient, address: str) -> int:
    with browser.get(address) as answer:
        return answer.status_code


def test_a_file_is_seen_by_the_readers_of_the_client_alone(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Secret", restricted=True)
        here = f"/contracts/{make_contract(session, cast.anna, client, None).id}"
    anna, boris = browser_of(cast.anna), browser_of(cast.boris)
    assert boris.post(f"{here}/files").status_code == 404
    assert anna.post(f"{here}/files", data={}).status_code == 422
    assert anna.post(f"{here}/files", data=sent("<i>annex.txt")).status_code == 302
    with database.reading() as session:
        file = session.query(Attachment).one()
    address = f"/files/{file.id}/{file.name}"
    page = anna.get(here).text
    assert f"/files/{file.id}/" in page
    assert "<i>annex" not in page
    for who, status in ((cast.anna, 200), (cast.vera, 200), (cast.boris, 404)):
        assert status_of(browser_of(who), address) == status
    assert "Secret: K-1" in anna.get(f"/files/{file.id}/about").text
    assert anna.post(f"{here}/files/{file.id}/remove").status_code == 302
    assert f"/files/{file.id}/" not in anna.get(here).text
    assert anna.post(f"{here}/files/{file.id}/remove").status_code == 404


def test_a_file_comes_back_when_its_going_is_taken_back(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client_id = (client := make_client(session, cast.anna)).id
        here = f"/contracts/{make_contract(session, cast.anna, client, None).id}"
    anna = browser_of(cast.anna)
    anna.post(f"{here}/files", data=sent())
    anna.post(f"{here}/files/1/remove")
    for is_there in (True, False):
        with database.transaction() as session:
            last = session.query(Change).order_by(Change.id.desc()).first()
            assert last
            client = session.get_one(Client, client_id)
            take_back(pen_of(session, cast.anna, client), last.id)
        assert ("annex.txt</a>" in anna.get(here).text) is is_there


def test_files_go_along_when_the_client_is_restricted(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client_id = (client := add_client(session, cast.anna, "Romashka")).id
        here = f"/contracts/{make_contract(session, cast.anna, client, None).id}"
    browser_of(cast.anna).post(f"{here}/files", data=sent())
    assert status_of(browser_of(cast.boris), "/files/1/annex.txt") == 200
    with database.transaction() as session:
        restrict_client(session, cast.vera, client_id, ALWAYS_SO)
    assert status_of(browser_of(cast.boris), "/files/1/annex.txt") == 404
    assert status_of(browser_of(cast.anna), "/files/1/annex.txt") == 200
