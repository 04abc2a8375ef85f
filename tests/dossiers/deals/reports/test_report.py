"""The report against a slow and plain count of the same deals, and within each reader's sight."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealLine, DealOwner, ProductName
from dossiers.deals.queries import visible_deals
from dossiers.deals.reports.asking import Against, Asked, By, Wanted, asked_in
from dossiers.deals.reports.periods import Period, Unit, parse_period, period_of, spans_of
from dossiers.deals.reports.products import Line as ProductLine
from dossiers.deals.reports.products import divided
from dossiers.deals.reports.report import Report, report_visible_to
from dossiers.deals.reports.tallies import NOTHING, Tally, in_money, tally_of, total
from tests.conftest import Cast
from tests.dossiers.deals.reports.making import make_deals
from tests.factories.deals import apply, make_source, says
from wiki.accounts.actor import Actor
from wiki.database import Database

TODAY = date(2026, 3, 2)


def plainly(deals: Sequence[Deal]) -> Tally:
    return total(
        tally_of(deal.kind is DealKind.WON, _parts(deal.amount), _parts(deal.list_total))
        for deal in deals
    )


def _parts(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 10_000)


def closed_in(session: Session, actor: Actor, report: Report, place: int) -> list[Deal]:
    """The slow way: every deal that one sees, one after another."""
    span = report.spans[place]
    return [
        deal
        for deal in session.scalars(select(Deal).where(visible_deals(actor)))
        if deal.kind in (DealKind.WON, DealKind.LOST)
        and deal.closed_on is not None
        and span.first <= deal.closed_on <= span.last
        and deal.currency == report.currency
    ]


def key_of(session: Session, by: By, deal: Deal) -> str | None:
    owner = session.get(DealOwner, deal.owner_id) if deal.owner_id else None
    client = session.get(Client, deal.client_id) if deal.client_id else None
    found = {
        By.SELLER: owner and owner.name,
        By.HEAD: owner and owner.manager,
        By.OFFICE: owner and owner.office,
        By.SEGMENT: client and client.segment,
        By.REGION: client and client.region,
    }
    return found[by] or None


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("seed", range(3))
def test_the_report_is_what_a_plain_count_says(
    database: Database, cast: Cast, seed: int, unit: Unit
) -> None:
    with database.transaction() as session:
        make_deals(session, cast, seed)
        for actor in (cast.vera, cast.boris, cast.nina):
            for against in Against:
                asked = Asked(unit, against=against, currency=("USD", "EUR", "")[seed])
                report = report_visible_to(session, actor, asked, TODAY)
                for place, tally in enumerate((report.now, report.then)):
                    assert tally == plainly(closed_in(session, actor, report, place))
                assert sum(report.change.parts.values()) == report.change.difference
                assert report.change.difference == report.now.amount - report.then.amount


@pytest.mark.parametrize("by", [By.SELLER, By.HEAD, By.OFFICE, By.SEGMENT, By.REGION])
def test_the_groups_are_what_a_plain_count_says(database: Database, cast: Cast, by: By) -> None:
    with database.transaction() as session:
        make_deals(session, cast, 7)
        for actor in (cast.vera, cast.boris):
            report = report_visible_to(session, actor, Asked(Unit.YEAR, by=by), TODAY)
            sides = [closed_in(session, actor, report, place) for place in (0, 1)]
            for group in report.groups:
                for tally, deals in zip((group.now, group.then), sides, strict=True):
                    mine = [one for one in deals if key_of(session, by, one) == group.name]
                    assert tally == plainly(mine)
            assert total(group.now for group in report.groups) == report.now


@pytest.mark.parametrize("by", list(By))
def test_the_sums_of_the_groups_are_the_whole_sum(database: Database, cast: Cast, by: By) -> None:
    with database.transaction() as session:
        make_deals(session, cast, 3)
        asked = Asked(Unit.YEAR, Period(date(2025, 1, 1), Unit.YEAR), by=by)
        report = report_visible_to(session, cast.vera, asked, TODAY)
        assert sum(group.now.amount for group in report.groups) == report.now.amount != 0
        assert sum(group.difference for group in report.groups) == report.change.difference


def test_products_are_what_a_plain_count_says(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        make_deals(session, cast, 11)
        report = report_visible_to(session, cast.vera, Asked(Unit.YEAR, by=By.PRODUCT), TODAY)
        names = dict(session.execute(select(ProductName.id, ProductName.name)).all())
        plain: dict[str | None, Tally] = {}
        for deal in closed_in(session, cast.vera, report, 0):
            for name, part in by_product(session, deal, names).items():
                plain[name] = plain.get(name, NOTHING) + part
        found = {group.name: group.now for group in report.groups if group.now != NOTHING}
        assert found == plain
        assert len(found) == 5


def by_product(session: Session, deal: Deal, names: dict[int, str]) -> dict[str | None, Tally]:
    found = session.scalars(select(DealLine).where(DealLine.deal_id == deal.id)).all()
    if not found:
        return {None: plainly([deal])}
    lines = [
        ProductLine(one.product_id, _parts(one.price), _parts(one.list_price), _parts(one.quantity))
        for one in found
    ]
    amounts = (_parts(deal.amount), _parts(deal.list_total))
    shares = divided(deal.kind is DealKind.WON, *amounts, lines)
    return {names[product]: part for product, part in shares.items()}


def test_what_a_deal_is_divided_into_is_the_deal() -> None:
    lines = [ProductLine(1, 30, None, None), ProductLine(2, 60, 5, None), ProductLine(1, 10, 5, 0)]
    parts = divided(True, 100, 1000, lines)
    assert sum(part.amount for part in parts.values()) == 100
    assert sum(part.at_list for part in parts.values()) == 1000
    dear = divided(True, 7, None, [ProductLine(1, 2, None, None), ProductLine(2, 1, None, None)])
    assert [part.amount for part in dear.values()] == [5, 2]


def test_what_one_may_not_see_changes_nothing(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        make_deals(session, cast, 5)
        asked = Asked(Unit.YEAR, Period(date(2025, 1, 1), Unit.YEAR), by=By.SEGMENT)
        before = report_visible_to(session, cast.boris, asked, TODAY)
        for_directors = report_visible_to(session, cast.vera, asked, TODAY)
        assert "shops" in names(for_directors)
        assert "shops" not in names(before)
        secret = session.scalars(select(Client).where(Client.name == "Client 3")).one()
        for deal in session.scalars(select(Deal).where(Deal.client_id == secret.id)):
            deal.amount, deal.kind, deal.currency = Decimal(10) ** 9, DealKind.WON, "USD"
        session.flush()
        assert report_visible_to(session, cast.boris, asked, TODAY) == before
        assert report_visible_to(session, cast.vera, asked, TODAY) != for_directors


def names(report: Report) -> set[str | None]:
    return {group.name for group in report.groups}


def test_deals_of_merged_clients_are_of_the_segment_of_the_other(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        make_deals(session, cast, 5)
        asked = Asked(Unit.YEAR, Period(date(2025, 1, 1), Unit.YEAR), by=By.SEGMENT)
        one, other = (
            session.scalars(select(Client).where(Client.name == name)).one()
            for name in ("Client 1", "Client 0")
        )
        one.merged_into_id, other.segment = other.id, "merged"
        session.flush()
        report = report_visible_to(session, cast.vera, asked, TODAY)
        assert "merged" in names(report)
        narrowed = replace(asked, wanted=Wanted(segment="merged"))
        assert names(report_visible_to(session, cast.vera, narrowed, TODAY)) == {"merged"}


def test_filters_narrow_to_what_the_groups_show(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        make_deals(session, cast, 5)
        year = Period(date(2025, 1, 1), Unit.YEAR)
        for by in (By.SELLER, By.PRODUCT, By.SEGMENT, By.REGION):
            whole = report_visible_to(session, cast.vera, Asked(Unit.YEAR, year, by=by), TODAY)
            for group in whole.groups:
                if not group.key:
                    continue
                said = {"unit": "year", "period": "2025", by.value: group.key, "currency": "USD"}
                narrow = report_visible_to(session, cast.vera, asked_in(said), TODAY)
                assert (narrow.now.won, narrow.now.lost) == (group.now.won, group.now.lost)


def test_currencies_are_never_added_up(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        make_deals(session, cast, 5)
        asked = Asked(Unit.YEAR, Period(date(2025, 1, 1), Unit.YEAR))
        reports = {
            code: report_visible_to(session, cast.vera, replace(asked, currency=code), TODAY)
            for code in ("USD", "EUR", "")
        }
        usual = report_visible_to(session, cast.vera, asked, TODAY)
        assert usual.now == reports["USD"].now
        assert len({report.now for report in reports.values()}) == 3
        assert {code for code, _deals in usual.currencies} == {"USD", "EUR", ""}


def test_deals_gone_at_their_source_are_not_counted(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        day = date(2025, 5, 5)
        won = {"kind": DealKind.WON, "closed_on": day, "amount": Decimal(5), "currency": "USD"}
        apply(session, make_source(session), says("here", **won), says("gone", **won))
        asked = Asked(Unit.YEAR, period_of(day, Unit.YEAR))
        assert report_visible_to(session, cast.vera, asked, TODAY).now.won == 2
        gone = update(Deal).where(Deal.external_id == "gone")
        session.execute(gone.values(gone_at=Deal.first_seen_at))
        assert report_visible_to(session, cast.vera, asked, TODAY).now.won == 1


def test_sums_beyond_what_a_database_counts_are_exact(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        large = Decimal("99999999999999.9999")
        won = {"kind": DealKind.WON, "closed_on": date(2025, 5, 5), "currency": "USD"}
        records = (says(f"{n}", amount=large, **won) for n in range(20))
        apply(session, make_source(session), *records)
        asked = Asked(Unit.YEAR, Period(date(2025, 1, 1), Unit.YEAR))
        assert (
            in_money(report_visible_to(session, cast.vera, asked, TODAY).now.amount) == 20 * large
        )


def test_a_period_that_goes_on_is_compared_with_as_many_days() -> None:
    now, before = parse_period("2026-Q1", Unit.QUARTER), parse_period("2025-Q4", Unit.QUARTER)
    assert now
    assert before
    first, second = spans_of(now, before, date(2026, 1, 31))
    assert (first.last, second.last) == (date(2026, 1, 31), date(2025, 10, 31))
    whole = spans_of(now, before, date(2026, 3, 31))
    assert (whole[0].last, whole[1].last) == (date(2026, 3, 31), date(2025, 12, 31))
    march, february = Period(date(2026, 3, 1), Unit.MONTH), Period(date(2026, 2, 1), Unit.MONTH)
    assert spans_of(march, february, date(2026, 3, 30))[1].last == date(2026, 2, 28)


@pytest.mark.parametrize("code", ["2026-Q5", "2026-13", "26", "9999-Q1", "٢٠٢٦", "", "x" * 50])
def test_periods_that_nobody_made_are_left_out(code: str) -> None:
    assert [parse_period(code, unit) for unit in Unit] == [None, None, None]
