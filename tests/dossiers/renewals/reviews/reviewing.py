"""A dossier with something to review, and what a director does with it in the browser."""

import re
from dataclasses import dataclass
from datetime import date

from flask.testing import FlaskClient

from dossiers.people.editing.judging import judge
from dossiers.people.kinds import Aspect, Attitude
from tests.conftest import Cast
from tests.factories.approvals import make_path
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from tests.factories.renewals import make_contract, make_promise
from wiki.database import Database


@dataclass
class Dossier:
    """The numbers of a client, its boss, the buyer below, who holds that place, the contract."""

    client: int
    boss: int
    buyer: int
    olga: int
    contract: int

    @property
    def url(self) -> str:
        """Where its reviews stand."""
        return f"/clients/{self.client}/reviews"


def a_dossier(database: Database, cast: Cast, restricted: bool = False) -> Dossier:
    """Two positions, one person, a path, a contract, a promise of anna's."""
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka", restricted)
        pen = pen_of(session, cast.anna, client)
        boss = seat(pen, "Director general", None, "Pavel Orlov")
        buyer = seat(pen, "Head of purchasing", boss, "Olga Petrova")
        olga = person_id_of(pen, "Olga Petrova")
        judge(pen, olga, Aspect.ATTITUDE, Attitude.NEUTRAL)
        make_path(session, cast.anna, client)
        contract = make_contract(session, cast.anna, client, date(2026, 12, 31))
        make_promise(session, cast.anna, client, date(2026, 3, 20))
        return Dossier(client.id, boss, buyer, olga, contract.id)


def begin(browser: FlaskClient, dossier: Dossier) -> str:
    """The address of a review that the director began."""
    answer = browser.post(dossier.url, data={"contract": dossier.contract})
    assert answer.status_code == 302
    return answer.location


def read_of(browser: FlaskClient, address: str) -> str:
    """What the page says of the dossier that was read."""
    found = re.search(r'name="read" value="([0-9a-f]+)"', browser.get(address).text)
    assert found is not None
    return found[1]


def sign(browser: FlaskClient, address: str, words: str = "Hold on.") -> str:
    """Sign the review with what is on the page; the page that follows."""
    form = {"verdict": "at_risk", "words": words, "read": read_of(browser, address)}
    answer = browser.post(f"{address}/sign", data=form, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text
