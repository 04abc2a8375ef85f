"""What is new is told once, to whom it concerns, with the rights they have at that moment."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from search.engine import IndexUnusable
from search.glossary.services import add_group
from search.saved import looking
from search.saved.looking import MOST_FINDS, MOST_PER_ROUND, forget_old_finds
from search.saved.models import SavedSearch, SavedSearchHit
from search.saved.queries import PART, finds_visible_to
from search.saved.services import change_search, mark_read, remove_search
from tests.conftest import Cast
from tests.factories.pages import add_revision_row
from tests.search.conftest import WritePage
from tests.search.saved.conftest import Keep, Worker
from wiki import clock as wiki_clock
from wiki.accounts.models import User
from wiki.outbox import changed
from wiki.pages.models import Page


def _rewrite(worker: Worker, cast: Cast, page_id: int, body: str) -> None:
    with worker.database.transaction() as session:
        add_revision_row(session, session.get_one(Page, page_id), cast.vera, body)
        changed(session, "page", page_id)


def _set(worker: Worker, row: type, ident: int, **values: object) -> None:
    with worker.database.transaction() as session:
        for name, value in values.items():
            setattr(session.get_one(row, ident), name, value)
        if row is Page:
            changed(session, "page", ident)


@pytest.mark.parametrize("indexed", [True, False])
def test_what_is_written_later_and_fits_is_told(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage, indexed: bool
) -> None:
    write_page("Старый договор")
    keep(cast.anna, "договор")
    write_page("Договоры поставки")
    write_page("Пельмени")
    assert worker.look(indexed) == 1
    assert worker.titles(cast.anna) == ["Договоры поставки"]
    assert worker.titles(cast.boris) == []


def test_nothing_is_told_twice_and_a_change_is_told_again(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    page = write_page("Договор")
    worker.look()
    worker.look()
    with worker.database.transaction() as session:
        assert mark_read(session, cast.anna) == 1
    worker.look()
    assert [find.read for find in worker.finds(cast.anna)] == [True]
    _rewrite(worker, cast, page, "новый текст договора")
    worker.look()
    assert [find.read for find in worker.finds(cast.anna)] == [False]


def test_a_look_that_was_cut_off_is_made_up_for(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    ident = keep(cast.anna, "договор")
    before = wiki_clock.now()
    write_page("Договор")
    worker.look()
    with worker.database.transaction() as session:
        mark_read(session, cast.anna)
    write_page("Второй договор")
    _set(worker, SavedSearch, ident, looked_at=before)
    worker.look()
    told = {find.document.title: find.read for find in worker.finds(cast.anna)}
    assert told == {"Договор": True, "Второй договор": False}


def test_a_change_that_comes_to_light_a_minute_late_is_told(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    worker.look()
    made = worker.clock.moment - timedelta(minutes=1)
    later, worker.clock.moment = worker.clock.moment, made
    write_page("Договор")
    worker.clock.moment = later
    worker.look()
    assert worker.titles(cast.anna) == ["Договор"]


def test_who_asked_for_no_news_gets_none(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "договор", "off")
    removed = keep(cast.boris, "договор")
    with worker.database.transaction() as session:
        remove_search(session, cast.boris, removed)
    write_page("Договор")
    assert worker.look() == 0
    assert worker.titles(cast.anna) == worker.titles(cast.boris) == []


def test_the_search_is_run_with_the_rights_of_its_owner_at_that_moment(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    keep(cast.boris, "договор")
    write_page("Договор Севера", audience=f"team:{cast.anna.team_id}")
    write_page("Договор директоров", audience="directors")
    worker.look()
    assert worker.titles(cast.anna) == ["Договор Севера"]
    assert worker.titles(cast.boris) == []
    with worker.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SavedSearchHit)) == 1


def test_who_has_left_the_team_or_the_house_gets_nothing(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    keep(cast.boris, "договор")
    _set(worker, User, cast.anna.id, team_id=cast.boris.team_id)
    _set(worker, User, cast.boris.id, deactivated_at=wiki_clock.now())
    write_page("Договор", audience=f"team:{cast.anna.team_id}")
    write_page("Общий договор")
    assert worker.look() == 1
    with worker.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SavedSearchHit)) == 1


def test_what_may_no_longer_be_seen_vanishes_from_what_was_told(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    hidden, archived = write_page("Договор один"), write_page("Договор два")
    write_page("Договор три")
    worker.look()
    assert len(worker.titles(cast.anna)) == 3
    _set(worker, Page, hidden, audience="directors")
    _set(worker, Page, archived, archived=True)
    assert worker.titles(cast.anna) == ["Договор три"]


def test_the_title_is_that_of_now(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    page = write_page("Договор")
    worker.look()
    with worker.database.transaction() as session:
        row = session.get_one(Page, page)
        row.title = "Соглашение"
        add_revision_row(session, row, cast.vera, "x", title="Соглашение")
    assert worker.titles(cast.anna) == ["Соглашение"]


def test_one_word_of_many_is_no_news(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "договор аренды склада")
    write_page("Договор подряда")
    write_page("Аренда", "Снимаем склады в Твери")
    write_page("Пельмени для склада", "Аренда")
    worker.look()
    assert sorted(worker.titles(cast.anna)) == ["Аренда", "Пельмени для склада"]


def test_word_forms_families_and_the_glossary_make_news_too(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    with worker.database.transaction() as session:
        add_group(session, cast.vera, ["КП", "коммерческое предложение", "quote"])
    keep(cast.anna, "КП")
    keep(cast.boris, "продлить")
    keep(cast.vera, "догов*")
    write_page("Коммерческие предложения для школ")
    write_page("Предложение поужинать")
    write_page("Продление лицензий")
    write_page("Договорённость")
    worker.look()
    assert worker.titles(cast.anna) == ["Коммерческие предложения для школ"]
    assert worker.titles(cast.boris) == ["Продление лицензий"]
    assert worker.titles(cast.vera) == ["Договорённость"]


def test_chosen_facets_hold_for_news(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "English", query="language=en")
    keep(cast.boris, "English", query="q=договор&language=en")
    write_page("Contract договор", language="en")
    write_page("Договор", language="ru")
    write_page("Quote", language="en")
    worker.look()
    assert sorted(worker.titles(cast.anna)) == ["Contract договор", "Quote"]
    assert worker.titles(cast.boris) == ["Contract договор"]


def test_while_the_index_is_made_anew_nobody_looks(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_values: object) -> None:
        raise IndexUnusable

    keep(cast.anna, "договор")
    write_page("Договор")
    with monkeypatch.context() as patched:
        patched.setattr(worker.search.engine.__class__, "looking", broken)
        assert worker.look(indexed=False) == 0
    assert worker.look() == 1
    assert worker.titles(cast.anna) == ["Договор"]


def test_one_that_cannot_be_run_holds_up_nobody(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = looking.wanted_since

    def broken(query: str, moment: object) -> object:
        if query == "q=a":
            raise ZeroDivisionError
        return whole(query, moment)  # type: ignore[arg-type]

    keep(cast.anna, "a")
    keep(cast.boris, "договор")
    write_page("Договор")
    monkeypatch.setattr(looking, "wanted_since", broken)
    assert worker.look() == 1
    assert worker.titles(cast.boris) == ["Договор"]


def test_a_refused_question_is_done_with(worker: Worker, cast: Cast, keep: Keep) -> None:
    keep(cast.anna, "long", query="q=" + "a" * 3_000)
    assert worker.look() == 1


def test_a_round_has_an_end_and_the_next_goes_on(
    worker: Worker, cast: Cast, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        keep(cast.anna, f"слово{number}")
    monkeypatch.setattr(looking, "MOST_PER_ROUND", 2)
    assert MOST_PER_ROUND > 2
    assert worker.look() == 2
    with worker.app.app_context():
        again = [looking.look_for_news(worker.database, worker.search) for _time in range(2)]
    assert again == [1, 0]
    monkeypatch.setattr(looking, "LONGEST_ROUND", -1.0)
    assert worker.look() == 0


def test_of_very_much_news_only_the_newest_are_told(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    for number in range(MOST_FINDS + 5):
        write_page(f"Договор {number}")
    worker.look()
    with worker.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SavedSearchHit)) == MOST_FINDS
        first = finds_visible_to(session, cast.anna, worker.search)
        second = finds_visible_to(session, cast.anna, worker.search, first.next_key)
    assert len(first.rows) == len(second.rows) == PART
    assert not {find.id for find in first.rows} & {find.id for find in second.rows}


def test_news_of_a_search_that_tells_no_longer_are_not_shown(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    ident = keep(cast.anna, "договор")
    write_page("Договор")
    worker.look()
    with worker.database.transaction() as session:
        change_search(session, cast.anna, ident, "x", "off")
    assert worker.titles(cast.anna) == []


def test_finds_of_three_months_ago_are_forgotten_and_not_told_again(
    worker: Worker, cast: Cast, keep: Keep, write_page: WritePage
) -> None:
    keep(cast.anna, "договор")
    write_page("Договор")
    worker.look()
    worker.clock.forward(days=91)
    assert forget_old_finds(worker.database) == 0
    write_page("Новый договор")
    worker.look()
    worker.clock.forward(days=2)
    assert forget_old_finds(worker.database) == 1
    worker.look()
    assert worker.titles(cast.anna) == ["Новый договор"]
