"""The cells of one row by what they mean: clean, within their limits, or refused."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

from dossiers.deals.files.fields import Field
from dossiers.deals.files.settings import Scale
from dossiers.people.transfer.cells import plain
from wiki.errors import Refusal
from wiki.tables.amounts import Amount, Mark, amount_in
from wiki.tables.tables import LONGEST_CELL

_LOST = "\ufffd"
_HUNDRED = Decimal(100)
_SHORT = 100
LONGEST_ID = 100
LIMITS: Mapping[str, int] = {
    Field.EXTERNAL_ID: LONGEST_ID,
    Field.TITLE: 250,
    Field.COMPANY: 250,
    Field.COMPANY_ID: 200,
    Field.TAX_NUMBER: 40,
    Field.DOMAIN: 253,
    Field.STAGE: 100,
    Field.KIND: 100,
    Field.PIPELINE: 100,
    Field.OWNER: 200,
    Field.OWNER_ID: 200,
    Field.OWNER_EMAIL: 254,
    Field.PRODUCT: 250,
    Field.PRODUCT_ID: 200,
    Field.CONTACT: 200,
    Field.CONTACT_ID: 100,
    Field.CONTACT_EMAIL: 254,
    Field.CONTACT_PHONE: 60,
    Field.CONTACT_ROLE: 100,
}


def clean(cell: str) -> str:
    """The cell on one line, without the mark against formulas that exports put."""
    if cell.isascii() and cell.isprintable() and not cell.startswith("'"):
        return cell.strip() if "  " not in cell else " ".join(cell.split())
    return _plain(cell) if len(cell) < _SHORT else plain(cell)


# Names and stages are the same in many rows.
@lru_cache(maxsize=8_192)
def _plain(cell: str) -> str:
    return plain(cell)


def text_of(cell: str, column: str, limit: int = LONGEST_CELL) -> str:
    """The text of a cell. Raises `Refusal` when it is too long or letters of it are lost."""
    if len(cell) > LONGEST_CELL:
        raise _too_long(column, len(cell), LONGEST_CELL)
    text = clean(cell)
    if len(text) > limit:
        raise _too_long(column, len(text), limit)
    if _LOST in text:
        raise Refusal(
            "Some letters of the column “%(column)s” could not be read. Choose the encoding of "
            "the file, or mend the row.",
            column=column[:100],
        )
    return text


def _too_long(column: str, length: int, limit: int) -> Refusal:
    return Refusal(
        "The column “%(column)s” has %(length)d characters here; %(limit)d is the limit.",
        column=column[:100],
        length=length,
        limit=limit,
    )


def amount_of(text: str, mark: Mark | None) -> Amount | None:
    """The amount, never below zero; `None` when the cell is empty. Raises `Refusal`."""
    if not text:
        return None
    amount = amount_in(text, mark)
    if amount.value < 0:
        raise Refusal("“%(text)s” is less than zero.", text=text[:60])
    return amount


def chance_of(text: str, mark: Mark | None, scale: Scale | None) -> Decimal | None:
    """The probability from 0 to 100; `None` when the cell is empty. Raises `Refusal`."""
    if not text:
        return None
    value = _share(text, mark)
    if scale is Scale.SHARE and not text.rstrip().endswith("%"):
        value *= _HUNDRED
    if not 0 <= value <= _HUNDRED:
        raise Refusal("The probability “%(text)s” is not from 0 to 100 percent.", text=text[:60])
    if value != round(value, 4):
        raise Refusal(
            "“%(text)s” has more than %(places)d decimals and would have to be rounded.",
            text=text[:60],
            places=4,
        )
    return value


def _share(text: str, mark: Mark | None) -> Decimal:
    return amount_in(text.rstrip().removesuffix("%"), mark).value


def number_of_parts(cells: Sequence[str]) -> str:
    """A number made of several cells for a deal that has none; empty when all are empty."""
    parts = [clean(cell[:LONGEST_CELL]).casefold() for cell in cells]
    if not any(parts):
        return ""
    return "=" + sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
