"""Money in the database: exact on every engine, and summed exactly there."""

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, TypeDecorator, func, type_coerce

_PARTS = 10_000
_LARGEST = Decimal(10) ** 14


class Money(TypeDecorator[Decimal]):
    """An amount with up to four decimals, kept as a whole number of ten-thousandths.

    SQLite has no decimals, and a column that is a float on one engine only would be a trap.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """To ten-thousandths. Raises `ValueError` for what would be rounded or is too large."""
        if value is None:
            return None
        parts = value * _PARTS
        if abs(value) >= _LARGEST or parts != parts.to_integral_value():
            raise ValueError(f"{value} cannot be kept exactly")
        return int(parts)

    def process_result_value(self, value: int | Decimal | None, dialect: Dialect) -> Decimal | None:
        """Back as a decimal without idle zeros; a sum comes as PostgreSQL gives it, too."""
        if value is None:
            return None
        amount = Decimal(value) / _PARTS
        whole = amount.to_integral_value()
        return whole if amount == whole else amount.normalize()


_SPLIT = 10**9


def sum_parts(amount: Any) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Two sums of which `whole_sum` makes the exact one, however many rows there are.

    One alone could be more than a number of SQLite can hold.
    """
    parts = type_coerce(amount, BigInteger)
    return func.sum(parts // _SPLIT), func.sum(parts % _SPLIT)


def whole_sum(high: Any, low: Any) -> Decimal | None:
    """The sum that the two of `sum_parts` make; `None` when no row had an amount."""
    if high is None or low is None:
        return None
    # In SQL the remainder has the sign of the amount, as the quotient has.
    amount = Decimal(int(high) * _SPLIT + int(low)) / _PARTS
    whole = amount.to_integral_value()
    return whole if amount == whole else amount.normalize()
