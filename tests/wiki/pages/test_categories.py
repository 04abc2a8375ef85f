"""The category tree as plain data."""

from dataclasses import replace

from flask import Flask

from tests.conftest import Cast
from tests.counting import counting
from wiki.database import Database
from wiki.pages.categories import Shelf, Tree, stamp_of_tree, tree
from wiki.pages.facts import Field, Kind
from wiki.pages.shelving import Plan, add_category, change_category

WEIGHT = Field("weight", "Вес", "Weight", Kind.NUMBER, unit="kg")
PRICE = Field("price", "Цена", "Price", Kind.MONEY)
NET = replace(WEIGHT, label_en="Net weight")


def shelf(ident: int, parent: int | None, *fields: Field, archived: bool = False) -> Shelf:
    return Shelf(ident, parent, f"s{ident}", f"С{ident}", f"S{ident}", archived, ("", ""), fields)


TREE = Tree(
    1,
    {
        s.id: s
        for s in (
            shelf(1, None, WEIGHT, PRICE),
            shelf(2, 1, NET),
            shelf(3, 2),
            shelf(4, None, archived=True),
            shelf(5, 4),
        )
    },
)


def test_a_path_leads_from_the_top_down() -> None:
    assert [s.id for s in TREE.path(3)] == [1, 2, 3]
    assert TREE.path(None) == TREE.path(99) == []


def test_below_a_category_stands_it_and_all_under_it() -> None:
    assert TREE.below(1) == [1, 2, 3]
    assert TREE.below(3) == [3]


def test_fields_come_from_above_and_a_nearer_one_replaces_its_like() -> None:
    assert TREE.fields(1) == (WEIGHT, PRICE)
    assert TREE.fields(3) == (NET, PRICE)
    assert TREE.fields(None) == ()


def test_what_is_archived_is_not_walked_through() -> None:
    assert [(depth, s.id) for depth, s in TREE.walk()] == [(0, 1), (1, 2), (2, 3)]


def test_a_field_is_found_by_key_anywhere_and_an_unknown_one_is_text() -> None:
    assert TREE.field("price") == PRICE
    assert TREE.field("nothing") == Field("nothing", "nothing", "nothing", Kind.TEXT)


def test_names_are_in_the_readers_language() -> None:
    assert (TREE.shelves[2].name("ru"), TREE.shelves[2].name("en")) == ("С2", "S2")
    assert TREE.by_slug("s5") == TREE.shelves[5]
    assert TREE.by_slug("nowhere") is None


def test_the_tree_is_read_again_only_after_a_change(
    app: Flask, cast: Cast, database: Database
) -> None:
    plan = Plan("Пельмени", "Pelmeni", fields=(WEIGHT,))
    with database.transaction() as session:
        ident = add_category(session, cast.vera, plan).id
    with app.app_context(), database.reading() as session:
        first = tree(session)
        with counting(database) as sent:
            assert tree(session, stamp_of_tree(session)) is first
        assert len(sent) == 1
    with database.transaction() as session:
        change_category(session, cast.vera, ident, replace(plan, name_en="Dumplings"))
    with app.app_context(), database.reading() as session:
        assert tree(session).shelves[ident].name_en == "Dumplings"
        assert tree(session).fields(ident) == (WEIGHT,)
