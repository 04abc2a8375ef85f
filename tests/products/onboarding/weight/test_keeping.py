"""Each version is weighed as it is saved; pages from before are taken in later."""

import pytest
from flask import Flask
from sqlalchemy import delete, select

from products.onboarding.models import PageToRead, RevisionWeight
from products.onboarding.weight.checks import LONGEST_WORD
from products.onboarding.weight.keeping import weigh_known
from products.onboarding.weight.services import KIND, overrule
from tests.conftest import Cast, SetClock
from tests.factories.pages import make_page_row, rewrite_page, write_page
from wiki.database import Database
from wiki.errors import Forbidden, Missing, Refusal
from wiki.history.models import HistoryEntry

BODY = "Печь стоит 100 000 ₽, доставка по договору."


@pytest.fixture
def page(app: Flask, cast: Cast, clock: SetClock) -> int:
    """A page whose price changed in version 2, and a comma in version 3."""
    page = write_page(app, cast.anna, "Печь", BODY, language="ru")
    clock.forward(days=1)
    rewrite_page(app, cast.anna, page, body=BODY.replace("100", "110"))
    clock.forward(days=1)
    rewrite_page(app, cast.anna, page, body=BODY.replace("100", "110").replace(",", ";"))
    return page


def weights(database: Database, page: int) -> list[bool]:
    kept = select(RevisionWeight.material).where(RevisionWeight.page_id == page)
    with database.reading() as session:
        return list(session.scalars(kept.order_by(RevisionWeight.number)))


def newest(database: Database, page: int) -> int:
    with database.reading() as session:
        return session.get_one(PageToRead, page).material


def test_a_price_asks_again_and_a_comma_does_not(database: Database, page: int) -> None:
    assert weights(database, page) == [True, True, False]
    assert newest(database, page) == 2
    with database.reading() as session:
        kept = session.get_one(PageToRead, page)
        assert kept.material_at.day == 3
        assert kept.seconds >= 20


def test_a_long_page_takes_longer_to_read(app: Flask, cast: Cast, database: Database) -> None:
    long = write_page(app, cast.anna, "Long", "word " * 800)
    with database.reading() as session:
        assert session.get_one(PageToRead, long).seconds == 300


def test_pages_from_before_are_taken_in_once(
    app: Flask, cast: Cast, database: Database, page: int
) -> None:
    with database.transaction() as session:
        session.execute(delete(PageToRead))
        session.execute(delete(RevisionWeight).where(RevisionWeight.number > 1))
        bare = make_page_row(session, "Столы", cast.anna, "Два слова.").id
        make_page_row(session, "Заметки", cast.anna, "Тайна.", room="client")
    assert weigh_known(database) == 2
    assert weigh_known(database) == 0
    assert newest(database, page) == 3
    assert newest(database, bare) == 1
    assert weights(database, bare) == [True]


def test_an_editor_overrules_with_a_word_and_the_history_keeps_both(
    database: Database, cast: Cast, page: int
) -> None:
    with database.transaction() as session:
        overrule(session, cast.boris, page, 3, True, "  Точка с запятой\nв договоре важна ")
    assert newest(database, page) == 3
    with database.reading() as session:
        entry = session.scalars(select(HistoryEntry).filter_by(subject_kind=KIND)).one()
    word = "Точка с запятой в договоре важна"
    assert entry.actor_id == cast.boris.id
    assert entry.before == {"number": 3, "material": False, "word": ""}
    assert entry.after == {"number": 3, "material": True, "word": word}


def test_what_need_not_be_read_gives_way_to_the_material_version_before(
    database: Database, cast: Cast, page: int
) -> None:
    with database.transaction() as session:
        overrule(session, cast.anna, page, 2, False, "Опечатка в цене")
    assert newest(database, page) == 1
    with database.transaction() as session:
        overrule(session, cast.anna, page, 2, True, "Нет, цена новая")
    assert newest(database, page) == 2


@pytest.mark.parametrize("word", ["", " ", "\u200b", "x", "y" * (LONGEST_WORD + 1)])
def test_without_a_fitting_word_nothing_changes(
    database: Database, cast: Cast, page: int, word: str
) -> None:
    with pytest.raises(Refusal), database.transaction() as session:
        overrule(session, cast.anna, page, 3, True, word)
    assert weights(database, page) == [True, True, False]


def test_who_may_not_see_or_write_cannot_overrule(
    app: Flask, database: Database, cast: Cast, page: int
) -> None:
    team = next(one for one in cast.anna.audiences if one not in cast.boris.audiences)
    secret = write_page(app, cast.anna, "Secret", audience=team)
    rewrite_page(app, cast.anna, secret, body="New.")
    for actor, number, error in (
        (cast.boris, secret, Missing),
        (cast.nina, page, Forbidden),
        (cast.anna, 10**6, Missing),
    ):
        with pytest.raises(error), database.transaction() as session:
            overrule(session, actor, number, 2, False, "Because")
    with pytest.raises(Refusal), database.transaction() as session:
        overrule(session, cast.anna, page, 1, False, "Because")
    assert weights(database, secret) == [True, True]
