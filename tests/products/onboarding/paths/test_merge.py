"""Two people changed a path at once, and what differs between two versions."""

from dataclasses import replace

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.compare import Difference, What, compare, moved_between
from products.onboarding.paths.merge import Disputed, merge
from products.onboarding.paths.rules import Item, Items, circle_in
from tests.products.onboarding.paths.making import codes


def page(code: str, *after: str, due: int | None = None) -> Item:
    return Item(code, ItemKind.PAGE, ord(code), "", due, after)


BASE: Items = (page("a"), page("b"), page("c"))


def test_what_only_one_changed_is_taken_from_that_one() -> None:
    ours = (page("a", due=3), page("b"), page("c"))
    theirs = (page("a"), page("b", "a"), page("c"), page("d"))
    joined = merge(BASE, ours, theirs)
    assert joined.disputed == ()
    assert joined.items == (page("a", due=3), page("b", "a"), page("c"), page("d"))


def test_one_moved_and_the_other_added() -> None:
    ours = (page("c"), page("a"), page("b"))
    theirs = (page("a"), page("n"), page("b"), page("c"))
    assert codes(merge(BASE, ours, theirs).items) == ["c", "a", "n", "b"]
    assert codes(merge(BASE, theirs, ours).items) == ["c", "a", "n", "b"]


def test_two_different_days_are_disputed_and_ours_stands_meanwhile() -> None:
    joined = merge(BASE, (page("a", due=3), *BASE[1:]), (page("a", due=5), *BASE[1:]))
    assert joined.disputed == (Disputed("a", "due"),)
    assert joined.items[0].due_day == 3
    agreed = merge(BASE, (page("a", due=3), *BASE[1:]), (page("a", due=3), *BASE[1:]))
    assert agreed.disputed == ()


def test_taken_out_by_one_is_gone_and_nothing_waits_for_it() -> None:
    base = (page("a"), page("b", "a"), page("c"))
    joined = merge(base, (page("a"), page("b", "a"), page("c", due=1)), base[1:])
    assert joined.disputed == ()
    assert joined.items == (page("b"), page("c", due=1))


def test_taken_out_by_one_and_changed_by_the_other_is_disputed() -> None:
    joined = merge(BASE, BASE[1:], (page("a", due=5), *BASE[1:]))
    assert joined.disputed == (Disputed("a", ""),)
    assert codes(joined.items) == ["b", "c"]


def test_the_same_page_added_by_both_stands_once() -> None:
    new = page("d")
    ours = (*BASE, replace(new, code="x"), page("e", "x"))
    theirs = (*BASE, replace(new, code="y"))
    joined = merge(BASE, ours, theirs)
    assert [item.page_id for item in joined.items].count(new.page_id) == 1
    assert joined.items[-1].after == ("y",)


def test_two_orders_that_together_lead_in_a_circle_are_disputed_and_nothing_is_lost() -> None:
    ours = (page("a", "b"), page("b"), page("c"))
    theirs = (page("a"), page("b", "a"), page("c"), page("d"))
    joined = merge(BASE, ours, theirs)
    assert joined.disputed == (Disputed("", "after"),)
    assert codes(joined.items) == ["a", "b", "c", "d"]
    assert not circle_in(joined.items)


def test_the_fewest_moves_are_told() -> None:
    assert moved_between("abcde", "eabcd") == {"e"}
    assert moved_between("abcde", "bcdea") == {"a"}
    assert moved_between("abc", "abxc") == frozenset()
    assert moved_between("", "a") == frozenset()


def test_differences_are_told_item_by_item() -> None:
    new = (page("c"), replace(page("a", "c", due=2), kind=ItemKind.QUESTION), page("d"))
    found = compare(BASE, new)
    assert Difference(What.NEW, "d") in found
    assert found[-1] == Difference(What.GONE, "b")
    assert {one.field for one in found if one.code == "a"} >= {"what", "due", "after"}
    assert compare(BASE, BASE) == []
