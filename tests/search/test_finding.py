"""What people find: `search.queries` with rights, fresh saves and broken indexes."""

import os

import pytest
from sqlalchemy import event, update

from search.assembly import Search
from search.excerpts import plain
from search.indexing import keep_current
from search.pending import MOST
from search.queries import Answer, Wanted, search_visible_to, suggest_visible_to
from tests.conftest import Cast
from tests.factories.pages import add_revision_row, make_category
from tests.search.conftest import WritePage
from wiki.accounts.actor import Actor
from wiki.config import Settings
from wiki.database import Database
from wiki.outbox import changed
from wiki.pages.models import Page, Revision


class Finder:
    """Searches as a person does."""

    def __init__(self, database: Database, search: Search) -> None:
        self.database, self.search = database, search

    def answer(self, actor: Actor, words: str, **values: int) -> Answer:
        with self.database.reading() as session:
            return search_visible_to(session, actor, self.search, Wanted(words), **values)

    def found(self, actor: Actor, words: str) -> list[int]:
        return [hit.document.ident for hit in self.answer(actor, words).hits]

    def titles(self, actor: Actor, typed: str) -> list[str]:
        with self.database.reading() as session:
            documents = suggest_visible_to(session, actor, self.search, typed)
            return [document.title for document in documents]


@pytest.fixture
def finder(database: Database, search: Search) -> Finder:
    keep_current(database, search)
    return Finder(database, search)


def test_a_hit_shows_title_lines_category_owner_and_where_it_came_from(
    finder: Finder, cast: Cast, database: Database, write_page: WritePage
) -> None:
    with database.transaction() as session:
        top = make_category(session, "Продажи")
        below = make_category(session, "Цены", top).id
    write_page("Скидки", "Скидку даёт директор.", category_id=below, source_path="ru/prices.md")
    keep_current(database, finder.search)
    (hit,) = finder.answer(cast.nina, "скидка").hits
    assert [piece.text for piece in hit.title if piece.marked] == ["Скидки"]
    assert [piece.text for piece in hit.excerpt if piece.marked] == ["Скидку"]
    assert hit.document.category is not None
    assert hit.document.category.ru == "Продажи / Цены"
    assert hit.document.owner is not None
    assert hit.document.owner.en == "Anna"
    assert hit.document.path == "ru/prices.md"


def test_facts_tags_and_category_are_searched(
    finder: Finder, cast: Cast, database: Database, write_page: WritePage
) -> None:
    with database.transaction() as session:
        shelf = make_category(session, "Морозильники").id
    page = write_page("Ларь", "Текст.", category_id=shelf)
    facts = {"weight": {"value": "12.5", "unit": "кг"}, "maker": "Полюс", "sold": True}
    with database.transaction() as session:
        values = {"facts": facts, "tags": ["новинка"]}
        session.execute(update(Revision).where(Revision.page_id == page).values(**values))
        changed(session, "page", page)
    keep_current(database, finder.search)
    for words in ("12,5", "Полюс", "новинки", "морозильник"):
        assert finder.found(cast.nina, words) == [page], words
    assert finder.found(cast.nina, "sold") == []


@pytest.mark.parametrize("indexed", [True, False])
def test_a_page_of_a_team_is_found_by_the_team_alone(
    finder: Finder, cast: Cast, database: Database, write_page: WritePage, indexed: bool
) -> None:
    page = write_page("Тайная скидка", "Для своих.", audience=f"team:{cast.anna.team_id}")
    if indexed:
        keep_current(database, finder.search)
    assert finder.found(cast.anna, "скидка") == [page]
    assert finder.titles(cast.anna, "тайн") == ["Тайная скидка"]
    assert finder.answer(cast.boris, "скидка") == Answer(0, ())
    assert finder.titles(cast.boris, "тайн") == []


def test_a_save_is_found_before_the_worker_has_seen_it(
    finder: Finder, cast: Cast, write_page: WritePage
) -> None:
    page = write_page("Скидка", "Условия рассрочки.")
    assert finder.found(cast.anna, "рассрочка") == [page]
    assert finder.answer(cast.anna, "рассрочка").total == 1
    assert finder.titles(cast.anna, "ски") == ["Скидка"]


