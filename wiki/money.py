"""Money in the database: exact on every engine, and summed exactly there."""

from decimal import Decimal

from sqlalchemy import BigInteger, Dialect, TypeDecorator

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
