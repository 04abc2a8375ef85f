"""Changing categories and their fact lists."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Cast
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Forbidden, Missing, Refusal
from wiki.history.models import HistoryEntry
from wiki.pages.categories import Tree, load_tree
from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.models import FactField
from wiki.pages.shelving import Plan, add_category, change_category, set_category_archived

WEIGHT = Field("weight", "Вес", "Weight", Kind.NUMBER, unit="kg")
PACK = Field("pack", "Упаковка", "Pack", Kind.CHOICE, choices=(Choice("bag", "пакет", "bag"),))
PLAN = Plan("Пельмени", "Pelmeni", fields=(WEIGHT, PACK))


def add(database: Database, actor: Actor, plan: Plan) -> int:
    with database.transaction() as session:
        return add_category(session, actor, plan).id


def change(database: Database, actor: Actor, ident: int, plan: Plan) -> None:
    with database.transaction() as session:
        change_category(session, actor, ident, plan)


def shelves(database: Database) -> Tree:
    with database.reading() as session:
        return load_tree(session)


def test_a_category_is_kept_with_its_facts_in_order(database: Database, cast: Cast) -> None:
    ident = add(database, cast.vera, PLAN)
    shelf = shelves(database).shelves[ident]
    assert (shelf.slug, shelf.name_ru, shelf.own_fields) == ("pelmeni", "Пельмени", (WEIGHT, PACK))
    change(database, cast.vera, ident, replace(PLAN, fields=(PACK, WEIGHT), slug="other"))
    shelf = shelves(database).shelves[ident]
    assert (shelf.slug, shelf.own_fields) == ("pelmeni", (PACK, WEIGHT))


def test_a_fact_taken_out_of_the_list_is_kept_aside_and_can_come_back(
    database: Database, cast: Cast
) -> None:
    ident = add(database, cast.vera, PLAN)
    change(database, cast.vera, ident, replace(PLAN, fields=(PACK,)))
    assert shelves(database).fields(ident) == (PACK,)
    with database.reading() as session:
        assert len(list(session.scalars(select(FactField)))) == 2
    change(database, cast.vera, ident, PLAN)
    assert shelves(database).fields(ident) == (WEIGHT, PACK)


def test_each_change_leaves_an_entry_and_moves_the_stamp(database: Database, cast: Cast) -> None:
    ident = add(database, cast.vera, PLAN)
    change(database, cast.vera, ident, replace(PLAN, name_en="Dumplings"))
    with database.transaction() as session:
        set_category_archived(session, cast.vera, ident, True)
    with database.reading() as session:
        entries = list(session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)))
    assert [e.action for e in entries] == ["add category", "change category", "archive category"]
    assert {e.actor_id for e in entries} == {cast.vera.id}
    assert shelves(database).shelves[ident].archived


@pytest.mark.parametrize("name", ["nina", "anna"])
def test_only_directors_change_categories(database: Database, cast: Cast, name: str) -> None:
    ident, person = add(database, cast.vera, PLAN), getattr(cast, name)
    with pytest.raises(Forbidden):
        add(database, person, PLAN)
    with pytest.raises(Forbidden):
        change(database, person, ident, PLAN)
    with pytest.raises(Forbidden), database.transaction() as session:
        set_category_archived(session, person, ident, True)
    assert not shelves(database).shelves[ident].archived


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name_ru": ""}, "needs a name"),
        ({"name_en": "x" * 101}, "at most 100 characters"),
        ({"fields": (WEIGHT, WEIGHT)}, "same key"),
        ({"fields": (replace(WEIGHT, key=""),)}, "needs a key"),
        ({"fields": (replace(WEIGHT, label_ru=""),)}, "in both languages"),
        ({"fields": (replace(PACK, choices=()),)}, "needs its answers"),
        ({"fields": (replace(PACK, choices=(Choice("", "+", "+"),)),)}, "code of its own"),
        ({"fields": (replace(PACK, choices=PACK.choices * 2),)}, "code of its own"),
        ({"fields": tuple(replace(WEIGHT, key=f"k{n}") for n in range(61))}, "at most 60"),
    ],
)
def test_an_impossible_category_is_refused(
    database: Database, cast: Cast, changes: dict[str, object], sentence: str
) -> None:
    ident = add(database, cast.vera, replace(PLAN, slug="first"))
    with pytest.raises(Refusal, match=sentence):
        add(database, cast.vera, replace(PLAN, **changes))  # type: ignore[arg-type]
    with pytest.raises(Refusal, match=sentence):
        change(database, cast.vera, ident, replace(PLAN, **changes))  # type: ignore[arg-type]
    assert len(shelves(database).shelves) == 1


@pytest.mark.parametrize("slug", ["pelmeni", "compare", "categories", "unfiled"])
def test_an_address_that_is_taken_is_refused(database: Database, cast: Cast, slug: str) -> None:
    add(database, cast.vera, PLAN)
    with pytest.raises(Clash, match="already a category with the address"):
        add(database, cast.vera, replace(PLAN, slug=slug))


def test_a_category_cannot_stand_below_itself_or_nowhere(database: Database, cast: Cast) -> None:
    top = add(database, cast.vera, replace(PLAN, slug="top"))
    below = add(database, cast.vera, replace(PLAN, slug="below", parent_id=top))
    for parent in (top, below):
        with pytest.raises(Refusal, match="below itself"):
            change(database, cast.vera, top, replace(PLAN, parent_id=parent))
    with pytest.raises(Missing):
        change(database, cast.vera, below, replace(PLAN, parent_id=999))
    with pytest.raises(Missing):
        add(database, cast.vera, replace(PLAN, slug="lost", parent_id=999))
    assert [s.id for s in shelves(database).path(below)] == [top, below]


def test_what_is_not_there_cannot_be_changed(database: Database, cast: Cast, app: Flask) -> None:
    with pytest.raises(Missing):
        change(database, cast.vera, 999, PLAN)
