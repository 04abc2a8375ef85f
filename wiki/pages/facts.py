"""Typed facts: from what was typed to the canonical value, and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import urlsplit

from babel.numbers import get_currency_symbol, list_currencies

from wiki.errors import Refusal
from wiki.pages.content import FactValue, one_line

LONGEST_TEXT = 1000
MOST_DECIMALS = 12
CURRENCIES = ("RUB", "USD", "EUR", "CNY", "KZT", "BYN")
UNITS_RU = {
    "g": "г",
    "kg": "кг",
    "l": "л",
    "h": "ч",
    "kW": "кВт",
    "kg/h": "кг/ч",
    "m": "м",
    "mm": "мм",
    "cm": "см",
    "W": "Вт",
    "V": "В",
    "pcs": "шт.",
}
_BLANKS = dict.fromkeys(map(ord, " \u00a0\u202f\u2009"), None)


class Kind(StrEnum):
    """What a fact may be."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    LINK = "link"


@dataclass(frozen=True)
class Choice:
    """One answer of a choice fact."""

    code: str
    label_ru: str
    label_en: str

    def label(self, language: str) -> str:
        """The answer's name in that language."""
        return self.label_ru if language == "ru" else self.label_en


@dataclass(frozen=True)
class Field:
    """A typed field of a category, as plain data."""

    key: str
    label_ru: str
    label_en: str
    kind: Kind
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False

    def label(self, language: str) -> str:
        """The field's name in that language."""
        return self.label_ru if language == "ru" else self.label_en


def parse(field: Field, typed: str, language: str = "en") -> FactValue | None:
    """The canonical value of what was typed; `None` when nothing was.

    Raises `Refusal` with the field's name when it cannot be understood.
    """
    typed = one_line(typed)
    if not typed:
        return None
    return _PARSERS[field.kind](field, typed, field.label(language))


def parse_all(
    fields: tuple[Field, ...],
    typed: Mapping[str, str],
    language: str,
    before: Mapping[str, FactValue] = MappingProxyType({}),
) -> tuple[dict[str, FactValue], dict[str, Refusal]]:
    """All facts that could be understood, and for each other key why it could not.

    What says the same as `before` stays as it is, even where the field has been changed since.
    """
    values: dict[str, FactValue] = {}
    refusals: dict[str, Refusal] = {}
    for field in fields:
        try:
            value = _parse_changed(field, typed.get(field.key, ""), language, before)
            check_required(field, value, language)
        except Refusal as refusal:
            refusals[field.key] = refusal
        else:
            values |= {field.key: value} if value is not None else {}
    return values, refusals


def _parse_changed(
    field: Field, typed: str, language: str, before: Mapping[str, FactValue]
) -> FactValue | None:
    kept = before.get(field.key)
    if kept is not None and one_line(typed) == one_line(typed_form(kept)):
        return kept
    return parse(field, typed, language)


def check_required(field: Field, value: FactValue | None, language: str) -> None:
    """Raise `Refusal` when a required fact is absent."""
    if field.required and value is None:
        raise Refusal("«%(name)s» is required here.", name=field.label(language))


def unit_name(unit: str, language: str) -> str:
    """The unit as it is written in that language: kg, кг."""
    return UNITS_RU.get(unit, unit) if language == "ru" else unit


