"""The neutral deal record: what every door makes out of its own form, and what is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dossiers.deals.kinds import DealKind


@dataclass(frozen=True, slots=True)
class Company:
    """The company of a deal as the source names it; whatever of it is known."""

    external_id: str = ""
    name: str = ""
    tax_number: str = ""
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Seller:
    """Whose deal it is."""

    external_id: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at the client."""

    external_id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A product. `None` means that the source does not say it."""

    name: str
    external_id: str = ""
    list_price: Decimal | None = None
    price: Decimal | None = None
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StageSince:
    """The deal was at this stage from that moment on."""

    stage: str
    at: datetime
    kind: DealKind | None = None


@dataclass(frozen=True, slots=True)
class DealRecord:
    """One deal as its source says it.

    Only the fields named in `said` are said; the others keep what was said before. A field that is
    said to be `None` or empty is known to be so: zero, empty and not said are three things.
    `probability` is 0 to 100, `probability_scale` the source's own ("0-1", "percent").
    `updated_at` orders records of one deal, whatever the order in which they come.
    """

    external_id: str
    said: frozenset[str]
    title: str = ""
    amount: Decimal | None = None
    currency: str = ""
    pipeline: str = ""
    stage: str = ""
    kind: DealKind | None = None
    probability: Decimal | None = None
    probability_scale: str = ""
    began_on: date | None = None
    planned_on: date | None = None
    closed_on: date | None = None
    owner: Seller | None = None
    company: Company | None = None
    contacts: tuple[Contact, ...] = ()
    lines: tuple[Line, ...] = ()
    loss_reason: str = ""
    stages: tuple[StageSince, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
