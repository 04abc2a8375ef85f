"""Tax numbers: checked by the rules of their country, where those are known."""

from dataclasses import dataclass

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.util import get_cc_module

from dossiers.clients.countries import is_country
from wiki.errors import Refusal

LONGEST = 40
_KINDS = ("vat", "tin")


@dataclass(frozen=True, slots=True)
class TaxNumber:
    """A tax number as it is kept; `checked` when a rule of its country was there to check it."""

    number: str
    checked: bool


def tax_number_of(country: str, typed: str) -> TaxNumber:
    """The number in its canonical form: an INN in Russia, a VAT number in the European Union.

    One of a country without a known rule is kept as it was typed. Raises `Refusal` for a wrong
    one and for one that is too long.
    """
    if len(typed) > LONGEST:
        raise Refusal(
            "A tax number has at most %(limit)d characters. Nothing was changed.", limit=LONGEST
        )
    rule = _rule(country) if typed else None
    if rule is None:
        return TaxNumber(typed, False)
    try:
        return TaxNumber(rule.validate(typed), True)
    except InvalidChecksum:
        raise Refusal(
            "The check digits of the tax number %(number)s are wrong, so a digit was mistyped. "
            "Nothing was changed. Compare it with the document.",
            number=typed,
        ) from None
    except ValidationError:
        raise Refusal(
            "%(number)s is no tax number of that country: it has another length or form. Nothing "
            "was changed. Compare it with the document, or leave the field empty.",
            number=typed,
        ) from None


def has_rule(country: str) -> bool:
    """Whether tax numbers of that country can be checked."""
    return _rule(country) is not None


def _rule(country: str):  # type: ignore[no-untyped-def]  # a module of the library
    if not is_country(country):
        return None
    found = (get_cc_module(country, kind) for kind in _KINDS)
    return next((rule for rule in found if rule is not None), None)
