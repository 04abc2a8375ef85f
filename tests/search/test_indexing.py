import json
import random
from dataclasses import asdict
from multiprocessing import get_context

import pytest
from sqlalchemy import func, select, update

from search.assembly import Search, assemble
from search.documents import Key
from search.engine import Health, IndexBusy
from search.indexing import BATCH, compare, keep_current, rebuild
from search.wiki_pages import PAGES
from tests.conftest import Cast
from tests.factories.pages import add_revision_row
from tests.search.conftest import EVERYONE, WritePage, asked, find, idents
from tests.search.draining import drain_for_ever
from wiki.config import Settings
from wiki.database import Database
from wiki.outbox import OutboxRow, changed
from wiki.pages.models import Page

pytestmark = pytest.mark.usefixtures("cast")


def waiting(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(OutboxRow)) or 0


def nobody(_done: int) -> None:
    pass


def differences(database: Database, search: Search) -> bool:
    return bool(compare(database, search, nobody))


def test_the_first_round_makes_the_index_and_empties_the_outbox(
    database: Database, search: Search, write_page: WritePage
) -> None:
    page = write_page("Скидка постоянному клиенту", "Условия.")
    assert search.engine.health() is Health.ABSENT
    keep_current(database, search)
    assert idents(find(search.engine, "скидки")) == [page]
    assert waiting(database) == 0


def test_a_change_replaces_and_an_archived_page_goes(
    database: Database, search: Search, write_page: WritePage, cast: Cast
) -> None:
    page, other = write_page("Скидка", "старое"), write_page("Остаток", "старое")
    keep_current(database, search)
    assert find(search.engine, "старое").total == 2
    with database.transaction() as session:
        add_revision_row(session, session.get_one(Page, page), cast.anna, "новое")
        changed(session, "page", page)
        session.execute(update(Page).where(Page.id == other).values(archived=True))
        changed(session, "page", other)
    assert keep_current(database, search) == 2
    assert find(search.engine, "старое").total == 0
    assert idents(find(search.engine, "новое")) == [page]


def test_more_rows_than_a_batch_are_drained_in_one_round(
    database: Database, search: Search, write_page: WritePage
) -> None:
    keep_current(database, search)
    page = write_page("Скидка")
    with database.transaction() as session:
        for _row in range(2 * BATCH):
            changed(session, "page", page)
    assert keep_current(database, search) == 2 * BATCH + 1
    assert waiting(database) == 0
    assert find(search.engine, "скидка").total == 1


def test_a_stop_between_index_and_outbox_loses_nothing_and_doubles_nothing(
    database: Database, search: Search, write_page: WritePage
) -> None:
    keep_current(database, search)
    page = write_page("Скидка")
    with database.reading() as session, search.engine.writing():
        loaded = search.sources.load(session, [Key("page", page)])
        search.engine.write(loaded.values(), [])
    assert waiting(database) == 1
    keep_current(database, search)
    assert waiting(database) == 0
    assert find(search.engine, "скидка").total == 1
    assert not differences(database, search)


def test_rows_of_a_kind_nobody_tells_do_not_stop_the_others(
    database: Database, search: Search, write_page: WritePage
) -> None:
    keep_current(database, search)
    with database.transaction() as session:
        changed(session, "a kind of tomorrow", 1)
    page = write_page("Скидка")
    keep_current(database, search)
    assert waiting(database) == 0
    assert idents(find(search.engine, "скидка")) == [page]


def test_an_index_of_another_version_is_made_anew_without_asking(
    database: Database, search: Search, write_page: WritePage, settings: Settings
) -> None:
    page = write_page("Скидка")
    keep_current(database, search)
    (about,) = (settings.home / "index").glob("*/about.json")
    about.write_text(json.dumps({"analysis": 0}))
    keep_current(database, search)
    assert search.engine.health() is Health.READY
    assert idents(find(search.engine, "скидка")) == [page]


def test_a_rebuild_tells_its_progress_and_takes_what_waited(
    database: Database, search: Search, write_page: WritePage, cast: Cast
) -> None:
    for number in range(3):
        write_page(f"Скидка {number}")
    seen, all_of_them = [0], 3 + len(asdict(cast))
    assert rebuild(database, search, seen.append, 0.0) == all_of_them
    assert seen[-1] == all_of_them
    assert waiting(database) == 0
    assert find(search.engine, "скидка").total == 3


def test_while_another_process_writes_the_rows_wait_and_are_indexed_later(
    database: Database, search: Search, settings: Settings, write_page: WritePage
) -> None:
    page = write_page("Скидка")
    with assemble(settings.home, [PAGES]).engine.writing():
        assert keep_current(database, search) == 0
        assert waiting(database) == 1
        with pytest.raises(IndexBusy):
            rebuild(database, search, nobody, 0.0)
    keep_current(database, search)
    assert idents(find(search.engine, "скидка")) == [page]


def test_check_says_what_is_missing_old_and_surplus(
    database: Database, search: Search, write_page: WritePage, cast: Cast
) -> None:
    missing, old, surplus, same = (write_page(f"Скидка {n}") for n in range(4))
    keep_current(database, search)
    assert not differences(database, search)
    with search.engine.writing():
        search.engine.write([], [Key("page", missing)])
    with database.transaction() as session:
        add_revision_row(session, session.get_one(Page, old), cast.anna, "иначе")
        session.execute(update(Page).where(Page.id == surplus).values(archived=True))
    found = compare(database, search, nobody)
    assert found.missing == (Key("page", missing),)
    assert found.outdated == (Key("page", old),)
    assert found.surplus == (Key("page", surplus),)
    assert found.documents == 3 + len(asdict(cast))
    assert same


def test_what_waits_for_the_worker_is_no_difference(
    database: Database, search: Search, write_page: WritePage
) -> None:
    keep_current(database, search)
    write_page("Скидка")
    found = compare(database, search, nobody)
    assert not found
    assert found.waiting == 1


@pytest.mark.slow
def test_a_drain_killed_at_random_moments_loses_nothing(
    database: Database, search: Search, settings: Settings, write_page: WritePage
) -> None:
    chance = random.Random(7)
    keep_current(database, search)
    written: list[int] = []
    drains = get_context("forkserver")
    drains.set_forkserver_preload(["tests.search.draining"])
    for _round in range(8):
        process = drains.Process(
            target=drain_for_ever, args=(settings.home, settings.database_address)
        )
        process.start()
        for number in range(chance.randint(1, 12)):
            written.append(write_page(f"Скидка {len(written)} {number}", "текст " * 50))
            process.join(chance.random() / 20)
        process.kill()
        process.join()
        process.close()
    keep_current(database, search, patience=5.0)
    with search.engine.looking(EVERYONE) as look:
        found = look.search(asked("скидка"), 200)
    assert sorted(idents(found)) == sorted(written)
    assert not differences(database, search)
