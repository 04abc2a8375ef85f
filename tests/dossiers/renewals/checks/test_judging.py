"""Each check as a rule over plain values: what it says at its limit and one step beyond."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dossiers.renewals.checks.ground import (
    Buyer,
    Discounted,
    Ground,
    Lack,
    Path,
    Product,
    Signing,
    Supporter,
)
from dossiers.renewals.checks.judging import judge_all
from dossiers.renewals.checks.kinds import Check, Result
from dossiers.renewals.checks.rules_now import Rules
from dossiers.renewals.checks.seen import Seen

DAY = date(2026, 3, 2)
OLGA = Signing(4, 7, "Director", "Olga", 1)
GOOD = Ground(
    client_id=1,
    day=DAY,
    contract_id=9,
    buyers=(Buyer(1, "Olga", False, DAY),),
    supporters=(Supporter(1, "Olga", frozenset({0})), Supporter(2, "Oleg", frozenset({1}))),
    paths=(Path(4, "Equipment", DAY, (OLGA,)),),
    products=(Product(5, "Dumplings", False, verified=2),),
    ages={10: 4},
)


def seen(ground: Ground, code: Check, rules: Rules | None = None) -> Seen:
    return next(one for one in judge_all(ground, rules or Rules()) if one.code is code)


def test_a_dossier_that_is_kept_well_is_in_order_everywhere() -> None:
    assert {one.verdict for one in judge_all(GOOD, Rules())} == {Result.OK}


@pytest.mark.parametrize(
    ("lack", "link"),
    [
        (Lack.VACANT, "/clients/1/positions/7"),
        (Lack.UNKNOWN, "/clients/1/positions/7"),
        (Lack.GONE, "/clients/1/paths/4"),
        (Lack.AGAINST, "/persons/1?client=1#attitude"),
    ],
)
def test_a_signer_who_is_not_right_is_named_where_it_is_put_right(lack: Lack, link: str) -> None:
    path = Path(4, "Equipment", DAY, (OLGA, replace(OLGA, lack=lack)))
    one = seen(replace(GOOD, paths=(path,)), Check.SIGNERS)
    assert (one.verdict, one.link) == (Result.BAD, link)


def test_a_step_without_a_signer_is_a_weak_spot() -> None:
    path = Path(4, "Equipment", DAY, (OLGA,), ("Board",))
    one = seen(replace(GOOD, paths=(path,)), Check.SIGNERS)
    assert (one.verdict, one.words[1]["steps"]) == (Result.WEAK, "Board")


@pytest.mark.parametrize(
    ("days", "result"),
    [(180, Result.OK), (181, Result.WEAK), (360, Result.WEAK), (361, Result.BAD)],
)
def test_a_confirmation_ages(days: int, result: Result) -> None:
    path = Path(4, "Equipment", DAY - timedelta(days), (OLGA,))
    assert seen(replace(GOOD, paths=(path,)), Check.PATH).verdict is result


def test_the_path_that_is_worst_confirmed_is_named() -> None:
    draft = Path(8, "Services", None, (OLGA,))
    one = seen(replace(GOOD, paths=(*GOOD.paths, draft)), Check.PATH)
    assert (one.verdict, one.link) == (Result.WEAK, "/clients/1/paths/8/confirm")


def test_two_on_one_level_are_too_few_levels() -> None:
    both = tuple(replace(one, levels=frozenset({1})) for one in GOOD.supporters)
    assert seen(replace(GOOD, supporters=both), Check.SUPPORT).verdict is Result.WEAK
    rules = Rules(limits={**Rules().limits, "levels": 1})
    assert seen(replace(GOOD, supporters=both), Check.SUPPORT, rules).verdict is Result.OK


def test_a_discount_outside_the_policy_weighs_less_with_a_ground() -> None:
    deal = Discounted(3, "Pilot", Decimal("15.5"), Decimal(8), is_grounded=False)
    assert seen(replace(GOOD, discounted=(deal,)), Check.DISCOUNTS).verdict is Result.BAD
    told = replace(deal, is_grounded=True)
    one = seen(replace(GOOD, discounted=(told,)), Check.DISCOUNTS)
    assert (one.verdict, one.link) == (Result.WEAK, "/deals/3")
    assert one.words[1]["given"] == 15.5


def test_products_that_are_no_longer_sold_and_pages_that_nobody_verified_are_said() -> None:
    gone = replace(GOOD, products=(*GOOD.products, Product(6, "Soup", True)))
    assert seen(gone, Check.PRODUCTS).verdict is Result.BAD
    assert seen(gone, Check.PRODUCTS).link == "/pages/6"
    assert seen(gone, Check.PAGES).verdict is Result.OK
    old = replace(GOOD, products=(Product(5, "Dumplings", False, verified=2, overdue=1),))
    assert seen(old, Check.PAGES).verdict is Result.WEAK
    never = replace(GOOD, products=(Product(5, "Dumplings", False),))
    assert seen(never, Check.PAGES).verdict is Result.WEAK
    none = seen(replace(GOOD, products=()), Check.PRODUCTS)
    assert (none.verdict, none.link) == (Result.WEAK, "/contracts/9")


def test_of_facts_the_share_beyond_their_usual_life_counts() -> None:
    quarter = seen(replace(GOOD, ages={365: 3, 366: 1}), Check.FACTS)
    assert (quarter.verdict, quarter.facts["old"]) == (Result.OK, 1)
    assert seen(replace(GOOD, ages={10: 2, 366: 1}), Check.FACTS).verdict is Result.WEAK
    assert seen(replace(GOOD, ages={10: 2, 366: 3}), Check.FACTS).verdict is Result.BAD


def test_how_many_facts_no_longer_hold_follows_the_share_that_changes_in_half_a_year() -> None:
    one = seen(replace(GOOD, ages={182: 100}), Check.FACTS)
    assert (one.facts["low"], one.facts["high"]) == (11, 25)
    year = seen(replace(GOOD, ages={364: 100}), Check.FACTS)
    assert (year.facts["low"], year.facts["high"]) == (21, 44)
