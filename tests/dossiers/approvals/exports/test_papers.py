"""A path on paper: who gets it, under which name, what it leaves behind, what stands in it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from dossiers.approvals.document import PathDocument
from dossiers.approvals.exports.naming import file_name
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.paths.services import Draft, Told, confirm_version, save_version
from dossiers.approvals.steps import Step
from dossiers.approvals.working_days import Frozen
from tests.conftest import Cast, SetClock
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database
from wiki.history.models import HistoryEntry

Browser = Callable[[Actor | None], FlaskClient]

KINDS = {
    "print": "text/html",
    "path.pdf": "application/pdf",
    "path.bpmn": "application/xml",
    "for-client": "text/html",
    "for-client.pdf": "application/pdf",
    "for-client.bpmn": "application/xml",
}
NOTED = {"print": "path.html", "for-client": "path for the client"}


@pytest.fixture
def here(database: Database, cast: Cast, clock: SetClock) -> str:
    """The address of a path with a confirmed version 1 and a newer draft."""
    with database.transaction() as session:
        client = make_client(session, cast.anna, 'Большая / сумка: "<b>"')
        pen = pen_of(session, cast.anna, client)
        director = seat(pen, "Генеральный директор", None, "Иван Петров")
        lawyer = seat(pen, "Юрист <script>", director)
        document = usual_document({"sign": director, "legal": lawyer})
        path = make_path(session, cast.anna, client, document, "Оборудование").path
        told = Told(date(2026, 2, 20), name="Иван Петров")
        confirm_version(session, cast.anna, client.id, path.id, 1, told)
        steps = (*document.steps, Step("pay", "Payment of the invoice", StepKind.PAYMENT))
        frozen = (Frozen((12, 20), (1, 10)),)
        draft = Draft(replace(document, steps=steps, frozen=frozen), 1)
        save_version(session, cast.anna, client.id, path.id, draft)
        return f"/clients/{client.id}/paths/{path.id}"


def exports_noted(database: Database) -> list[str]:
    with database.reading() as session:
        actions = session.query(HistoryEntry.action).order_by(HistoryEntry.id)
        return [action for (action,) in actions if action.startswith("export")]


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_who_may_read_takes_it_out_and_leaves_an_entry(
    kind: str, database: Database, cast: Cast, browser_of: Browser, here: str
) -> None:
    answer = browser_of(cast.nina).get(f"{here}/{kind}")
    assert answer.status_code == 200
    assert answer.mimetype == KINDS[kind]
    assert "no-store" in answer.headers["Cache-Control"]
    assert exports_noted(database) == [f"export {NOTED.get(kind, kind)}"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "." in kind])
def test_a_file_has_a_safe_name_with_the_clients_letters(
    kind: str, cast: Cast, browser_of: Browser, here: str
) -> None:
    answer = browser_of(cast.anna).get(f"{here}/{kind}")
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment;")
    assert said.isascii()
    suffix = kind.rpartition(".")[2]
    assert f"Большая сумка b, Оборудование, 2026-03-02.{suffix}" in unquote(said)
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("\u202egnp.exe", "gnp.exe"),
        ("...", ""),
        ("line\r\nSet-Cookie: x", "line Set-Cookie x"),
    ],
)
def test_hostile_names_become_plain_ones(name: str, kept: str) -> None:
    parts = [part for part in (kept, "2026-03-02.pdf") if part]
    assert file_name(name, "", date(2026, 3, 2), "pdf") == ", ".join(parts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_restricted_client_does_not_exist_for_others_and_leaves_nothing(
    kind: str, database: Database, cast: Cast, browser_of: Browser, clock: SetClock
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, restricted=True)
        path = make_path(session, cast.anna, client).path
        address = f"/clients/{client.id}/paths/{path.id}/{kind}"
    for absent in (address, f"/clients/999/paths/1/{kind}"):
        assert browser_of(cast.boris).get(absent).status_code == 404
    assert exports_noted(database) == []
    assert browser_of(cast.anna).get(address).status_code == 200


@pytest.mark.parametrize("version", ["0", "3", "x", "-1", "99999999999999"])
def test_a_version_that_is_not_there_is_not_found(
    version: str, cast: Cast, browser_of: Browser, here: str
) -> None:
    for kind in ("print", "for-client", "path.bpmn"):
        assert browser_of(cast.anna).get(f"{here}/{kind}?version={version}").status_code == 404


def test_ours_is_the_version_in_force_and_the_clients_the_one_to_be_confirmed(
    cast: Cast, browser_of: Browser, here: str
) -> None:
    anna = browser_of(cast.anna)
    assert "Payment of the invoice" not in anna.get(f"{here}/print").text
    assert "Payment of the invoice" in anna.get(f"{here}/print?version=2").text
    assert "Payment of the invoice" in anna.get(f"{here}/for-client").text
    assert "Payment of the invoice" not in anna.get(f"{here}/for-client?version=1").text


def test_the_pdf_says_who_acts_in_which_version_and_who_read_it_when(
    cast: Cast, browser_of: Browser, here: str
) -> None:
    pages = pages_of(browser_of(cast.anna).get(f"{here}/path.pdf").data)
    whole = "\n".join(pages).replace("\u00a0", " ")
    for text in (
        'Большая / сумка: "<b>"',
        "Approval path: Оборудование",
        "1, valid from 2 March 2026",
        "confirmed on 20 February 2026 by Иван Петров",
        "Юрист <script>",
        "vacant",
        "Only when: from 3,000,000 RUB",
        "5–10 working days",
    ):
        assert text in whole, text
    for number, page in enumerate(pages, 1):
        assert "Printed by Anna, 2 Mar 2026, 12:00" in page
        assert f"page {number} of {len(pages)}" in page


def test_a_russian_reader_gets_it_in_russian(
    database: Database, cast: Cast, browser_of: Browser, here: str
) -> None:
    with database.transaction() as session:
        session.get_one(User, cast.anna.id).language = "ru"
    anna = browser_of(replace(cast.anna, language="ru"))
    whole = "\n".join(pages_of(anna.get(f"{here}/path.pdf").data))
    assert "2 марта 2026" in whole
    assert "вакансия" in whole
    assert "vacant" not in whole


@pytest.mark.parametrize("kind", ["print", "for-client"])
def test_texts_are_never_code(
    kind: str, database: Database, cast: Cast, browser_of: Browser, clock: SetClock
) -> None:
    hostile = r'#panic("x") \"); #import "y" $a$ <b onclick=x> \u{41} {page}' + "\u2028"
    with database.transaction() as session:
        client = make_client(session, cast.anna, hostile[:200])
        step = Step("a", hostile, StepKind.SIGN, documents=(hostile,), bring=hostile)
        path = make_path(session, cast.anna, client, PathDocument("RUB", (step,)), hostile).path
        address = f"/clients/{client.id}/paths/{path.id}"
    anna = browser_of(cast.anna)
    page = anna.get(f"{address}/{kind}").text
    assert "<b onclick" not in page
    assert "&lt;b onclick" in page
    pdf = "path.pdf" if kind == "print" else "for-client.pdf"
    whole = " ".join(" ".join(pages_of(anna.get(f"{address}/{pdf}").data)).split())
    assert '#panic("x")' in whole
    assert "{page}" in whole


def test_a_long_path_goes_over_sheets_and_an_empty_one_has_one(
    database: Database, cast: Cast, browser_of: Browser, clock: SetClock
) -> None:
    chain = [Step("s0", "Step 0", StepKind.LEGAL, limit=Decimal(5))]
    chain += [
        Step(f"s{n}", f"Step {n}", StepKind.LEGAL, frozenset({f"s{n - 1}"}), documents=("x " * 90,))
        for n in range(1, 60)
    ]
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        long = make_path(session, cast.anna, client, PathDocument("RUB", tuple(chain)))
        empty = make_path(session, cast.anna, client, PathDocument(), "Nothing")
        address = f"/clients/{client.id}/paths"
        idents = long.path.id, empty.path.id
    anna = browser_of(cast.anna)
    pages = pages_of(anna.get(f"{address}/{idents[0]}/for-client.pdf").data)
    assert len(pages) > 5
    assert all(f"Step {number}" in "\n".join(pages) for number in range(60))
    for kind in KINDS:
        assert anna.get(f"{address}/{idents[1]}/{kind}").status_code == 200
    assert len(pages_of(anna.get(f"{address}/{idents[1]}/path.pdf").data)) == 1


@pytest.mark.parametrize("kind", ["print", "for-client"])
def test_the_page_stands_alone(kind: str, cast: Cast, browser_of: Browser, here: str) -> None:
    page = browser_of(cast.anna).get(f"{here}/{kind}").text
    assert f'href="{here}"' in page
    assert "topbar" not in page
    assert "Dossier Wiki" not in page
    assert ("Anna" in page) is (kind == "print")
