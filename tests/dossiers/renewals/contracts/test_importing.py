"""Contracts out of files: in any order, once or twice, and only where one may write."""

from collections.abc import Callable, Mapping
from io import BytesIO
from itertools import permutations
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from dossiers.renewals.contracts.importing.sort import CONTRACTS
from dossiers.renewals.contracts.queries import Wanted
from dossiers.renewals.contracts.services import set_state, succeed, write_contract
from dossiers.renewals.contracts.table_file import contracts_csv
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract, ContractVersion
from tests.conftest import Cast
from tests.dossiers.renewals.contracts.test_undo import TERMS
from tests.factories.approvals import make_path
from tests.factories.dossiers import make_client
from tests.factories.lists import Lists, csv_of, figures, sentences
from tests.factories.pages import make_page_row
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
HEADING = "client,number,starts_on,ends_on,value,currency,predecessor,products,owner,path,state"


@pytest.fixture
def lists(app: Flask) -> Lists:
    return Lists(app, CONTRACTS)


@pytest.fixture
def client_id(database: Database, cast: Cast) -> int:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        make_path(session, cast.anna, client)
        for title in ("Flour", "Salt"):
            make_page_row(session, title, cast.anna)
        return client.id


def told(session: Session) -> set[tuple[object, ...]]:
    """All contracts as they stand, with the number of the one before."""
    rows = session.scalars(select(Contract)).all()
    numbers: Mapping[int | None, str] = {one.id: one.number for one in rows}
    return {
        (one.client_id, one.number, one.subject, one.starts_on, one.ends_on, one.value,
         one.currency, tuple(one.products), one.owner_id, one.path_id, one.state,
         numbers.get(one.predecessor_id, ""))
        for one in rows
    }  # fmt: skip


ROWS = (
    "Romashka,K-1,2024-01-01,2024-12-31,100,RUB,,Flour; Salt,Anna,Equipment,renewed",
    "romashka,K-2,01.01.2025,31.12.2025,80 000 ₽,,K-1,,,,shrunk",
    'Romashka,K-3,2026-01-01,open-ended,"90000,50",EUR,k-2,,anna@example.com,,',
)


def test_those_before_may_stand_in_any_place_and_the_same_file_changes_nothing(
    database: Database, cast: Cast, lists: Lists, client_id: int
) -> None:
    states = []
    for rows in permutations(ROWS):
        report = lists.write(cast.anna, csv_of(HEADING, *rows))
        assert figures(report) == (3, 0, 0, 0, 0)
        with database.reading() as session:
            states.append(told(session))
        assert figures(lists.write(cast.anna, csv_of(HEADING, *reversed(rows)))) == (0, 0, 3, 0, 0)
        with database.transaction() as session:
            assert told(session) == states[0]
            session.execute(delete(ContractVersion))
            for one in session.scalars(select(Contract).order_by(Contract.id.desc())):
                one.predecessor_id = None
                session.flush()
            session.execute(delete(Contract))
    assert {(one[1], one[-2], one[-1]) for one in states[0]} == {
        ("K-1", RenewalState.RENEWED, ""),
        ("K-2", RenewalState.SHRUNK, "K-1"),
        ("K-3", RenewalState.FUTURE, "K-2"),
    }


