"""Amounts as people write them: 2 900 000, 2,9 млн, 2900000.50, $1.5m."""

import re
from collections.abc import Mapping
from decimal import Decimal

from babel.numbers import list_currencies

from wiki.errors import Refusal
from wiki.pages.content import one_line

LONGEST_AMOUNT = 60
_LARGEST = Decimal(10) ** 14

_SCALES: Mapping[str, int] = {
    **dict.fromkeys(("тыс", "тысяч", "тысяча", "тысячи", "k", "thousand", "к"), 3),
    **dict.fromkeys(("млн", "миллион", "миллиона", "миллионов", "m", "mln", "million"), 6),
    **dict.fromkeys(("млрд", "миллиард", "миллиарда", "миллиардов", "bn", "billion"), 9),
}
_SIGNS: Mapping[str, str] = {
    **dict.fromkeys(("₽", "р", "руб", "рубль", "рубля", "рублей", "rur"), "RUB"),
    **dict.fromkeys(("$", "долл", "доллар", "доллара", "долларов"), "USD"),
    **dict.fromkeys(("€", "евро", "euro"), "EUR"),
    **dict.fromkeys(("¥", "юань", "юаня", "юаней"), "CNY"),
    **dict.fromkeys(("₸", "тенге"), "KZT"),
}
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2009\u202f'’"), " ")
_SAID = re.compile(r"([^\d\s.,-]*) ?(\d[\d., ]*)((?: ?[^\d\s.,-]+\.?){0,3})", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([ .,])\d{3})(?:\1\d{3})*", re.ASCII)
_PLAIN = re.compile(r"\d+", re.ASCII)


def amount_typed(typed: str) -> tuple[Decimal, str]:
    """The amount, and the code of the currency that was written with it; else an empty code.

    Raises `Refusal` for what is no amount, can be read in two ways, is negative or too large.
    """
    text = one_line(typed.translate(_BLANKS)).casefold()
    said = _SAID.fullmatch(text) if len(text) <= LONGEST_AMOUNT else None
    if said is None:
        raise _no_amount(typed)
    scale, currency = _words(typed, f"{said[1]} {said[3]}".replace(".", " ").split())
    amount = (_figure(typed, said[2].strip(), bool(scale))).scaleb(scale)
    if amount >= _LARGEST:
        raise Refusal("An amount must be less than a hundred trillion. Nothing was changed.")
    return _without_idle_zeros(typed, amount), currency


def check_currency(typed: str) -> str:
    """The code of a currency, in capital letters; empty stays empty. Raises `Refusal`."""
    code = one_line(typed).upper()
    if code and code not in list_currencies():
        raise Refusal(
            "There is no currency %(code)s. Write three letters such as RUB, USD, EUR.",
            code=code[:20],
        )
    return code


def _no_amount(typed: str) -> Refusal:
    return Refusal(
        "«%(typed)s» is no amount. Write it with digits: 2900000, 2 900 000.50 or 2.9 mln.",
        typed=one_line(typed)[:LONGEST_AMOUNT],
    )


def _words(typed: str, words: list[str]) -> tuple[int, str]:
    """By which power of ten, and in which currency."""
    scale, currency = 0, ""
    for word in words:
        code = _SIGNS.get(word) or (word.upper() if word.upper() in list_currencies() else "")
        if word in _SCALES and not scale:
            scale = _SCALES[word]
        elif code and not currency:
            currency = code
        else:
            raise _no_amount(typed)
    return scale, currency


def _figure(typed: str, digits: str, scaled: bool) -> Decimal:
    whole, mark, rest = _cut(digits)
    if not mark and _PLAIN.fullmatch(whole.replace(" ", "")) and " " not in whole:
        return Decimal(whole)
    if mark and len(rest) == 3 and not scaled and _is_group(whole):
        raise Refusal(
            "«%(typed)s» can be read in two ways. Write the thousands with blanks, as 2 900, or "
            "two digits after the point, as 2.90.",
            typed=one_line(typed)[:LONGEST_AMOUNT],
        )
    grouped = _GROUPED.fullmatch(whole)
    if not (_PLAIN.fullmatch(whole) or (grouped and grouped[1] != mark)):
        raise _no_amount(typed)
    plain = whole.translate(dict.fromkeys(map(ord, " .,")))
    return Decimal(f"{plain}.{rest}" if rest else plain)


def _is_group(whole: str) -> bool:
    return bool(_PLAIN.fullmatch(whole)) and len(whole) <= 3 and not whole.startswith("0")


def _cut(digits: str) -> tuple[str, str, str]:
    """Before the decimal point, the point, behind it. One that comes twice divides thousands."""
    marks = [one for one in digits if one in ".,"]
    if not marks or digits.count(marks[-1]) > 1:
        return digits, "", ""
    whole, mark, rest = digits.rpartition(marks[-1])
    return (whole, mark, rest) if _PLAIN.fullmatch(rest) else (digits, "", "")


def _without_idle_zeros(typed: str, amount: Decimal) -> Decimal:
    parts = amount * 10_000
    if parts != parts.to_integral_value():
        raise _no_amount(typed)
    whole = amount.to_integral_value()
    return whole.quantize(Decimal(1)) if amount == whole else amount.normalize()
