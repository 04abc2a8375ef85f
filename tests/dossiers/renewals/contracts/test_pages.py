"""The pages of contracts."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.conftest import Cast
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"


def test_a_contract_is_written_changed_and_followed(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        ident = make_client(session, cast.anna, restricted=True).id
    anna, boris = browser_of(cast.anna), browser_of(cast.boris)
    typed = {"number": HOSTILE, "starts_on": "2026-01-01", "ends_on": "2027-01-01"}
    assert anna.get(f"/clients/{ident}/contracts/new").status_code == 200
    told = anna.post(f"/clients/{ident}/contracts/new", data={**typed, "ends_on": "2025-01-01"})
    assert told.status_code == 422
    assert "2025-01-01" in told.text
    made = anna.post(
        f"/clients/{ident}/contracts/new", data={**typed, "value": "1 200,50", "currency": "RUB"}
    )
    here = made.headers["Location"]
    anna.post(f"{here}/edit", data={**typed, "base": "1", "subject": "Flour", "owner_id": ""})
    page = anna.get(here)
    assert "Flour" in page.text
    assert HOSTILE not in page.text
    after = {**typed, "number": "K-2", "starts_on": "2027-01-02", "ends_on": ""}
    assert anna.post(f"{here}/succeed", data=after).status_code == 302
    lost = anna.post(f"{here}/state", data={"state": "lost"})
    assert lost.status_code == 422
    assert anna.post(f"{here}/versions/1/restore").status_code == 302
    assert anna.post(f"{here}/archive").status_code == 302
    for address in ("/contracts", f"/clients/{ident}/contracts", here):
        assert "K-2" in anna.get(address).text or address == here
    for address in (f"/clients/{ident}/contracts", here, f"{here}/edit"):
        assert boris.get(address).status_code == 404
    assert "K-2" not in boris.get("/contracts").text
