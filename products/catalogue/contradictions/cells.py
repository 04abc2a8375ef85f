"""Claims in the cells of tables, and in facts, which are cells with a label."""

import re
from collections.abc import Iterator
from decimal import Decimal

from products.catalogue.contradictions.claim import Claim, Known, PageText, Where
from products.catalogue.contradictions.contexts import context_marks, product_of_context
from products.catalogue.contradictions.quantities import OWN, Named, Quantity, fits
from products.catalogue.contradictions.statements import Statement, plain
from products.catalogue.contradictions.subjects import UNSURE, hide
from products.catalogue.contradictions.tokens import (
    content_terms,
    is_of_now,
    terms_of,
    tokens_of,
)
from products.catalogue.contradictions.units import Unit, is_measure, unit_of
from products.catalogue.contradictions.values import Value, rate_in, values_in

_UNIT_OF_LABEL = re.compile(r"(?P<label>.+?)(?:,\s*|\s*\()(?P<unit>[^,()\s]{1,20}|°\s?[CС])\)?\s*")
_LONGEST_LABEL = 120
_MOST_WORDS = 6


def claims_of_cell(
    page: PageText, known: Known, statement: Statement, where: Where = Where.CELL
) -> Iterator[Claim]:
    """The claim of a cell that holds one number; its row or its column names the quantity."""
    said = f"{statement.row} | {statement.column} | {statement.text}"
    values = list(values_in(statement.text, page.language))
    if len(values) != 1 or len(said) > 3 * _LONGEST_LABEL or not _is_of_now(known, said):
        return
    for label, other in ((statement.row, statement.column), (statement.column, statement.row)):
        claim = _claim(page, known, statement, values[0], label, other, where)
        if claim is not None:
            yield claim
            return


def _claim(
    page: PageText, known: Known, statement: Statement, value: Value, label: str, other: str,
    where: Where,
) -> Claim | None:  # fmt: skip
    words, unit, spelled = with_unit(label)
    measured = _measured(value, words, unit)
    quantity = _quantity(known, words, measured.dimension, fact=where is Where.FACT)
    if quantity is None:
        return None
    product = _product(page, known, statement, other)
    if product == UNSURE:
        return None
    but = known.titles.terms_of(product) | known.titles.terms_of(page.product)
    own = but | set(terms_of(quantity.words.replace("|", " ")))
    marks = _said_beside(known, page, statement, words, other, value, own)
    marks |= context_marks(known, page, statement, quantity, but, short=True)
    shown = _shown(statement, label, where)
    heading = " › ".join(map(plain, statement.context[-1:]))
    claim = Claim(product, quantity.code, marks, measured, page.page_id, where, shown, heading)
    return claim._replace(unit="" if value.dimension else spelled)


def _is_of_now(known: Known, said: str) -> bool:
    tokens = tokens_of(said)
    return is_of_now(tokens_of(hide(said, tokens, known.titles.mentions(said, tokens))))


def with_unit(label: str) -> tuple[str, Unit | None, str]:
    """A label without the unit at its end, the unit, and how it is written: «Вес, кг»."""
    found = _UNIT_OF_LABEL.fullmatch(label.strip())
    unit = unit_of(found["unit"]) if found else None
    return (found["label"], unit, found["unit"]) if found and unit else (label, None, "")


def _measured(value: Value, label: str, unit: Unit | None) -> Value:
    """The value in the unit of the label when it has none of its own."""
    if unit and not value.dimension:
        low, high = (_times(end, unit.factor) for end in (value.low, value.high))
        value = value._replace(low=low, high=high, dimension=unit.dimension, calendar=unit.calendar)
    rate = "" if "/" in value.dimension else rate_in(label)
    return value._replace(dimension=value.dimension + rate)


def _times(end: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if end is None else end * factor


def _quantity(known: Known, label: str, dimension: str, fact: bool) -> Quantity | None:
    tokens = tokens_of(label)
    named: list[Named] = [n for n in known.lexicon.named(tokens) if fits(n.quantity, dimension)]
    if len({n.quantity.code for n in named}) == 1:
        return named[0].quantity
    if named or not (dimension or fact):
        return None
    terms = sorted(set(terms_of(label)))
    if not 0 < len(terms) <= _MOST_WORDS or not fact:
        return None
    return Quantity(OWN + " ".join(terms), label, "*")


def _product(page: PageText, known: Known, statement: Statement, other: str) -> int:
    products = {m.product for m in known.titles.mentions(other, tokens_of(other))}
    if not products and other == statement.column:
        row = statement.row
        products = {m.product for m in known.titles.mentions(row, tokens_of(row))}
    if len(products) > 1:
        return UNSURE
    return products.pop() if products else product_of_context(known, page, statement)


def _said_beside(
    known: Known, page: PageText, statement: Statement, label: str, other: str, value: Value,
    but: frozenset[str],
) -> frozenset[str]:  # fmt: skip
    """What narrows a cell: the rest of its label, the other name, the rest of the cell, sizes."""
    rest = statement.text[: value.start] + " " + statement.text[value.end :]
    found: set[str] = set()
    for text in (label, other, rest):
        tokens = tokens_of(text)
        hidden = hide(text, tokens, known.titles.mentions(text, tokens))
        found |= _sizes(hidden, page.language)
        hidden = _without_values(hidden, page.language)
        found |= content_terms(tokens_of(hidden), but) - set(_rate_terms(hidden))
    for column, cell in statement.beside if other == statement.row else ():
        if not list(known.lexicon.named(tokens_of(column))):
            found |= _sizes(cell, page.language)
    return frozenset(found)


def _without_values(text: str, language: str) -> str:
    for value in reversed(list(values_in(text, language))):
        text = text[: value.start] + " " + text[value.end :]
    return text


def _rate_terms(text: str) -> tuple[str, ...]:
    found = re.search(r"(?:\bза|\bper)\s+([^\W\d_]+)", text)
    return terms_of(found[0]) if found else ()


def _sizes(text: str, language: str) -> set[str]:
    values = values_in(text, language)
    return {f"{v.low}–{v.high} {v.dimension}" for v in values if is_measure(v.dimension)}


def _shown(statement: Statement, label: str, where: Where) -> str:
    if where is Where.FACT:
        return f"{statement.row}: {statement.text}"
    parts = (statement.row, statement.column, statement.text)
    return plain(" | ".join(part for part in parts if part))
