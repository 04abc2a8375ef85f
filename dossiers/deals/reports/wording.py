"""The words of reports, in the reader's language."""

from collections.abc import Mapping

from babel.dates import format_date
from flask_babel import LazyString

from dossiers.deals.reports.asking import Against, By
from dossiers.deals.reports.change import Factor
from dossiers.deals.reports.periods import Period, Unit
from wiki.locale import _l, language

UNIT_NAMES: Mapping[Unit, LazyString] = {
    Unit.MONTH: _l("by month"),
    Unit.QUARTER: _l("by quarter"),
    Unit.YEAR: _l("by year"),
}
AGAINST_NAMES: Mapping[Against, LazyString] = {
    Against.BEFORE: _l("the period before"),
    Against.YEAR: _l("the same period of the year before"),
}
BY_NAMES: Mapping[By, LazyString] = {
    By.REASON: _l("Reason"),
    By.PRODUCT: _l("Product"),
    By.SELLER: _l("Seller"),
    By.HEAD: _l("Head of sellers"),
    By.OFFICE: _l("Office"),
    By.SEGMENT: _l("Segment"),
    By.REGION: _l("Region"),
}
NONE_NAMES: Mapping[By, LazyString] = {
    By.REASON: _l("no reason written down"),
    By.PRODUCT: _l("no product said"),
    By.SELLER: _l("no seller said"),
    By.HEAD: _l("not said"),
    By.OFFICE: _l("not said"),
    By.SEGMENT: _l("no segment"),
    By.REGION: _l("no region"),
}
FACTOR_NAMES: Mapping[Factor, LazyString] = {
    Factor.COUNT: _l("Number of decided deals"),
    Factor.WIN_RATE: _l("Win rate"),
    Factor.SAID: _l("Share of won deals that say an amount"),
    Factor.LIST: _l("Average at list price"),
    Factor.DISCOUNT: _l("Discount"),
}
_FORMS = {Unit.MONTH: "LLLL y", Unit.QUARTER: "QQQ y", Unit.YEAR: "y"}
_SHORT = {Unit.MONTH: "LLL yy", Unit.QUARTER: "QQQ yy", Unit.YEAR: "y"}


def period_name(period: Period, short: bool = False) -> str:
    """What a period is called: "November 2017", "Q4 2017", "2017"."""
    form = (_SHORT if short else _FORMS)[period.unit]
    return format_date(period.first, form, locale=language())


def group_name(by: By, name: str | None) -> str:
    """What a group is called, or that its deals have none."""
    return str(NONE_NAMES[by]) if name is None else name
