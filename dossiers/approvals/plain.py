"""Types of the values that a path consists of: their limits, and how they are written as JSON."""

from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer

from wiki.pages.content import one_line

T = TypeVar("T", bound=int | str)


def _no_float(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("write an amount with decimals as text")
    return value


Line = Annotated[str, AfterValidator(one_line), Field(max_length=200)]
"""A short text on one line."""
Title = Annotated[str, AfterValidator(one_line), Field(min_length=1, max_length=200)]
"""The same, and not empty."""
Text = Annotated[str, AfterValidator(lambda text: text.replace("\0", "")), Field(max_length=2000)]
"""A longer text: what to bring, what we know."""
Code = Annotated[str, Field(pattern=r"^[a-z0-9]{1,12}$")]
"""The name of a step inside its path; the same in all versions."""
Currency = Annotated[str, Field(pattern=r"^([A-Z]{3})?$")]
"""An ISO 4217 code, or nothing."""
Amount = Annotated[
    Decimal, BeforeValidator(_no_float), Field(ge=0, max_digits=18, decimal_places=4)
]
"""Money, never by floating point: whole numbers, or digits as text."""
Ordered = Annotated[
    frozenset[T], PlainSerializer(sorted, return_type=list[T]), Field(max_length=50)
]
"""A set, written in its order so that equal paths are equal as JSON."""
