"""How long a fact is good after somebody vouched for it."""

from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from wiki.errors import Refusal
from wiki.pages.content import FactValue
from wiki.pages.facts import LONGEST_TEXT, Kind, as_date, typed_form
from wiki.pages.forms import whole_number

LONGEST_LIFE = 3650
"""Days."""

VERIFICATION = "fact verification"
"""What the history calls one; its number is that of the `FactVerification`."""

VERIFY = "verify fact"
"""What the history calls the deed of somebody who vouches for a fact with a click."""

_YEAR = 365
USUAL_DAYS = MappingProxyType(
    {
        Kind.MONEY: 90,
        Kind.DATE: _YEAR,
        Kind.NUMBER: _YEAR,
        Kind.YES_NO: _YEAR,
        Kind.CHOICE: _YEAR,
        Kind.LINK: _YEAR,
    }
)
"""For how many days facts are good; texts, which are not here, do not grow old."""


class Life(NamedTuple):
    """For how many days a fact of that kind is good; `None`: it does not grow old.

    `is_given` when directors said so; else it is what is usual for the kind.
    """

    kind: Kind
    days: int | None
    is_given: bool = False


def usual_life(kind: Kind) -> Life:
    """What is good for a kind when nobody said otherwise."""
    return Life(kind, USUAL_DAYS.get(kind))


def value_of(fact: FactValue | None) -> str:
    """What a fact says, as it is typed; empty without one."""
    return typed_form(fact)[:LONGEST_TEXT]


def good_until(life: Life, value: str, day: date) -> date | None:
    """The last day on which a fact is good that was vouched for on that day.

    A day to come (a certificate's) is itself the last one, unless directors gave a life.
    """
    if life.days is None:
        return None
    if life.kind is Kind.DATE and not life.is_given:
        told = as_date(value)
        if told is not None and told >= day:
            return told
    return day + timedelta(days=life.days)


def days_typed(typed: str, name: str) -> int | None:
    """Days as directors type them; `None` for «0»: it does not grow old.

    Raises `Refusal` for what is no number from 0 to `LONGEST_LIFE`.
    """
    typed = typed.strip()
    days = whole_number(typed)
    if days > LONGEST_LIFE or (not days and typed != "0"):
        raise Refusal(
            "The days of «%(name)s» must be a whole number from 0 to %(most)d. Nothing was "
            "changed: mend the number and save again.",
            name=name,
            most=LONGEST_LIFE,
        )
    return days or None
