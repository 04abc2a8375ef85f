"""What changed in a deal and when, in the reader's words."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.condition_words import money_words
from dossiers.clients.models import Client
from dossiers.deals.closing.wording import name_told
from dossiers.deals.models import (
    Deal,
    DealChange,
    DealCompany,
    DealLoad,
    DealOwner,
    ProductName,
)
from dossiers.deals.queries import seen_clients
from dossiers.deals.wording import FIELD_NAMES, KIND_NAMES
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.locale import _
from wiki.pages.facts import as_date
from wiki.templating import day, number

MOST = 50
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Changed:
    """One field: what it is called, what it was and what it is; empty for nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One change: when, by whom or by which file, and its fields."""

    at: datetime
    who: str
    fields: Sequence[Changed]


@dataclass(frozen=True)
class _Names:
    """What the keys and numbers in changes stand for."""

    companies: Mapping[str, str] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    products: Mapping[str, str] = field(default_factory=dict)
    clients: Mapping[int, str] = field(default_factory=dict)
    currency: str = ""


def changes_shown(session: Session, actor: Actor, deal: Deal) -> list[ChangeShown]:
    """The newest `MOST` changes of a deal, the newest first, in five statements.

    Clients and companies that the actor may not see are not named.
    """
    wanted = (
        select(DealChange.at, DealChange.fields, User.name, DealLoad.file_name)
        .outerjoin(User, User.id == DealChange.actor_id)
        .outerjoin(DealLoad, DealLoad.id == DealChange.load_id)
        .where(DealChange.deal_id == deal.id)
        .order_by(DealChange.id.desc())
        .limit(MOST)
    )
    rows = session.execute(wanted).all()
    names = _names(session, actor, deal, [fields for _at, fields, _who, _file in rows])
    shown = [
        ChangeShown(at, " · ".join(filter(None, (who, file))), _fields(fields, names))
        for at, fields, who, file in rows
    ]
    return [one for one in shown if one.fields]


def _names(
    session: Session, actor: Actor, deal: Deal, changes: Sequence[Mapping[str, Any]]
) -> _Names:
    lines = [line for value in _said(changes, "lines") for line in value or ()]
    keys = {str(line[0]) for line in lines if isinstance(line, list) and line}
    own = DealCompany.client_id.is_(None) | DealCompany.client_id.in_(seen_clients(actor))
    clients = select(Client.id, Client.name).where(
        Client.id.in_(_said(changes, "client")), Client.audience.in_(actor.audiences)
    )
    return _Names(
        _called(session, DealCompany, deal, _said(changes, "company"), own),
        _called(session, DealOwner, deal, _said(changes, "owner")),
        _called(session, ProductName, deal, keys),
        dict(session.execute(clients).all()),
        deal.currency,
    )


def _said(changes: Iterable[Mapping[str, Any]], name: str) -> list[Any]:
    """Both values of the field wherever it changed."""
    return [value for fields in changes for value in fields.get(name, ()) if value]


def _called(
    session: Session, table: Any, deal: Deal, keys: Collection[Any], *seen: Any
) -> Mapping[str, str]:
    wanted = select(table.key, table.name).where(
        table.source_id == deal.source_id, table.key.in_({str(key) for key in keys}), *seen
    )
    return dict(session.execute(wanted).all())


def _fields(fields: Mapping[str, Any], names: _Names) -> list[Changed]:
    found = [
        Changed(str(FIELD_NAMES[name]), _text(name, pair[0], names), _text(name, pair[1], names))
        for name, pair in fields.items()
        if name in FIELD_NAMES and isinstance(pair, list) and len(pair) == 2
    ]
    return [one for one in found if one.before or one.after]


def _text(name: str, value: Any, names: _Names) -> str:
    """A value in the reader's words; empty for nothing, and for what they may not see."""
    if name == "gone":
        return _("gone") if value else _("there")
    if value is None or value == "" or value == []:
        return ""
    tell = _TELL.get(name)
    return (tell(value, names) if tell else str(value))[:_LONGEST]


def _amount(value: Any, currency: str) -> str:
    try:
        return money_words(Decimal(str(value)), currency)
    except InvalidOperation:
        return str(value)


def _line(line: Sequence[Any], names: _Names) -> str:
    """A product with its price: "GTX Pro 4,821"."""
    name, price = names.products.get(line[0], str(line[0])), line[2]
    return f"{name} {number(Decimal(str(price)))}" if price is not None else name


def _day(value: Any, _names: _Names) -> str:
    return day(as_date(value)) or str(value)


_KINDS = {str(code): word for code, word in KIND_NAMES.items()}
_TELL: Mapping[str, Callable[[Any, _Names], str]] = {
    "amount": lambda value, names: _amount(value, names.currency),
    "probability": lambda value, _names: _amount(value, "%"),
    "kind": lambda value, _names: str(_KINDS.get(value, value)),
    "reason": lambda value, _names: name_told(value),
    "company": lambda value, names: names.companies.get(value, ""),
    "owner": lambda value, names: names.owners.get(value, str(value)),
    "client": lambda value, names: names.clients.get(value, ""),
    "lines": lambda value, names: ", ".join(_line(line, names) for line in value),
    "contacts": lambda value, _names: ", ".join(str(one[1] or one[2]) for one in value),
    "began_on": _day,
    "planned_on": _day,
    "closed_on": _day,
}