def test_a_later_file_changes_adds_and_links(
    database: Database, cast: Cast, lists: Lists, client_id: int
) -> None:
    lists.write(cast.anna, csv_of("client,number,starts_on", "Romashka,K-1,2024-01-01"))
    lists.write(cast.anna, csv_of("client,number,starts_on", "Romashka,K-2,2025-01-01"))
    heading = "client,number,subject,predecessor,products"
    rows = ("Romashka,K-2,Food,K-1,Flour", "Romashka,K-2,Food,,Salt")
    report = lists.write(cast.anna, csv_of(heading, *rows))
    assert figures(report) == (0, 1, 0, 1, 0)
    with database.reading() as session:
        one = session.scalars(select(Contract).where(Contract.number == "K-2")).one()
        assert (one.subject, one.products, one.newest) == ("Food", [1, 2], 2)
        assert one.predecessor_id
        assert session.get_one(Contract, one.predecessor_id).state is RenewalState.RENEWED
    assert figures(lists.write(cast.anna, csv_of(heading, *rows))) == (0, 0, 1, 1, 0)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Nobody,K-1,2024-01-01,,,,,,,,", "not just one client"),
        ("Secret,K-1,2024-01-01,,,,,,,,", "not just one client"),
        ("Foreign,K-1,2024-01-01,,,,,,,,", "Only its team"),
        ("Romashka,,2024-01-01,,,,,,,,", "no number"),
        ("Romashka,K-1,,,,,,,,,", "first day"),
        ("Romashka,K-1,2024-01-01,2023-01-01,,,,,,,", "end before it starts"),
        ("Romashka,K-1,2024-01-01,,5,XQQ,,,,,", "no such currency"),
        ("Romashka,K-1,2024-01-01,,5,,,,,,", "currency of the amount"),
        ("Romashka,K-1,2024-01-01,,,,K-7,,,,", "no contract K-7"),
        ("Romashka,K-1,2024-01-01,,,,K-1,,,,", "follow itself"),
        ("Romashka,K-1,2024-01-01,,,,,Sugar,,,", "product called “Sugar”"),
        ("Romashka,K-1,2024-01-01,,,,,,Nobody,,", "colleague called"),
        ("Romashka,K-1,2024-01-01,,,,,,,Nothing,", "path called"),
        ("Romashka,K-1,2024-01-01,,,,,,,,eaten", "no state"),
    ],
)
def test_a_bad_row_is_refused_in_words_and_the_others_go_in(
    database: Database, cast: Cast, lists: Lists, client_id: int, row: str, words: str
) -> None:
    with database.transaction() as session:
        make_client(session, cast.boris, "Secret", restricted=True)
        make_client(session, cast.boris, "Foreign")
    good = "Romashka,K-9,2024-01-01,,,,,,,,"
    report = lists.write(cast.anna, csv_of(HEADING, row, good))
    assert report["new"] == 1
    (sentence,) = sentences(report, "refused")
    assert words in sentence
    with database.reading() as session:
        assert [one.number for one in session.scalars(select(Contract))] == ["K-9"]


def test_rings_forks_and_contradictions_are_refused(
    cast: Cast, lists: Lists, client_id: int
) -> None:
    plain = "client,number,starts_on,subject,predecessor"
    ring = ("Romashka,A,2024-01-01,,B", "Romashka,B,2024-01-01,,A")
    assert figures(lists.write(cast.anna, csv_of(plain, *ring)))[-1] == 2
    twice = ("Romashka,C,2024-01-01,Flour,", "Romashka,C,2024-01-01,Salt,")
    assert figures(lists.write(cast.anna, csv_of(plain, *twice)))[-1] == 2
    fork = ("Romashka,D,2024-01-01,,E", "Romashka,E,2024-01-01,,", "Romashka,F,2024-01-01,,E")
    report = lists.write(cast.anna, csv_of(plain, *fork))
    assert figures(report) == (2, 0, 0, 0, 1)
    assert "has a successor already" in sentences(report, "refused")[0]


def test_what_is_exported_reads_back_as_the_same(
    app: Flask, database: Database, cast: Cast, lists: Lists, client_id: int, browser_of: Browser
) -> None:
    with database.transaction() as session:
        one = write_contract(session, cast.anna, client_id, TERMS)
        succeed(session, cast.anna, one.id, TERMS.__class__(
            "=K;2", TERMS.starts_on, subject="A;b\"c", products=(2, 1), owner_id=cast.anna.id,
        ))  # fmt: skip
        write_contract(session, cast.anna, client_id, TERMS.__class__("K-8", TERMS.starts_on))
        set_state(session, cast.anna, 3, RenewalState.LOST, "Gone")
        before = told(session)
        content = "".join(contracts_csv(session, cast.anna, Wanted())).encode()
    report = lists.write(cast.anna, content)
    assert figures(report) == (0, 0, 3, 0, 0)
    answer = browser_of(cast.anna).get("/contracts.csv")
    assert answer.data == content
    assert browser_of(cast.boris).get("/contracts.csv").status_code == 200
    with database.reading() as session:
        assert told(session) == before


def test_the_pages_of_the_import_show_and_write(
    database: Database, cast: Cast, client_id: int, browser_of: Browser
) -> None:
    anna = browser_of(cast.anna)
    assert anna.get("/contracts/import").status_code == 200
    sent: dict[str, Any] = {"file": (BytesIO(csv_of(HEADING, *ROWS)), "list.csv")}
    here = anna.post("/contracts/import", data=sent).headers["Location"]
    page = anna.get(f"{here}/preview").text
    assert "Romashka: K-3" in page
    assert anna.post(f"{here}/write").status_code == 302
    assert "K-3" in anna.get("/contracts").text
    assert browser_of(cast.boris).get(here).status_code == 404
    assert browser_of(cast.nina).get("/contracts/import").status_code == 403
