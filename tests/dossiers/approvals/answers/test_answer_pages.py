"""The pages of the answer, and the programs' door to it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session

from dossiers.approvals.answers.shapes import AnswerOut
from dossiers.approvals.document import PathDocument
from dossiers.approvals.paths.services import archive_path
from dossiers.approvals.purchases import Condition
from dossiers.approvals.working_days import Frozen
from dossiers.clients.models import Client
from dossiers.people.editing.judging import Acquainted, acquaint, judge
from dossiers.people.kinds import Aspect, Attitude, Coverage
from tests.conftest import Cast
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of, person_id_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database

BrowserOf = Callable[[Actor | None], FlaskClient]

pytestmark = pytest.mark.usefixtures("clock")


@dataclass(frozen=True)
class Made:
    """A client whose path is signed by Olga, with the board above her."""

    client: int
    path: int
    olga: int

    @property
    def page(self) -> str:
        return f"/clients/{self.client}/paths/{self.path}/answer"

    @property
    def api(self) -> str:
        return f"/api{self.page}"


def signed_by_olga(database: Database, cast: Cast, restricted: bool = False) -> Made:
    with database.transaction() as session:
        client = make_client(session, cast.anna, restricted=restricted)
        client.country = "RU"
        pen = pen_of(session, cast.anna, client)
        general = seat(pen, "General director", name="Gleb")
        finance = seat(pen, "Finance director", general, "Olga")
        lawyer = seat(pen, "Lawyer", general)
        document = usual_document({"sign": finance, "legal": lawyer, "board": general})
        document = changed(document, "sign", limit=Decimal(2_000_000), documents=("Charter",))
        path = make_path(session, cast.anna, client, document).path
        return Made(client.id, path.id, person_id_of(pen, "Olga"))


def changed(document: PathDocument, code: str, **fields: Any) -> PathDocument:
    steps = (replace(s, **fields) if s.code == code else s for s in document.steps)
    return replace(document, steps=tuple(steps))


@pytest.fixture
def romashka(database: Database, cast: Cast) -> Made:
    return signed_by_olga(database, cast)


def text_of(browser: FlaskClient, address: str, **query: Any) -> str:
    answer = browser.get(address, query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.text


def refusal_of(browser: FlaskClient, address: str, **query: Any) -> str:
    answer = browser.get(address, query_string=query)
    assert answer.status_code == 422, answer.text
    return answer.text


def json_of(browser: FlaskClient, address: str, **query: Any) -> dict[str, Any]:
    answer = browser.get(address, query_string=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def test_a_deal_of_2_9_and_one_of_3_1_millions_are_answered_differently(
    romashka: Made, cast: Cast, browser_of: BrowserOf
) -> None:
    browser = browser_of(cast.anna)
    below = text_of(browser, romashka.page, amount="2,9 млн", wanted="2026-04-10")
    assert "only from 3,000,000\u00a0RUB" in below
    assert "cannot sign this" in below
    assert "Olga may sign up to 2,000,000\u00a0RUB" in below
    above = text_of(browser, romashka.page, amount="3,1 млн")
    assert "applies because: from 3,000,000\u00a0RUB" in above
    assert "the one who says yes cannot sign this" not in above
    assert "Gleb" in above
    assert "Charter" in above


def test_the_form_is_filled_with_what_was_asked_and_leads_to_a_run(
    romashka: Made, cast: Cast, browser_of: BrowserOf
) -> None:
    asked = {"amount": "2 900 000", "on": "2026-03-09", "deal": "D-1", "wanted": "2026-05-01"}
    shown = text_of(browser_of(cast.anna), romashka.page, **asked)
    assert 'value="2 900 000"' in shown
    assert 'value="2026-03-09"' in shown
    begins = f"/clients/{romashka.client}/paths/{romashka.path}/runs/new?amount=2+900+000"
    assert f'href="{begins}&amp;currency=RUB&amp;on=2026-03-09' in shown
    assert "runs/new" not in text_of(browser_of(cast.nina), romashka.page, **asked)


def test_too_late_is_said_first(romashka: Made, cast: Cast, browser_of: BrowserOf) -> None:
    browser = browser_of(cast.anna)
    late = text_of(browser, romashka.page, amount="1000", wanted="2026-03-10")
    assert "Already too late by 2 working days." in late
    assert late.index("Already too late") < late.index("Signature expected")
    in_time = text_of(browser, romashka.page, amount="1000", wanted="2026-04-10")
    assert "Already too late" not in in_time
    assert "working days to spare" in in_time


def test_programs_get_the_same_answer(romashka: Made, cast: Cast, browser_of: BrowserOf) -> None:
    asked = {"amount": "2900000", "wanted": "2026-03-10"}
    found = json_of(browser_of(cast.nina), romashka.api, **asked)
    assert AnswerOut.model_validate(found).model_dump() == found
    assert (found["amount"], found["currency"], found["confirmed"]) == ("2900000", "RUB", False)
    assert (found["signature"], found["begin_by"]) == ("2026-03-12", "2026-02-26")
    assert (found["late_by"], found["cannot_sign"]) == (2, ["sign"])
    assert [step["code"] for step in found["steps"]] == ["request", "legal", "security", "sign"]
    assert found["left_out"][0]["failing"] == {"amount_from": "3000000"}
    sign = found["steps"][-1]
    assert sign["people"][0]["name"] == "Olga"
    assert sign["others_may_sign"][0]["title"] == "General director"
    assert found["steps"][1]["people"][0]["worries"] == ["vacant"]


def test_what_we_think_for_the_deal_goes_first(
    romashka: Made, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Other")
        assert client.id != romashka.client
        pen = pen_of(session, cast.anna, _client(session, romashka))
        judge(pen, romashka.olga, Aspect.ATTITUDE, Attitude.SUPPORTER.value)
        judge(pen, romashka.olga, Aspect.ATTITUDE, Attitude.ENEMY.value, "D-1")
        acquaint(pen, cast.anna.id, romashka.olga, Acquainted(Coverage.DEEP))
    browser = browser_of(cast.anna)
    usually = json_of(browser, romashka.api, amount="1")["steps"][-1]["people"][0]
    assert (usually["attitude"], usually["worries"]) == ("supporter", [])
    assert usually["known_to"] == [cast.anna.name]
    for_deal = json_of(browser, romashka.api, amount="1", deal="D-1")["steps"][-1]["people"][0]
    assert (for_deal["attitude"], for_deal["worries"]) == ("enemy", ["enemy"])
    assert "against us" in text_of(browser, romashka.page, amount="1", deal="D-1")
    assert "against us" not in text_of(browser, romashka.page, amount="1", deal="D-2")


def _client(session: Session, made: Made) -> Client:
    return session.get_one(Client, made.client)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("amount", "about three", "is no amount"),
        ("amount", "2,900", "can be read in two ways"),
        ("amount", "-1", "is no amount"),
        ("amount", "<script>alert(1)</script>", "is no amount"),
        ("currency", "XXQ", "There is no currency"),
        ("on", "yesterday", "Write a day as"),
        ("on", "0001-01-01", "between 1900 and ten years"),
        ("wanted", "9999-12-31", "between 1900 and ten years"),
        ("deal", "d" * 101, "too long"),
        ("tags", "t" * 201, "too long"),
    ],
)
def test_nonsense_is_refused_in_words_and_stays_in_the_form(
    name: str, typed: str, said: str, romashka: Made, cast: Cast, browser_of: BrowserOf
) -> None:
    browser = browser_of(cast.anna)
    shown = refusal_of(browser, romashka.page, **{name: typed})
    assert said in shown
    assert "<script>alert" not in shown
    refused = browser.get(romashka.api, query_string={name: typed})
    assert refused.status_code == 422
    assert said in refused.json["error"]  # type: ignore[index]
    assert browser.get(romashka.page).status_code == 200


def test_hostile_texts_of_the_path_are_shown_as_text(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    evil = "<img src=x onerror=alert(1)>%(x)s"
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        strange = Condition("RUB", amount_from=Decimal(5), tags=frozenset({evil}))
        document = changed(
            usual_document(), "sign", title=evil, bring=evil, documents=(evil,), condition=strange,
            limit=Decimal(1),
        )  # fmt: skip
        path = make_path(session, cast.anna, client, document, evil).path
        made = Made(client.id, path.id, 0)
    for asked in ({"amount": "7", "tags": evil, "deal": evil}, {"amount": "7"}):
        shown = text_of(browser_of(cast.anna), made.page, **asked)
        assert "<img src=x" not in shown
        assert "&lt;img src=x" in shown


def test_a_calendar_in_which_nothing_ever_happens_is_told_in_words(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        document = replace(usual_document(), frozen=(Frozen((1, 1), (12, 31)),))
        path = make_path(session, cast.anna, client, document).path
        made = Made(client.id, path.id, 0)
    assert "no day on which" in refusal_of(browser_of(cast.anna), made.page, amount="1")
    assert browser_of(cast.anna).get(made.api).status_code == 422


def test_the_path_is_chosen_by_its_subject_and_the_only_one_answers_at_once(
    romashka: Made, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    browser = browser_of(cast.anna)
    choose = f"/clients/{romashka.client}/answer"
    only = browser.get(choose, query_string={"amount": "2,9 млн"})
    assert only.headers["Location"] == f"{romashka.page}?amount=2%2C9+%D0%BC%D0%BB%D0%BD"
    with database.transaction() as session:
        client = _client(session, romashka)
        services = make_path(session, cast.anna, client, subject="Services").path
        elsewhere = make_path(session, cast.anna, make_client(session, cast.anna, "Else")).path
        services_id, elsewhere_id = services.id, elsewhere.id
    both = text_of(browser, choose)
    assert "Equipment" in both
    assert "Services" in both
    by_subject = browser.get(choose, query_string={"subject": "services"})
    there = f"/clients/{romashka.client}/paths/{services_id}/answer"
    assert by_subject.headers["Location"] == there
    assert "is called «Toys»" in text_of(browser, choose, subject="Toys")
    assert browser.get(choose, query_string={"path": elsewhere_id}).status_code == 404
    with database.transaction() as session:
        for ident in (romashka.path, services_id):
            archive_path(session, cast.anna, romashka.client, ident)
    assert "No path is written down yet" in text_of(browser, choose)


def test_the_page_of_a_path_asks_the_question(
    romashka: Made, cast: Cast, browser_of: BrowserOf
) -> None:
    shown = text_of(browser_of(cast.nina), romashka.page.removesuffix("/answer"))
    assert f'action="{romashka.page}"' in shown


def test_a_restricted_client_has_no_answer_for_others(
    database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    made = signed_by_olga(database, cast, restricted=True)
    choose = f"/clients/{made.client}/answer"
    for address in (made.page, made.api):
        assert browser_of(cast.anna).get(address).status_code == 200
        assert browser_of(cast.boris).get(address).status_code == 404
    assert browser_of(cast.anna).get(choose).status_code == 302
    assert browser_of(cast.boris).get(choose).status_code == 404
    with database.transaction() as session:
        other = make_client(session, cast.boris, "Open").id
    strange = made.page.replace(f"/clients/{made.client}/", f"/clients/{other}/")
    assert browser_of(cast.boris).get(strange).status_code == 404
    assert browser_of(cast.boris).get(f"/api{strange}").status_code == 404


def test_an_answer_takes_as_many_statements_for_thirty_steps_as_for_five(
    romashka: Made, database: Database, cast: Cast, browser_of: BrowserOf
) -> None:
    with database.transaction() as session:
        client = _client(session, romashka)
        pen = pen_of(session, cast.anna, client)
        seats = [seat(pen, f"Seat {number}", name=f"Person {number}") for number in range(30)]
        last = usual_document().steps[-1]
        steps = [
            replace(last, code=f"s{n}", after=frozenset(), positions=(ident,), limit=Decimal(1))
            for n, ident in enumerate(seats)
        ]
        long = make_path(session, cast.anna, client, PathDocument("RUB", tuple(steps)), "Long").path
        address = f"/clients/{romashka.client}/paths/{long.id}/answer"
    browser = browser_of(cast.anna)
    browser.get(romashka.page)
    short = statements_of(database, browser, romashka.page)
    many = statements_of(database, browser, address)
    assert many <= short


def statements_of(database: Database, browser: FlaskClient, address: str) -> int:
    said: list[str] = []

    def note(*values: Any) -> None:
        said.append(values[2])

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        text_of(browser, address, amount="2900000")
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return len(said)
