"""Which rule holds, and what is wrong with a set of rules."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from dossiers.deals.discounts.documents import GROUNDS, document_of, grounds_in, rules_in
from dossiers.deals.discounts.flaws import SELLING, Lack, clashes_of, gaps_of
from dossiers.deals.discounts.policy import (
    Asked,
    Miss,
    Rule,
    Seller,
    Version,
    WhoKind,
    answer_of,
    best_rule,
    boundaries,
    miss_of,
    version_on,
)
from wiki.accounts.actor import Role

DAY = date(2026, 3, 2)
ANNA = Seller(2, Role.MANAGER, 1)
FROZEN, PELMENI = 10, 11
"""Pelmeni are among the frozen."""


def rule(percent: int, who: WhoKind = WhoKind.EVERYBODY, whom: str = "", **more: object) -> Rule:
    return Rule(who, whom, Decimal(percent), **more)  # type: ignore[arg-type]


def asked(**more: object) -> Asked:
    said = {
        "seller": ANNA,
        "categories": (PELMENI, FROZEN),
        "currency": "RUB",
        "total": Decimal(2_000_000),
        "day": DAY,
    }
    return Asked(**{**said, **more})  # type: ignore[arg-type]


def test_the_rule_that_names_the_seller_most_exactly_holds() -> None:
    rules = [
        rule(1),
        rule(2, WhoKind.ROLE, "manager", category_id=PELMENI),
        rule(3, WhoKind.TEAM, "1"),
        rule(4, WhoKind.COLLEAGUE, "2"),
        rule(5, WhoKind.COLLEAGUE, "3"),
    ]
    found = answer_of(rules, asked())
    assert found.percent == 4
    assert [why for _rule, why in found.others] == [Miss.SELLER] * 4
    assert best_rule(rules, asked(seller=Seller())) == rules[0]


def test_the_nearest_category_holds_and_those_below_belong_to_it() -> None:
    rules = [rule(5), rule(7, category_id=FROZEN), rule(9, category_id=PELMENI)]
    assert best_rule(rules, asked()) == rules[2]
    assert best_rule(rules, asked(categories=(99, FROZEN))) == rules[1]
    assert best_rule(rules, asked(categories=())) == rules[0]


def test_the_rule_for_the_largest_amount_that_is_reached_holds() -> None:
    rules = [
        rule(5),
        rule(8, currency="RUB", amount_from=Decimal(1_000_000)),
        rule(12, currency="RUB", amount_from=Decimal(5_000_000)),
    ]
    assert best_rule(rules, asked()) == rules[1]
    assert best_rule(rules, asked(total=Decimal(5_000_000))) == rules[2]
    assert best_rule(rules, asked(total=Decimal("999999.99"))) == rules[0]
    assert best_rule(rules, asked(currency="USD")) == rules[0]
    assert best_rule(rules, asked(total=None)) == rules[0]


def test_of_two_that_contradict_each_other_the_one_that_allows_less_holds() -> None:
    found = answer_of([rule(9), rule(4)], asked())
    assert found.percent == 4
    assert found.others == [(rule(9), Miss.LESS)]
    assert clashes_of([rule(9), rule(4)])[0].differ


def test_a_rule_holds_on_its_first_and_last_day_and_no_longer() -> None:
    one = rule(9, since=DAY, until=DAY + timedelta(days=1))
    days = [DAY + timedelta(days=n) for n in range(-1, 3)]
    assert [miss_of(one, asked(day=day)) is None for day in days] == [False, True, True, False]


def test_the_version_saved_last_of_those_that_hold_by_then_is_in_force() -> None:
    old, new = Version(1, DAY, ()), Version(2, DAY + timedelta(days=10), ())
    mended = Version(3, DAY + timedelta(days=5), ())
    assert version_on([old, new], DAY - timedelta(days=1)) is None
    assert version_on([new, old], DAY + timedelta(days=9)) == old
    assert version_on([old, new, mended], DAY + timedelta(days=20)) == mended


def test_gaps_are_named_by_what_they_lack() -> None:
    managers = rule(5, WhoKind.ROLE, "manager")
    assert [(g.role, g.lack) for g in gaps_of([managers], DAY)] == [(Role.DIRECTOR, Lack.ANYTHING)]
    assert not gaps_of([rule(5)], DAY)
    assert {g.lack for g in gaps_of([rule(5, category_id=FROZEN)], DAY)} == {Lack.PRODUCTS}
    rubles = gaps_of([rule(5, currency="RUB", amount_from=Decimal(100))], DAY)
    assert {(g.lack, g.currency, g.below) for g in rubles} == {
        (Lack.AMOUNTS, "RUB", Decimal(100)),
        (Lack.CURRENCIES, "", None),
    }
    later = gaps_of([rule(5, since=DAY + timedelta(days=3))], DAY)
    assert {(g.since, g.until) for g in later} == {(DAY, DAY + timedelta(days=2))}


DAYS = st.integers(0, 6).map(lambda number: DAY + timedelta(days=number))
WHO = st.sampled_from(
    [
        (WhoKind.EVERYBODY, ""),
        (WhoKind.ROLE, "manager"),
        (WhoKind.ROLE, "director"),
        (WhoKind.TEAM, "1"),
        (WhoKind.COLLEAGUE, "2"),
    ]
)
CURRENCY = st.sampled_from([("", None), ("RUB", None), ("RUB", Decimal(10)), ("USD", Decimal(5))])


@st.composite
def a_rule(draw: st.DrawFn) -> Rule:
    (who, whom), (currency, least) = draw(WHO), draw(CURRENCY)
    since, until = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if since and until and until < since:
        since, until = until, since
    category = draw(st.sampled_from([None, None, FROZEN, PELMENI]))
    percent = Decimal(draw(st.integers(0, 3)))
    return Rule(who, whom, percent, category, currency, least, since, until)


RULES = st.lists(a_rule(), max_size=5)
POINTS = [
    Asked(Seller(9, role), categories, currency, total, day)
    for role, categories, currency, total, day in product(
        SELLING,
        ((), (FROZEN,), (PELMENI, FROZEN)),
        ("RUB", "USD", "EUR"),
        (Decimal(0), Decimal(7), Decimal(100)),
        [DAY + timedelta(days=number) for number in (*range(8), 900)],
    )
]


@given(RULES)
def test_rules_without_gaps_speak_of_every_deal_and_those_with_gaps_do_not(
    rules: list[Rule],
) -> None:
    silent = any(best_rule(rules, point) is None for point in POINTS)
    assert silent is bool(gaps_of(rules, DAY))


@given(RULES, st.randoms(use_true_random=False))
def test_the_order_of_rules_changes_nothing(rules: list[Rule], order: object) -> None:
    shuffled = list(rules)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    for point in POINTS[::7]:
        found, again = best_rule(rules, point), best_rule(shuffled, point)
        assert (found and found.percent) == (again and again.percent)


@given(RULES)
def test_without_contradictions_it_never_comes_to_the_lesser_percent(rules: list[Rule]) -> None:
    if clashes_of(rules):
        return
    anna = [Asked(ANNA, p.categories, p.currency, p.total, p.day) for p in POINTS[::5]]
    for point in anna:
        assert all(why is not Miss.LESS for _rule, why in answer_of(rules, point).others)


@given(RULES)
def test_a_kept_document_reads_back_the_same(rules: list[Rule]) -> None:
    document = document_of(rules, GROUNDS)
    assert rules_in(document) == tuple(rules)
    assert grounds_in(document) == GROUNDS


@given(RULES)
def test_between_boundaries_every_day_is_like_the_day_before(rules: list[Rule]) -> None:
    version = Version(1, DAY, tuple(rules))
    for number in range(1, 9):
        day = DAY + timedelta(days=number)
        if day in boundaries([version]):
            continue
        for point in POINTS[::11]:
            one = Asked(point.seller, point.categories, point.currency, point.total, day)
            other = Asked(
                point.seller, point.categories, point.currency, point.total, day - timedelta(days=1)
            )
            assert best_rule(rules, one) == best_rule(rules, other)
