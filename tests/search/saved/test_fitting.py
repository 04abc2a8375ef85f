"""News holds most of the question, however its words are valued for the order of hits."""

from datetime import UTC, datetime

import pytest

from search.documents import Document
from search.glossary.services import add_group
from search.saved.fitting import those_that_fit
from tests.conftest import Cast
from wiki.database import Database


def _document(title: str, **parts: object) -> Document:
    plain: dict[str, object] = {
        "kind": "page",
        "ident": 1,
        "body": "",
        "url": "/pages/1",
        "audience": "all",
        "language": "ru",
        "changed_at": datetime(2026, 3, 2, tzinfo=UTC),
    }
    return Document(title=title, **{**plain, **parts})  # type: ignore[arg-type]


def _fits(database: Database, typed: str, document: Document, instead: str | None = None) -> bool:
    with database.reading() as session:
        return those_that_fit(session, [document], typed, instead) == [document]


@pytest.mark.parametrize(
    ("typed", "title", "fits"),
    [
        ("договор", "Договоры", True),
        ("договор", "Пельмени", False),
        ("договор аренды", "Договор", False),
        ("договор аренды", "Аренда по договору", True),
        ("договор аренды склада", "Аренда склада", True),
        ("договор аренды склада", "Склад", False),
        ("как оформить договор аренды", "Договор аренды", True),
        ("продлить", "Продление", True),
        ("догов*", "Договорённость", True),
        ("догов*", "Переговоры", False),
        ("A-12/3", "Насос а12-3", True),
        ("КП", "Коммерческое предложение", True),
        ("КП", "Предложение", False),
        ("коммерческое предложение", "КП", True),
        ("коммерческое предложение", "Предложение", False),
        ("коммерческое предложение школам", "Предложение", False),
        ("коммерческое предложение школам", "КП для школы", True),
        ("", "Пельмени", True),
        ("kind:page", "Пельмени", True),
    ],
)
def test_most_of_the_words_must_be_there(
    database: Database, cast: Cast, typed: str, title: str, fits: bool
) -> None:
    with database.transaction() as session:
        add_group(session, cast.vera, ["КП", "коммерческое предложение"])
    assert _fits(database, typed, _document(title)) is fits


def test_text_facts_tags_and_names_count_like_the_title(database: Database) -> None:
    for part in ("facts", "tags", "names", "authors"):
        assert _fits(database, "договор", _document("Пельмени", **{part: ("Договор",)}))
    assert _fits(database, "договор", _document("Пельмени", body="По договору."))


def test_what_was_searched_for_in_place_of_a_slip_counts(database: Database) -> None:
    assert not _fits(database, "дагавор", _document("Договор"))
    assert _fits(database, "дагавор", _document("Договор"), instead="договор")
