"""The programs' door to the report on discounts; the picture on the page has the same figures."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask import jsonify
from pydantic import BaseModel, Field
from spectree import Response

from dossiers.deals.discounts.asking import question_in
from dossiers.deals.discounts.columns import Buyer, By
from dossiers.deals.discounts.measures import Measures
from dossiers.deals.discounts.report import Group, Report, report_visible_to
from dossiers.deals.discounts.wording import group_name, step_name
from dossiers.deals.kinds import DealKind
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading
from wiki.locale import language

_LARGEST = 2**31 - 1


class DiscountsQuery(BaseModel):
    """Of which deals the report is."""

    kind: DealKind = DealKind.WON
    since: date | None = Field(default=None, alias="from")
    until: date | None = None
    currency: str | None = Field(default=None, max_length=3, description="Empty: the commonest")
    seller: int | None = Field(default=None, ge=-_LARGEST, le=_LARGEST)
    client: int | None = Field(default=None, ge=1, le=_LARGEST)
    product: int | None = Field(default=None, ge=-_LARGEST, le=_LARGEST)
    by: By | None = None
    buyer: Buyer = Buyer.CLIENT


class MeasuresOut(BaseModel):
    """What some deals come to; amounts and percents are decimals as text, or null."""

    deals: int
    outside_policy: int
    list_total: str
    given: str
    given_away: str
    given_away_percent: str | None
    median: str | None
    p90: str | None


class GroupOut(MeasuresOut):
    """The same for one manager, client, product or ground."""

    key: int
    label: str
    code: str


class StepOut(MeasuresOut):
    """The same for a month, quarter or year."""

    first: date
    last: date
    label: str


class PairOut(BaseModel):
    """A seller and a buyer who meet again and again, above what one would expect."""

    seller: str
    seller_key: int
    buyer: str
    buyer_key: int
    deals: int
    outside_policy: int
    expected_outside: str | None
    list_total: str
    given_away: str
    expected_given_away: str | None


class DiscountsOut(BaseModel):
    """The report. `unknown` deals have no known discount and are in no figure."""

    currency: str
    currencies: dict[str, int]
    by: By
    unknown: int
    whole: MeasuresOut
    groups: list[GroupOut]
    left: int
    steps: list[StepOut]
    pairs: list[PairOut]


@api.get("/deals/discounts")
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    query=DiscountsQuery, resp=Response(HTTP_200=DiscountsOut, HTTP_422=Failure), tags=("deals",)
)
def discounts(query: DiscountsQuery) -> Answer:
    """Discounts by groups and over time, and the repeated pairs; a manager has the own deals."""
    said = {
        name: str(value)
        for name, value in query.model_dump(mode="json", by_alias=True).items()
        if value is not None
    }
    asked = question_in(actor(), said)
    report = report_visible_to(
        reading(), actor(), asked.wanted, asked.by, asked.buyer, language=language()
    )
    return jsonify(as_json(report))


def as_json(report: Report) -> dict[str, Any]:
    """The report as programs and the picture get it."""
    return {
        "currency": report.wanted.currency or "",
        "currencies": dict(report.currencies),
        "by": report.by,
        "unknown": report.unknown,
        "whole": _measures(report.whole),
        "groups": [
            {
                "key": one.key,
                "label": _label(report, one),
                "code": one.code,
                **_measures(one.measures),
            }
            for one in report.groups
        ],
        "left": report.left,
        "steps": [
            {
                "first": one.first.isoformat(),
                "last": one.last.isoformat(),
                "label": step_name(one.first, one.months),
                **_measures(one.measures),
            }
            for one in report.steps
        ],
        "pairs": [
            {
                "seller": one.seller,
                "seller_key": one.pair.seller,
                "buyer": one.buyer,
                "buyer_key": one.pair.buyer,
                "deals": one.pair.deals,
                "outside_policy": one.pair.outside,
                "expected_outside": _text(one.pair.expected_outside),
                "list_total": _text(one.pair.total),
                "given_away": _text(one.pair.away),
                "expected_given_away": _text(one.pair.expected_away),
            }
            for one in report.pairs
        ],
    }


def _label(report: Report, one: Group) -> str:
    return group_name(report.by, one.key, one.name)


def _measures(one: Measures) -> dict[str, Any]:
    return {
        "deals": one.deals,
        "outside_policy": one.outside,
        "list_total": _text(one.total),
        "given": _text(one.given),
        "given_away": _text(one.away),
        "given_away_percent": _text(one.share),
        "median": _text(one.median),
        "p90": _text(one.high),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
