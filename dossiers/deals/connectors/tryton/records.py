"""A sale opportunity of Tryton as a deal record."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from dossiers.clients.mail_domains import PUBLIC
from dossiers.deals.connectors.tryton.values import (
    amount_in,
    day_in,
    moment_in,
    plain,
    rounded_in,
    text_in,
)
from dossiers.deals.kinds import DealKind
from dossiers.deals.record import Company, Contact, DealRecord, Line, Seller, StageSince

STAGES: Mapping[str, tuple[str, DealKind]] = {
    "lead": ("Lead", DealKind.OPEN),
    "opportunity": ("Opportunity", DealKind.OPEN),
    "converted": ("Converted", DealKind.OPEN),
    "won": ("Won", DealKind.WON),
    "lost": ("Lost", DealKind.LOST),
    "cancelled": ("Cancelled", DealKind.LOST),
}
"""Tryton's states. Converted has a quotation that is not decided; cancelled brought nothing."""

FIELDS = (
    "number", "reference", "description", "state", "amount", "currency.code",
    "conversion_probability", "start_date", "end_date", "lost_reason", "create_date", "write_date",
    "party.name", "party.website", "party.email", "party.tax_identifier.code",
    "contact.type", "contact.value", "contact.name", "contact.party.name",
    "employee.party.name", "employee.party.email",
    "lines.product.name", "lines.product.list_price_used", "lines.quantity", "lines.summary",
    "lines.create_date", "lines.write_date",
)  # fmt: skip
"""What is asked for. Tryton leaves out what the owner of the key may not read."""

_SCALE = "0-1"


def record_of(row: Mapping[str, Any], stages: Sequence[StageSince]) -> DealRecord:
    """The deal. Raises `ValueError` and the like for what cannot be kept as it is."""
    said = dict(_said(row))
    if stages:
        said["stages"] = tuple(stages)
    said["raw"] = plain(row)
    return DealRecord(str(int(row["id"])), frozenset(said), updated_at=changed_at(row), **said)


def changed_at(row: Mapping[str, Any]) -> datetime | None:
    """When anything of it was written last; before its first edit that is when it was made."""
    lines = row.get("lines") or ()
    known = [written_at(one) for one in (row, *lines)]
    return max((moment for moment in known if moment), default=None)


def written_at(row: Mapping[str, Any]) -> datetime | None:
    """When the row itself was edited last, else when it was made."""
    return moment_in(row.get("write_date")) or moment_in(row.get("create_date"))


def _said(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields that this row says, as far as its key may see them."""
    yield "title", _title(row)
    if "amount" in row:
        yield "amount", amount_in(row["amount"])
    if "currency" in row:
        yield "currency", text_in((row["currency"] or {}).get("code"), 3)
    yield from _chances(row)
    yield from _days(row)
    if "party" in row:
        yield "company", _company(row["party"])
    if "employee" in row:
        yield "owner", _seller(row["employee"])
    if "contact" in row:
        yield "contacts", tuple(_contacts(row["contact"]))
    if "lines" in row:
        yield "lines", tuple(_lines(row["lines"] or ()))
    if "lost_reason" in row:
        yield "loss_reason", text_in(row["lost_reason"], 300)


def _title(row: Mapping[str, Any]) -> str:
    names = (row.get("description"), row.get("reference"), row.get("number"))
    return next((text for name in names if (text := text_in(name, 250))), "")


def _chances(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    if "state" in row:
        stage, kind = STAGES.get(row["state"], (text_in(row["state"], 100), None))
        yield "stage", stage
        yield "kind", kind
    if "conversion_probability" in row:
        share = rounded_in(row["conversion_probability"])
        yield "probability", None if share is None else share * Decimal(100)
        yield "probability_scale", _SCALE


def _days(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The end is the expected one while the deal is under way, and the real one afterwards."""
    yield "created_at", moment_in(row.get("create_date"))
    if "start_date" in row:
        yield "began_on", day_in(row["start_date"])
    if "end_date" not in row or "state" not in row:
        return
    end = day_in(row["end_date"])
    if STAGES.get(row["state"], ("", DealKind.OPEN))[1] is DealKind.OPEN:
        yield "planned_on", end
        end = None
    yield "closed_on", end


def _company(party: Mapping[str, Any] | None) -> Company | None:
    if not party:
        return None
    tax = party.get("tax_identifier") or {}
    return Company(
        external_id=str(int(party["id"])),
        name=text_in(party.get("name"), 250),
        tax_number=text_in(tax.get("code"), 40),
        domain=_domain(text_in(party.get("website"), 300), text_in(party.get("email"), 254)),
    )


def _domain(website: str, email: str) -> str:
    try:
        host = urlsplit(website if "//" in website else f"//{website}").hostname or ""
    except ValueError:
        host = ""
    mail = email.rpartition("@")[2].casefold()
    return host.removeprefix("www.") or ("" if mail in PUBLIC else mail)


def _seller(employee: Mapping[str, Any] | None) -> Seller | None:
    if not employee:
        return None
    party = employee.get("party") or {}
    name, email = text_in(party.get("name"), 200), text_in(party.get("email"), 254)
    return Seller(str(int(employee["id"])), name, email)


def _contacts(contact: Mapping[str, Any] | None) -> Iterator[Contact]:
    if not contact:
        return
    person = contact.get("party") or {}
    name = text_in(contact.get("name"), 200) or text_in(person.get("name"), 200)
    value, kind = text_in(contact.get("value"), 254), contact.get("type")
    email = value if kind == "email" else ""
    phone = value[:60] if kind in ("phone", "mobile") else ""
    yield Contact(str(int(contact["id"])), name, email, phone)


def _lines(lines: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    for line in lines:
        product = line.get("product")
        name = text_in(product.get("name") if product else line.get("summary"), 250)
        if not name:
            continue
        yield Line(
            name,
            str(int(product["id"])) if product else "",
            list_price=rounded_in(product.get("list_price_used")) if product else None,
            quantity=rounded_in(line.get("quantity")),
        )
