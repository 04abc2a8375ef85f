"""Whoever searches for one expression of a group finds the others."""

import pytest

from search.assembly import Search
from search.glossary.services import add_group, archive_group
from search.indexing import keep_current
from search.queries import Wanted, search_visible_to
from tests.conftest import Cast
from tests.search.conftest import WritePage
from wiki.accounts.actor import Actor
from wiki.database import Database

GROUPS = (
    ["КП", "коммерческое предложение", "quote"],
    ["ЛПР", "лицо, принимающее решение"],
    ["A-12/3", "насос «Волна»"],
)


@pytest.fixture
def groups(database: Database, cast: Cast) -> list[int]:
    with database.transaction() as session:
        return [add_group(session, cast.vera, group).id for group in GROUPS]


def _titles(database: Database, search: Search, actor: Actor, typed: str) -> list[str]:
    with database.reading() as session:
        answer = search_visible_to(session, actor, search, Wanted(typed))
    return [hit.document.title for hit in answer.hits]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("КП", "Коммерческие предложения"),
        ("коммерческим предложением", "КП для школ"),
        ("срок коммерческого предложения", "Quotes"),
        ("quote", "КП для школ"),
        ("ЛПР", "Лица, принимающие решения"),
        ("лицо, принимающее решение", "Кто у клиента ЛПР"),
        ("а-12/3", "Насосы «Волна»"),
        ("насос Волна", "Изделие А12/3"),
    ],
)
@pytest.mark.parametrize("indexed", [True, False])
def test_one_expression_finds_the_other(
    database: Database,
    search: Search,
    cast: Cast,
    groups: list[int],
    write_page: WritePage,
    typed: str,
    title: str,
    indexed: bool,
) -> None:
    write_page("Пельмени", "Совсем другое.")
    keep_current(database, search)
    write_page(title)
    if indexed:
        keep_current(database, search)
    assert _titles(database, search, cast.anna, typed) == [title]


def test_without_the_glossary_they_are_strangers(
    database: Database, search: Search, cast: Cast, groups: list[int], write_page: WritePage
) -> None:
    write_page("Коммерческие предложения")
    write_page("Пельмени", "Совсем другое.")
    keep_current(database, search)
    with database.transaction() as session:
        archive_group(session, cast.vera, groups[0])
    assert _titles(database, search, cast.anna, "quote") == []


def test_the_asked_expression_comes_before_the_others(
    database: Database, search: Search, cast: Cast, groups: list[int], write_page: WritePage
) -> None:
    for title in ("Quote", "КП", "Коммерческое предложение"):
        write_page(title)
    keep_current(database, search)
    for asked in ("quote", "КП", "коммерческое предложение"):
        assert _titles(database, search, cast.anna, asked)[0].casefold() == asked.casefold()


def test_the_glossary_shows_nobody_what_they_may_not_see(
    database: Database, search: Search, cast: Cast, groups: list[int], write_page: WritePage
) -> None:
    write_page("Коммерческое предложение директорам", audience="directors")
    write_page("Общее коммерческое предложение")
    keep_current(database, search)
    assert _titles(database, search, cast.anna, "КП") == ["Общее коммерческое предложение"]
    assert len(_titles(database, search, cast.vera, "КП")) == 2
