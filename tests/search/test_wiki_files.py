"""Attached files as the search knows them, and who may know of them."""

from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from search.analysis import terms
from search.documents import Document
from search.languages import language_of
from search.wiki_files import FILES, words_of_name
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.documents import docx, locked_pdf
from tests.factories.files import picture
from tests.factories.pages import make_page_row
from wiki.accounts.actor import Actor
from wiki.config import Settings
from wiki.database import Database
from wiki.files.services import add_version, archive_file, attach, receive, store_of
from wiki.files.texts.running import TextReader
from wiki.files.texts.task import read_next
from wiki.pages.models import Page, PageFile

Store = Callable[..., int]


@pytest.fixture
def store_file(database: Database, settings: Settings, cast: Cast) -> Store:
    """Store a file and read it, as the worker would; returns its number."""

    def do(data: bytes, name: str, actor: Actor | None = None, audience: str = "all") -> int:
        store = store_of(settings)
        received = receive(store, BytesIO(data), name)
        with database.transaction() as session:
            ident = attach(session, actor or cast.anna, received, audience).id
        while read_next(database, store, TextReader()):
            pass
        return ident

    return do


def document(database: Database, ident: int) -> Document:
    with database.reading() as session:
        (found,) = FILES.load(session, [ident])
        return found


def show_in_page(
    session: Session, cast: Cast, title: str, file: int, audience: str = "all"
) -> Page:
    page = make_page_row(session, title, cast.anna, audience=audience)
    session.execute(insert(PageFile).values(page_id=page.id, attachment_id=file, current=True))
    return page


def test_a_file_is_known_by_its_name_and_its_text(
    database: Database, store_file: Store, cast: Cast
) -> None:
    found = document(database, store_file(docx("Договор поставки пельменей"), "dogovor.docx"))
    assert (found.title, found.body) == ("dogovor.docx", "Договор поставки пельменей")
    assert (found.language, found.audience, found.notice) == ("ru", "all", "")
    assert found.owner is not None
    assert (found.owner.ident, found.authors) == (cast.anna.id, ("Anna",))
    assert found.url == f"/files/{found.ident}/about"


def test_what_could_not_be_read_is_found_by_name_and_says_why(
    database: Database, store_file: Store
) -> None:
    found = document(database, store_file(locked_pdf("Тайна", "secret"), "тайна.pdf"))
    assert (found.title, found.body) == ("тайна.pdf", "")
    assert "protected by a password" in found.notice


def test_a_picture_is_found_by_its_name_and_nothing_is_said(
    database: Database, store_file: Store
) -> None:
    found = document(database, store_file(picture(), "plan.png"))
    assert (found.title, found.body, found.notice) == ("plan.png", "", "")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("price_list.2025-11.pdf", "price list 2025 11"),
        ("ПрайсЛист_Пельмени.v2.xlsx", "Прайс Лист Пельмени v2"),
        ("договор.pdf", "договор"),
        ("___.txt", ""),
    ],
)
def test_the_words_of_a_name_are_parted(name: str, words: str) -> None:
    assert words_of_name(name) == words
    assert set(terms(words)) <= set(terms(" ".join((name, words))))


def test_the_parts_of_a_name_are_among_the_searched_words(
    database: Database, store_file: Store
) -> None:
    found = document(database, store_file(b"text", "price_list.2025.txt"))
    known = set(terms(" ".join((found.title, *found.names))))
    assert set(terms("price list 2025")) <= known


@pytest.mark.parametrize(
    ("text", "language"),
    [("Договор", "ru"), ("Contract", "en"), ("A-12 цена за ящик", "ru"), ("12 345", "")],
)
def test_the_language_is_that_of_most_letters(text: str, language: str) -> None:
    assert language_of(text) == language


def test_an_archived_file_is_not_found(database: Database, store_file: Store, cast: Cast) -> None:
    kept, gone = store_file(b"kept", "a.txt"), store_file(b"gone", "b.txt")
    with database.transaction() as session:
        archive_file(session, cast.anna, gone)
    with database.reading() as session:
        assert [found.ident for found in FILES.load(session, [kept, gone])] == [kept]
        assert list(FILES.idents(session)) == [kept]


def test_only_the_present_version_is_searched(
    database: Database, settings: Settings, store_file: Store, cast: Cast
) -> None:
    ident, store = store_file(b"old words", "a.txt"), store_of(settings)
    received = receive(store, BytesIO(b"new words"), "a.txt")
    with database.transaction() as session:
        add_version(session, cast.boris, ident, received)
    unread = document(database, ident)
    assert unread.body == ""
    assert "not been read yet" in unread.notice
    while read_next(database, store, TextReader()):
        pass
    found = document(database, ident)
    assert (found.body, found.notice, found.authors) == ("new words", "", ("Anna", "Boris"))


def test_a_file_has_the_audience_that_the_room_of_files_gives_it(
    database: Database, store_file: Store, cast: Cast
) -> None:
    north = f"team:{cast.anna.team_id}"
    found = document(database, store_file(b"secret", "a.txt", audience=north))
    assert found.audience == north
    assert found.audience in cast.anna.audiences
    assert found.audience not in cast.boris.audiences


def test_the_page_of_a_file_is_named(database: Database, store_file: Store, cast: Cast) -> None:
    ident = store_file(b"text", "a.txt")
    with database.transaction() as session:
        show_in_page(session, cast, "Пельмени", ident)
        show_in_page(session, cast, "Вареники", ident)
    assert document(database, ident).container == "Пельмени"


def test_a_page_that_not_all_readers_of_the_file_may_see_is_not_named(
    database: Database, store_file: Store, cast: Cast
) -> None:
    north = f"team:{cast.anna.team_id}"
    ident, own = store_file(b"text", "a.txt"), store_file(b"t", "b.txt", audience=north)
    with database.transaction() as session:
        for file in (ident, own):
            show_in_page(session, cast, f"Secret {file}", file, audience=north)
    assert document(database, ident).container == ""
    assert document(database, own).container == f"Secret {own}"


def test_archived_pages_and_former_uses_are_not_named(
    database: Database, store_file: Store, cast: Cast
) -> None:
    ident = store_file(b"text", "a.txt")
    with database.transaction() as session:
        show_in_page(session, cast, "Archived", ident).archived = True
        former = show_in_page(session, cast, "Former", ident)
        session.flush()
        session.execute(update(PageFile).where(PageFile.page_id == former.id).values(current=False))
    assert document(database, ident).container == ""


def test_many_files_cost_as_many_statements_as_one(
    database: Database, store_file: Store, cast: Cast
) -> None:
    idents = [store_file(f"text {number}".encode(), f"{number}.txt") for number in range(6)]
    with database.transaction() as session:
        for ident in idents:
            show_in_page(session, cast, f"Page {ident}", ident)
    sent = []
    for some in (idents[:1], idents):
        with database.reading() as session, counting(database) as statements:
            assert len(list(FILES.load(session, some))) == len(some)
        sent.append(len(statements))
    assert sent[0] == sent[1]
