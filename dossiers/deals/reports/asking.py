"""What the address of a report asks for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from dossiers.deals.reports.periods import Period, Unit, parse_period
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number

_LONGEST = 200
_PRODUCT = re.compile(r"n?[0-9]{1,9}", re.ASCII)
_Code = TypeVar("_Code", bound=StrEnum)


class By(StrEnum):
    """By what deals are put together. `SELLER` is who sells, `HEAD` whom the sellers answer to."""

    REASON = "reason"
    PRODUCT = "product"
    SELLER = "seller"
    HEAD = "head"
    OFFICE = "office"
    SEGMENT = "segment"
    REGION = "region"


class Against(StrEnum):
    """With what a period is compared: the one before, or the same one of the year before."""

    BEFORE = "before"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deals: of a seller, with a product, of clients of a segment and of a region.

    `product` is the number of a page, or "n" and the number of a name that has no page.
    """

    seller: int = 0
    product: str = ""
    segment: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A whole question. No `period` means the last one that ended with deals in it.

    No `currency` (`None`) means the one in which most deals are; an empty one those that say none.
    """

    unit: Unit = Unit.QUARTER
    period: Period | None = None
    against: Against = Against.BEFORE
    by: By = By.REASON
    currency: str | None = None
    wanted: Wanted = Wanted()

    def compared_with(self, period: Period) -> Period:
        """The period with which that one is compared."""
        return period.moved(-1) if self.against is Against.BEFORE else period.year_before()


def asked_in(said: Mapping[str, str]) -> Asked:
    """The question in an address; what nobody could mean is left out."""
    unit = _one_of(Unit, said.get("unit"), Unit.QUARTER)
    currency = said.get("currency")
    return Asked(
        unit,
        parse_period(said.get("period", "")[:10], unit),
        _one_of(Against, said.get("against"), Against.BEFORE),
        _one_of(By, said.get("by"), By.REASON),
        None if currency is None else one_line(currency)[:3].upper(),
        wanted_in(said),
    )


def wanted_in(said: Mapping[str, str]) -> Wanted:
    """The filters in an address."""
    product = said.get("product", "")
    return Wanted(
        whole_number(said.get("seller")),
        product if _PRODUCT.fullmatch(product) else "",
        one_line(said.get("segment", ""))[:_LONGEST],
        one_line(said.get("region", ""))[:_LONGEST],
    )


def _one_of(kind: type[_Code], typed: str | None, usual: _Code) -> _Code:
    return kind(typed) if typed in list(kind) else usual