def test_what_a_save_took_away_is_not_found_even_before_the_worker_has_seen_it(
    finder: Finder, cast: Cast, database: Database, write_page: WritePage
) -> None:
    page = write_page("Скидка", "рассрочка")
    keep_current(database, finder.search)
    assert finder.found(cast.anna, "рассрочка") == [page]
    with database.transaction() as session:
        add_revision_row(session, session.get_one(Page, page), cast.anna, "иное")
        changed(session, "page", page)
    assert finder.answer(cast.anna, "рассрочка").total == 0
    assert finder.found(cast.anna, "иное") == [page]


def test_a_page_withdrawn_from_a_team_is_not_found_whatever_the_index_says(
    finder: Finder, cast: Cast, database: Database, write_page: WritePage
) -> None:
    page = write_page("Скидка")
    keep_current(database, finder.search)
    with database.transaction() as session:
        session.execute(update(Page).where(Page.id == page).values(audience="team:0"))
    assert finder.found(cast.nina, "скидка") == []
    assert finder.titles(cast.nina, "скид") == []


def test_fresh_and_indexed_pages_are_counted_and_paged_together(
    finder: Finder, cast: Cast, database: Database, write_page: WritePage
) -> None:
    pages = [write_page(f"Скидка {number}") for number in range(6)]
    keep_current(database, finder.search)
    pages += [write_page(f"Скидка {number}") for number in range(6, 9)]
    parts = [finder.answer(cast.nina, "скидка", limit=4, offset=offset) for offset in (0, 4, 8)]
    found = [hit.document.ident for part in parts for hit in part.hits]
    assert sorted(found) == pages
    assert {part.total for part in parts} == {9}


def test_a_great_many_waiting_pages_are_looked_at_in_bounded_number(
    finder: Finder, cast: Cast, write_page: WritePage
) -> None:
    pages = [write_page(f"Скидка {number}") for number in range(MOST + 5)]
    assert finder.answer(cast.nina, "скидка").total == MOST
    assert pages[-1] in finder.found(cast.nina, f"скидка {MOST + 4}")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_torn_index_still_finds_fresh_saves_and_heals(
    finder: Finder, cast: Cast, database: Database, settings: Settings, write_page: WritePage
) -> None:
    old = write_page("Скидка старая")
    keep_current(database, finder.search)
    finder.search.engine.close()
    for segment in (settings.home / "index").glob("*/*.seg"):
        os.truncate(segment, 10)
    fresh = write_page("Скидка новая")
    answer = finder.answer(cast.anna, "скидка")
    assert [hit.document.ident for hit in answer.hits] == [fresh]
    assert answer.incomplete
    keep_current(database, finder.search)
    assert sorted(finder.found(cast.anna, "скидка")) == [old, fresh]
    assert not finder.answer(cast.anna, "скидка").incomplete


def test_the_number_of_statements_does_not_grow_with_the_hits(
    finder: Finder, cast: Cast, database: Database, write_page: WritePage
) -> None:
    def statements() -> int:
        counted: list[str] = []

        def count(_c: object, _k: object, statement: str, *_rest: object) -> None:
            counted.append(statement)

        event.listen(database.engine, "before_cursor_execute", count)
        finder.answer(cast.nina, "скидка")
        event.remove(database.engine, "before_cursor_execute", count)
        return len(counted)

    write_page("Скидка 0")
    keep_current(database, finder.search)
    few = statements()
    for number in range(1, 12):
        write_page(f"Скидка {number}")
    keep_current(database, finder.search)
    assert statements() == few <= 10


def test_a_mark_of_the_page_is_no_html_of_ours(
    finder: Finder, cast: Cast, write_page: WritePage
) -> None:
    write_page("Скидка", "<mark>не мы</mark> <script>alert(1)</script> скидка")
    (hit,) = finder.answer(cast.nina, "скидка").hits
    assert "<script>" in plain(hit.excerpt)
    assert [piece.text for piece in hit.excerpt if piece.marked] == ["скидка"]
