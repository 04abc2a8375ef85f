"""Figures of deals are worked out when they come, and again when what they rest on changes."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from dossiers.deals.discounts.policy import WhoKind
from dossiers.deals.discounts.renewal import keep_in_step, last_renewal
from dossiers.deals.kinds import DealKind
from dossiers.deals.matching.deciding import decide, is_one_of_ours
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.record import DealRecord, Line
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.deals.discounts.making import (
    CLOSED,
    FIRST,
    deal_of,
    product_of,
    rule,
    sold,
    work,
    write_policy,
)
from tests.factories.deals import apply, make_source
from tests.factories.pages import add_revision_row, make_category, make_page_row
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.pages.models import Page


def price(amount: str, currency: str = "RUB") -> dict[str, Any]:
    return {"list_price": {"amount": amount, "currency": currency}}


def page_with_price(session: Session, author: Actor, title: str, amount: str) -> Page:
    page = make_page_row(session, title, author)
    add_revision_row(session, page, author, "Text.", facts=price(amount))
    return page


def test_a_deal_has_its_figures_as_soon_as_it_is_written(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        write_policy(session, cast.vera, [rule("10")])
        apply(session, make_source(session), sold("in", 90), sold("out", "89.99"))
        inside, outside = deal_of(session, "in"), deal_of(session, "out")
        assert (inside.list_total, inside.discount, inside.allowed) == (100, 10, 10)
        assert (inside.is_outside_policy, outside.is_outside_policy) == (False, True)
        assert outside.discount == Decimal("10.01")


def test_a_deal_that_changes_is_judged_by_what_it_says_now(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        write_policy(session, cast.vera, [rule("10")])
        source = make_source(session)
        apply(session, source, sold("D", 50))
        apply(session, source, sold("D", 95))
        deal = deal_of(session, "D")
        assert (deal.discount, deal.is_outside_policy) == (5, False)
        apply(session, source, sold("D", None))
        assert deal_of(session, "D").discount is None


def test_without_a_policy_or_a_rule_nothing_is_judged(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        source = make_source(session)
        write_policy(session, cast.vera, [rule("1", WhoKind.ROLE, "director")], CLOSED)
        early = sold("early", 50, closed_on=CLOSED - timedelta(days=1))
        apply(session, source, early, sold("silent", 50))
        for ident in ("early", "silent"):
            deal = deal_of(session, ident)
            assert (deal.discount, deal.allowed, deal.is_outside_policy) == (50, None, False)


def test_the_seller_is_judged_by_name_team_and_role(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        rules = [
            rule("5", WhoKind.ROLE, "manager"),
            rule("7", WhoKind.TEAM, cast.boris.team_id),
            rule("9", WhoKind.COLLEAGUE, cast.anna.id),
        ]
        write_policy(session, cast.vera, rules)
        deals = [sold(name, 90, owner=name) for name in ("Anna", "Boris", "Nobody")]
        apply(session, make_source(session), *deals)
        allowed = [deal_of(session, name).allowed for name in ("Anna", "Boris", "Nobody")]
        assert allowed == [9, 7, None]


def test_the_price_of_the_page_on_the_day_stands_in_for_one_not_said(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        page = page_with_price(session, cast.anna, "GTX Pro", "200")
        then = clock.moment.date()
        clock.forward(days=10)
        add_revision_row(session, page, cast.anna, "Text.", facts=price("400"))
        source = make_source(session)
        days = {"older": then - timedelta(days=90), "then": then, "now": clock.moment.date()}
        apply(session, source, *(sold(n, 100, None, closed_on=day) for n, day in days.items()))
        totals = [deal_of(session, name).list_total for name in days]
        assert totals == [200, 200, 400]
        apply(session, source, sold("dollars", 100, None, currency="USD"))
        assert deal_of(session, "dollars").list_total is None


def test_a_page_that_is_not_for_everybody_tells_no_price(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        page_with_price(session, cast.anna, "GTX Pro", "200").audience = "team:1"
        session.flush()
        apply(session, make_source(session), sold("D", 100, None))
        assert deal_of(session, "D").list_total is None


@pytest.mark.parametrize(
    "fact",
    [
        {"amount": "1e999", "currency": "RUB"},
        {"amount": "NaN", "currency": "RUB"},
        {"amount": "0.00001", "currency": "RUB"},
        {"amount": "12"},
        ["RUB"],
        "100",
        True,
    ],
)
def test_a_fact_that_is_no_price_is_none(database: Database, cast: Cast, fact: Any) -> None:
    with database.transaction() as session:
        page = make_page_row(session, "GTX Pro", cast.anna)
        add_revision_row(session, page, cast.anna, "Text.", facts={"list_price": fact})
        apply(session, make_source(session), sold("D", 100, None))
        assert deal_of(session, "D").list_total is None


def test_rules_of_a_category_speak_of_those_below(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        frozen = make_category(session, "Frozen")
        pelmeni = make_category(session, "Pelmeni", frozen)
        make_page_row(session, "Ravioli", cast.anna, category_id=pelmeni.id)
        make_page_row(session, "Cups", cast.anna)
        write_policy(session, cast.vera, [rule("2"), rule("12", category_id=frozen.id)])
        lines = (
            Line("Ravioli", list_price=Decimal(300)),
            Line("Cups", list_price=Decimal(100)),
        )
        apply(session, make_source(session), sold("D", 360, lines=lines))
        deal = deal_of(session, "D")
        assert (deal.allowed, deal.discount) == (Decimal("9.5"), 10)
        assert deal.is_outside_policy


def test_a_new_policy_judges_the_deals_of_its_days_anew(
    app: Flask, database: Database, cast: Cast
) -> None:
    board = app.extensions["jobs"]
    with database.transaction() as session:
        apply(session, make_source(session), sold("D", 80), sold("old", 80, closed_on=FIRST))
        write_policy(session, cast.vera, [rule("10")], CLOSED)
    work(board, database)
    with database.transaction() as session:
        assert deal_of(session, "D").is_outside_policy
        assert not deal_of(session, "old").is_outside_policy
        job = last_renewal(session)
        assert job is not None
        assert job.result == {"deals": 2, "changed": 1}
        write_policy(session, cast.vera, [rule("25")], CLOSED)
    work(board, database)
    with database.transaction() as session:
        assert not deal_of(session, "D").is_outside_policy


def test_a_changed_price_and_a_decided_product_renew_their_deals(
    app: Flask, database: Database, cast: Cast, clock: SetClock
) -> None:
    board = app.extensions["jobs"]
    with database.transaction() as session:
        page = page_with_price(session, cast.anna, "GTX Pro", "200")
        today = clock.moment.date()
        apply(
            session, make_source(session), sold("D", 100, None, product="GTXPro", closed_on=today)
        )
        name = product_of(session, "GTXPro").id
    assert keep_in_step(database) == 1
    work(board, database)
    assert keep_in_step(database) == 0
    with database.transaction() as session:
        decide(session, cast.anna, Kind.PRODUCT, name, is_one_of_ours(page.id))
        assert deal_of(session, "D").list_total == 200
        page = session.get_one(Page, page.id)
        add_revision_row(session, page, cast.anna, "Text.", facts=price("250"))
    assert keep_in_step(database) == 1
    work(board, database)
    with database.transaction() as session:
        assert deal_of(session, "D").list_total == 250


def test_an_open_deal_is_judged_anew_when_another_rule_begins(
    app: Flask, database: Database, cast: Cast, clock: SetClock
) -> None:
    board, today = app.extensions["jobs"], clock.moment.date()
    with database.transaction() as session:
        rules = [rule("30", until=today), rule("10", since=today + timedelta(days=1))]
        write_policy(session, cast.vera, rules, today - timedelta(days=9))
        open_deal = sold("open", 80, kind=DealKind.OPEN, closed_on=None)
        apply(session, make_source(session), open_deal, sold("closed", 80, closed_on=today))
    work(board, database)
    clock.forward(days=1)
    assert keep_in_step(database) == 1
    work(board, database)
    with database.transaction() as session:
        assert deal_of(session, "open").is_outside_policy
        assert not deal_of(session, "closed").is_outside_policy
    clock.forward(days=1)
    assert keep_in_step(database) == 0


def test_fifty_deals_cost_as_many_statements_as_five(database: Database, cast: Cast) -> None:
    def some(prefix: str, count: int) -> Iterable[DealRecord]:
        return [sold(f"{prefix}{n}", 90, None if n % 2 else 100) for n in range(count)]

    with database.transaction() as session:
        page_with_price(session, cast.anna, "GTX Pro", "200")
        write_policy(session, cast.vera, [rule("10")])
        source = make_source(session)
        apply(session, source, sold("first", 90))
        with counting(database) as few:
            apply(session, source, *some("a", 5))
        with counting(database) as many:
            apply(session, source, *some("b", 50))
    assert len(few) == len(many)
