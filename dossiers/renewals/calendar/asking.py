"""Which renewals an address asks for; what nobody could mean is left out."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from dossiers.renewals.calendar.colours import Colour
from dossiers.renewals.calendar.queries import Wanted
from wiki.pages.facts import as_date
from wiki.pages.forms import whole_number

_CURRENCY = re.compile(r"[A-Z]{3}")
_AMOUNT = re.compile(r"\d{1,13}(?:\.\d{1,4})?", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


def asked_for(said: Mapping[str, str]) -> Wanted:
    """The filters of an address."""
    currency = said.get("currency", "")
    return Wanted(
        colour=Colour(said["colour"]) if said.get("colour") in list(Colour) else None,
        manager=whole_number(said.get("manager")) or None,
        team=whole_number(said.get("team")) or None,
        client=whole_number(said.get("client")) or None,
        currency=currency if _CURRENCY.fullmatch(currency) else "",
        least=least_of(said.get("least", "")),
        since=as_date(said.get("from", "")[:10]),
        until=as_date(said.get("until", "")[:10]),
        mine=said.get("only") == "mine",
    )


def least_of(typed: str) -> Decimal | None:
    """The amount that was typed, with spaces between thousands or a comma; `None` for none."""
    plain = "".join(typed.split()).replace(",", ".")
    return Decimal(plain) if _AMOUNT.fullmatch(plain) else None


def month_of(typed: str, today: date) -> date:
    """The first day of the month that was typed as `2026-05`, else of the present one."""
    found = _MONTH.fullmatch(typed)
    if found and 2000 <= int(found[1]) < 2200 and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1)
    return today.replace(day=1)
