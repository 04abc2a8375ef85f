"""Nothing but the whitelist reaches the papers for the client's eyes, whatever a dossier holds.

Two proofs over every field: a marker in each text, number and day of each table about a client
and of the path's document; and each field of the document changed alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument, plain_document
from dossiers.approvals.exports.clean import CleanActor, CleanPath, CleanStep
from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.models import ApprovalPath, PathVersion
from dossiers.approvals.purchases import Condition
from dossiers.approvals.steps import Duration, Step
from dossiers.approvals.working_days import Frozen, Meetings
from dossiers.clients.models import Client
from dossiers.facts.kinds import Confidence, Source
from tests.conftest import Cast, SetClock
from tests.dossiers.approvals.exports.markers import (
    Markers,
    can_be_marked,
    empty_texts,
    fill_empty,
    mark_document,
    mark_tables,
    tables_of_clients,
)
from tests.factories.approvals import make_path
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database
from wiki.pages.models import Category

Browser = Callable[[Actor | None], FlaskClient]

#: All that may come out of the tables and the document; each of these must come out, too.
WHITELIST = {
    "clients.name",
    "approval_paths.subject",
    "approval_path_versions.number",
    "position_facts.title",
    "person_names.name",
    "categories.name_en",
    "Step.title",
    "Step.documents",
    "Condition.amount_from",
    "Condition.amount_to",
    "Condition.tags",
}


@dataclass(frozen=True)
class Place:
    client: int
    path: int
    positions: tuple[int, ...]
    category: int


@pytest.fixture
def place(database: Database, cast: Cast, clock: SetClock) -> Place:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        pen = pen_of(session, cast.anna, client)
        director = seat(pen, "Director", None, "Ivan Petrov")
        lawyer = seat(pen, "Lawyer", director, "Anna Smirnova")
        buyer = seat(pen, "Buyer", director, "Oleg Kim")
        category = Category(slug="pumps", name_ru="Насосы", name_en="Pumps")
        session.add(category)
        session.flush()
        positions = (director, lawyer, buyer)
        saved = make_path(session, cast.anna, client, full_document(positions, category.id))
        return Place(client.id, saved.path.id, positions, category.id)


def full_step(positions: tuple[int, ...], category: int) -> Step:
    """A step in which everything is said."""
    return Step(
        code="first",
        title="Request",
        kind=StepKind.REQUEST,
        positions=positions[:2],
        needed=1,
        right=Right.MAY_VETO,
        condition=Condition(
            "RUB", Decimal(1), Decimal(2), frozenset({category}), True, True, frozenset({"own"})
        ),
        duration=Duration(31, 47),
        meetings=Meetings(2, frozenset({3}), date(2026, 1, 7)),
        frozen=(Frozen((7, 3), (8, 9)),),
        deputy=positions[2],
        limit=Decimal(5),
        documents=("contract", "charter"),
        bring="what we bring",
        note="what we think",
        source=Source.GUESS,
        confidence=Confidence.GUESS,
        evidence="a mail",
    )


def full_document(positions: tuple[int, ...], category: int) -> PathDocument:
    first = full_step(positions, category)
    second = replace(
        first, code="second", after=frozenset({"first"}), condition=Condition("EUR", Decimal(9))
    )
    return PathDocument("USD", (first, second), (Frozen((12, 19), (1, 11)),))


def papers(browser: FlaskClient, place: Place, pdf: bool = True) -> dict[str, str]:
    """All that the client may get, as text."""
    here = f"/clients/{place.client}/paths/{place.path}/for-client"
    kinds = ("", ".bpmn", ".pdf") if pdf else ("", ".bpmn")
    answers = {kind: browser.get(here + kind) for kind in kinds}
    assert {answer.status_code for answer in answers.values()} == {200}
    found = {kind or ".html": answers[kind].text for kind in kinds if kind != ".pdf"}
    if pdf:
        found[".pdf"] = text_of_pdf(answers[".pdf"].data)
    for kind in kinds:
        found[f"name of {kind}"] = answers[kind].headers.get("Content-Disposition", "")
    return found


def text_of_pdf(content: bytes) -> str:
    """The text of a PDF, what it says of itself, and all that is not packed."""
    reader = PdfReader(BytesIO(content))
    said = [page.extract_text() for page in reader.pages]
    said += [str(value) for value in (reader.metadata or {}).values()]
    root = reader.trailer["/Root"]
    if "/Metadata" in root:
        said.append(root["/Metadata"].get_object().get_data().decode("utf-8", "replace"))
    return "\n".join([*said, content.decode("latin-1")])


@pytest.fixture
def markers(database: Database, place: Place) -> Markers:
    """Markers in the whole dossier."""
    made = Markers()
    with database.transaction() as session:
        tables = tables_of_clients()
        fill_empty(session, tables)
        mark_tables(session, tables, made)
        name = made.word("categories.name_en")
        session.execute(update(Category).values(name_en=name, name_ru=name))
        for user in session.scalars(select(User)):
            user.name = made.word("users.name")
        _mark_version(session, place, made)
    return made


def _mark_version(session: Session, place: Place, made: Markers) -> None:
    document = mark_document(full_document(place.positions, place.category), made)
    number = made.number("approval_path_versions.number")
    path = session.get_one(ApprovalPath, place.path)
    path.newest, path.client_id = number, place.client
    session.execute(
        update(PathVersion)
        .where(PathVersion.path_id == place.path)
        .values(number=number, document=plain_document(document))
    )


def test_every_table_about_a_client_is_marked(markers: Markers) -> None:
    marked = {where.partition(".")[0] for where in markers.of}
    assert {table.name for table in tables_of_clients() if can_be_marked(table)} <= marked
    assert {"judgements", "relationships", "influences", "approval_run_events"} <= marked
    assert {"approval_path_confirmations", "revisions", "persons"} <= marked
    assert {"Step.note", "Step.evidence", "Step.bring", "Step.limit"} <= set(markers.of)


def test_only_the_whitelist_comes_out_and_all_of_it(
    cast: Cast, browser_of: Browser, place: Place, markers: Markers
) -> None:
    found = papers(browser_of(cast.anna), place)
    for kind in (".html", ".bpmn", ".pdf"):
        seen = markers.found_in(found[kind])
        # The picture of a process says of its versions nothing.
        wanted = WHITELIST - ({"approval_path_versions.number"} if kind == ".bpmn" else set())
        assert seen == wanted, kind
    names = " ".join(found[f"name of {kind}"] for kind in (".pdf", ".bpmn"))
    assert markers.found_in(names) == {"clients.name", "approval_paths.subject"}


def test_our_own_papers_do_hold_what_the_clients_must_not(
    cast: Cast, browser_of: Browser, place: Place, markers: Markers
) -> None:
    here = f"/clients/{place.client}/paths/{place.path}/path.bpmn"
    own = browser_of(cast.anna).get(f"{here}?version=1").status_code
    assert own == 404
    seen = markers.found_in(browser_of(cast.anna).get(here).text)
    assert {"Step.note", "Step.evidence", "Step.bring", "Step.limit"} <= seen


def test_nothing_is_hidden_in_comments(
    cast: Cast, browser_of: Browser, place: Place, markers: Markers
) -> None:
    found = papers(browser_of(cast.anna), place)
    assert "<!--" not in found[".html"]
    assert "<!--" not in found[".bpmn"]
    assert "/Author" not in found[".pdf"]


def test_the_document_of_these_tests_says_something_in_every_field(place: Place) -> None:
    document = full_document(place.positions, place.category)
    assert set(empty_texts(document.steps[0])) <= {"Step.after"}


#: For each field of a step that the client may not see, something else that may stand there.
OTHERWISE: Mapping[str, Any] = {
    "code": "fourth",
    "right": Right.CONSULTED,
    "meetings": None,
    "frozen": (),
    "limit": None,
    "bring": "",
    "note": "other",
    "source": Source.MEETING,
    "confidence": Confidence.SURE,
    "evidence": "",
}
#: And for each that the client may see.
SEEN: Mapping[str, Any] = {
    "title": "Another",
    "kind": StepKind.LEGAL,
    "after": frozenset[str](),
    "positions": (),
    "needed": None,
    "condition": Condition(),
    "duration": Duration(2, 3),
    "deputy": None,
    "documents": (),
}


def test_every_field_of_a_step_is_either_seen_or_hidden() -> None:
    assert {one.name for one in fields(Step)} == {*OTHERWISE, *SEEN}
    assert {one.name for one in fields(PathDocument)} == {"currency", "steps", "frozen"}


def test_a_hidden_field_changes_nothing_and_a_seen_one_does(
    database: Database, cast: Cast, browser_of: Browser, place: Place
) -> None:
    anna = browser_of(cast.anna)

    def after_change(name: str, value: Any) -> dict[str, str]:
        document = full_document(place.positions, place.category)
        changed = replace(document.steps[1], **{name: value})
        keep(database, place, replace(document, steps=(document.steps[0], changed)))
        return without_nonce(papers(anna, place, pdf=False))

    before = after_change("title", "Request")
    for name, value in OTHERWISE.items():
        assert after_change(name, value) == before, name
    for name, value in SEEN.items():
        changed = after_change(name, value)
        assert changed[".html"] != before[".html"], name


def test_the_currency_and_the_frozen_days_of_a_path_stay_with_us(
    database: Database, cast: Cast, browser_of: Browser, place: Place
) -> None:
    anna, document = browser_of(cast.anna), full_document(place.positions, place.category)
    before = without_nonce(papers(anna, place, pdf=False))
    keep(database, place, replace(document, currency="CNY", frozen=()))
    assert without_nonce(papers(anna, place, pdf=False)) == before


def keep(database: Database, place: Place, document: PathDocument) -> None:
    with database.transaction() as session:
        mine = update(PathVersion).where(PathVersion.path_id == place.path)
        session.execute(mine.values(document=plain_document(document)))


def without_nonce(found: dict[str, str]) -> dict[str, str]:
    """The texts without the word that every answer has for itself."""
    text = found[".html"]
    nonce = text.partition('nonce="')[2].partition('"')[0]
    return {**found, ".html": text.replace(nonce, "")}


def test_who_wrote_the_whitelist_down_meant_each_of_its_fields() -> None:
    assert [one.name for one in fields(CleanPath)] == [
        "client",
        "subject",
        "version",
        "on",
        "steps",
    ]
    assert [one.name for one in fields(CleanActor)] == ["title", "names"]
    assert [one.name for one in fields(CleanStep)] == [
        "number",
        "title",
        "kind",
        "task",
        "after",
        "apart",
        "actors",
        "signers",
        "condition",
        "documents",
        "duration",
        "deputy",
    ]


def test_the_markers_find_what_is_there(database: Database, place: Place) -> None:
    made = Markers()
    number, word, day = made.number("a"), made.word("b"), made.day("c")
    short = made.word("d", 3)
    assert made.found_in(f"{number:,} RUB") == {"a"}
    assert made.found_in(f"x{word}x {day.isoformat()} {short}") == {"b", "c", "d"}
    with database.reading() as session:
        assert session.get(Client, place.client)