def typed_form(value: FactValue | None) -> str:
    """What a person would type for this value; `parse` reads it back."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case {"amount": amount, "currency": currency}:
            return f"{amount} {currency}"
        case {"value": number, "unit": unit}:
            return f"{number} {unit}".strip()
        case {"page": page}:
            return f"/pages/{page}"
        case {"url": url}:
            return str(url)
    return str(value)


def currency_symbol(code: str, language: str) -> str:
    """The sign of an ISO 4217 currency in that language: ₽, $."""
    return str(get_currency_symbol(code, locale=language))


def _text(_field: Field, typed: str, name: str) -> FactValue:
    if len(typed) > LONGEST_TEXT:
        raise Refusal(
            "«%(name)s» is longer than %(limit)d characters. Shorten it, or put it in the text.",
            name=name,
            limit=LONGEST_TEXT,
        )
    return typed


def _number(field: Field, typed: str, name: str) -> FactValue:
    known = {field.unit.casefold(), unit_name(field.unit, "ru").casefold()}
    amount, unit = _without_unit(typed, known), ""
    if amount == typed:
        amount, unit = _split_unit(typed)
    if unit and unit.casefold() not in known:
        raise Refusal(
            "«%(name)s» is measured in %(unit)s, but %(other)s was given. Give the number alone.",
            name=name,
            unit=field.unit or "—",
            other=unit,
        )
    return {"value": _decimal(amount, name), "unit": field.unit}


def _without_unit(typed: str, known: set[str]) -> str:
    """The figure alone; a unit may hold digits itself: m3."""
    for unit in known - {""}:
        head = typed[: -len(unit)]
        if typed.casefold().endswith(unit) and (head[-1:].isdigit() or head[-1:].isspace()):
            return head.rstrip()
    return typed


def _split_unit(typed: str) -> tuple[str, str]:
    cut = len(typed)
    while cut and not typed[cut - 1].isdigit():
        cut -= 1
    return typed[:cut], typed[cut:].strip()


def _decimal(typed: str, name: str) -> str:
    plain = typed.translate(_BLANKS).replace(",", ".").replace("−", "-")
    try:
        return f"{figure(plain):f}"
    except ValueError:
        raise Refusal("«%(name)s» must be a number such as 12.5.", name=name) from None


def figure(plain: str) -> Decimal:
    """The number; `ValueError` when it is none or would fill a page when written out: 1e-9999."""
    try:
        value = Decimal(plain) if len(plain) <= 30 else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_DECIMALS or abs(value) >= Decimal("1e15"):
        raise ValueError("no number")
    return value


def _money(_field: Field, typed: str, name: str) -> FactValue:
    amount, currency = _split_unit(typed)
    currency = (currency or CURRENCIES[0]).upper()
    if currency not in list_currencies():
        raise Refusal(
            "«%(name)s» must be an amount with a currency, such as 1200.50 RUB.", name=name
        )
    return {"amount": _decimal(amount, name), "currency": currency}


def _date(_field: Field, typed: str, name: str) -> FactValue:
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(typed, pattern).date().isoformat()
        except ValueError:
            continue
    raise Refusal("«%(name)s» must be a day such as 2026-03-31 or 31.03.2026.", name=name)


def _yes_no(_field: Field, typed: str, name: str) -> FactValue:
    known = {"yes": True, "true": True, "да": True, "no": False, "false": False, "нет": False}
    if typed.casefold() not in known:
        raise Refusal("«%(name)s» must be yes or no.", name=name)
    return known[typed.casefold()]


def _choice(field: Field, typed: str, name: str) -> FactValue:
    wanted = typed.casefold()
    for choice in field.choices:
        if wanted in {part.casefold() for part in (choice.code, choice.label_ru, choice.label_en)}:
            return choice.code
    raise Refusal("«%(name)s» must be one of the given answers.", name=name)


def _link(_field: Field, typed: str, name: str) -> FactValue:
    inner, _slash, rest = typed.removeprefix("/pages/").partition("/")
    number = inner.split("-", 1)[0]
    if typed.startswith("/pages/") and number.isdecimal() and not rest and len(number) < 10:
        return {"page": int(number)}
    if is_web_address(typed):
        return {"url": typed}
    raise Refusal("«%(name)s» must be an address that begins with https:// or /pages/.", name=name)


def is_web_address(typed: str) -> bool:
    """Whether a link may lead there: http or https, of a bearable length."""
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and len(typed) <= LONGEST_TEXT


_PARSERS = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.LINK: _link,
}


def as_date(value: FactValue) -> date | None:
    """The day of a date fact; `None` when it was written while the field was of another kind."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
