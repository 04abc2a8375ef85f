"""What the address of the report or list asks for; what nobody could mean is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from dossiers.deals.discounts.columns import Buyer, By, Wanted
from dossiers.deals.discounts.listed import ListWanted, State
from dossiers.deals.kinds import DealKind
from wiki.accounts.actor import Actor
from wiki.pages.content import one_line
from wiki.pages.facts import as_date
from wiki.pages.forms import whole_number

_Code = TypeVar("_Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Question:
    """A whole question to the report."""

    wanted: Wanted
    by: By
    buyer: Buyer


def question_in(actor: Actor, said: Mapping[str, str]) -> Question:
    """The question in an address. Directors ask of everybody; a manager only of the own deals."""
    usual = By.MANAGER if actor.is_director else By.CLIENT
    return Question(
        wanted_in(actor, said),
        _one_of(By, said.get("by"), usual),
        _one_of(Buyer, said.get("buyer"), Buyer.CLIENT),
    )


def wanted_in(actor: Actor, said: Mapping[str, str]) -> Wanted:
    """The deals that an address asks for."""
    currency = said.get("currency")
    return Wanted(
        kind=_one_of(DealKind, said.get("kind"), DealKind.WON),
        since=_day(said, "from"),
        until=_day(said, "until"),
        currency=None if currency is None else one_line(currency)[:3].upper(),
        seller=_signed(said.get("seller")),
        client=whole_number(said.get("client")) or None,
        product=_signed(said.get("product")) or None,
        mine=not actor.is_director or said.get("only") == "mine",
    )


def list_in(actor: Actor, said: Mapping[str, str]) -> ListWanted:
    """The list that an address asks for."""
    return ListWanted(
        wanted_in(actor, said),
        _one_of(State, said.get("state"), State.WITHOUT),
        any_kind=said.get("kind") not in list(DealKind),
        ground=one_line(said.get("ground", ""))[:40],
        contact=whole_number(said.get("contact")) or None,
    )


def _one_of(codes: type[_Code], said: str | None, usual: _Code) -> _Code:
    return codes(said) if said in list(codes) else usual


def _day(said: Mapping[str, str], name: str) -> date | None:
    return as_date(said.get(name, "")[:10])


def _signed(said: str | None) -> int | None:
    """A number that may be below zero; `None` for none."""
    if said is None:
        return None
    size = whole_number(said.removeprefix("-"))
    if not size:
        return 0 if said == "0" else None
    return -size if said.startswith("-") else size
