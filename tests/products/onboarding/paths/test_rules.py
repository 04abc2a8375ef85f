"""Reading paths as plain data: their order, and what makes one that nobody could walk."""

import pytest

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.rules import Item, check_items, circle_in, in_order
from products.onboarding.paths.stored import as_rows, items_from
from wiki.errors import Refusal

NAMES = {"a": "Prices", "b": "Boilers", "c": "Delivery", "d": "Warranty"}


def page(code: str, *after: str, page_id: int | None = None, due: int | None = None) -> Item:
    return Item(code, ItemKind.PAGE, page_id or ord(code), "", due, after)


def test_items_stand_as_listed_but_never_before_what_they_wait_for() -> None:
    items = (page("a"), page("b", "d"), page("c"), page("d"))
    assert [item.code for item in in_order(items)] == ["a", "c", "d", "b"]
    assert [item.code for item in in_order((page("a"), page("b", "a")))] == ["a", "b"]


def test_a_circle_is_told_by_its_names_in_the_order_in_which_one_would_walk() -> None:
    items = (page("a"), page("b", "d"), page("c", "b"), page("d", "c"))
    assert [item.code for item in circle_in(items)] == ["b", "c", "d"]
    with pytest.raises(Refusal) as told:
        check_items(items, NAMES)
    assert "circle" in str(told.value)
    assert "«Boilers» → «Delivery» → «Warranty» → «Boilers»" in str(told.value)
    assert "Prices" not in str(told.value)


def test_what_hangs_behind_a_circle_is_not_said_to_be_a_part_of_it() -> None:
    items = (page("a", "b"), page("b", "a"), page("c", "b"))
    assert {item.code for item in circle_in(items)} == {"a", "b"}
    assert circle_in((page("a"), page("b", "a"), page("c", "b", "a"))) == ()


def test_a_page_that_waits_for_itself_is_refused_in_its_own_words() -> None:
    with pytest.raises(Refusal, match="«Prices» waits for itself"):
        check_items((page("a", "a"),), NAMES)


def test_the_same_page_stands_once_but_its_questions_may_stand_beside_it() -> None:
    questions = Item("b", ItemKind.QUESTION, ord("a"))
    check_items((page("a"), questions), NAMES)
    with pytest.raises(Refusal, match="stands in the path twice"):
        check_items((page("a"), page("b", page_id=ord("a"))), NAMES)


def test_waiting_for_what_is_not_there_is_refused() -> None:
    with pytest.raises(Refusal, match="waits for something that is not in the path"):
        check_items((page("a", "z"),), NAMES)


@pytest.mark.parametrize("day", [-1, 731])
def test_days_are_counted_from_the_first_day_for_two_years(day: int) -> None:
    check_items((page("a", due=0), page("b", due=730)), NAMES)
    with pytest.raises(Refusal, match="is due on day"):
        check_items((page("a", due=day),), NAMES)


def test_a_page_to_be_written_needs_words_and_a_page_to_be_read_needs_the_page() -> None:
    check_items((Item("a", ItemKind.PLACEHOLDER, None, "Our new freezer"),), NAMES)
    for item in (Item("a", ItemKind.PLACEHOLDER), Item("a", ItemKind.PAGE)):
        with pytest.raises(Refusal):
            check_items((item,), NAMES)


def test_a_path_has_at_most_two_hundred_places() -> None:
    many = tuple(Item(f"s{n}", ItemKind.PAGE, n + 1) for n in range(201))
    check_items(many[:200], {})
    with pytest.raises(Refusal, match="at most 200 places, and this one has 201"):
        check_items(many, {})


def test_items_come_back_from_the_database_as_they_went_in() -> None:
    items = (page("a", due=3), Item("b", ItemKind.PLACEHOLDER, None, "Скоро", None, ("a",)))
    assert items_from(as_rows(items)) == items
