"""The tables of deals. What a source says is kept as it said it; what we decide stands beside."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.deals.kinds import DealKind, LoadState, Matched, Origin, SourceKind
from dossiers.facts.models import choice_of
from wiki.database import Base
from wiki.money import Money

#: All that reports of closed deals read: the rows themselves are wide, and need not be opened.
_CLOSED = (
    "kind", "closed_on", "currency", "client_id", "owner_id", "amount", "list_total", "gone_at",
)  # fmt: skip


class DealSource(Base):
    """Where deals come from: a program, or the files of one sort.

    `secret` is encrypted. `settings` are the address and the like of a connector; `hook` is the
    random end of the address at which it may ask us to pull.
    """

    __tablename__ = "deal_sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[SourceKind] = mapped_column(choice_of(SourceKind))
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    hook: Mapped[str | None] = mapped_column(String(64), unique=True)
    paused: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class PullState(Base):
    """How far pulling from a source is: the place of the newest record seen, and how it went.

    `behind` is how many changed records the source still has for us, as far as it says.
    """

    __tablename__ = "deal_pull_states"

    source_id: Mapped[int] = mapped_column(ForeignKey("deal_sources.id"), primary_key=True)
    cursor: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    wanted: Mapped[bool] = mapped_column(default=True)
    tried_at: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
    swept_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    behind: Mapped[int | None]
    error: Mapped[str] = mapped_column(String(1000), default="")


class DealCompany(Base):
    """A company as a source calls it; `client_id` is who it is for us, once that is known.

    `key` is the source's own number, or its folded name where it has none. `is_nobody` says that
    somebody decided: this is none of our clients.
    """

    __tablename__ = "deal_companies"
    __table_args__ = (Index(None, "source_id", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("deal_sources.id"))
    key: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(250), default="")
    name_folded: Mapped[str] = mapped_column(String(300), default="", index=True)
    tax_number: Mapped[str] = mapped_column(String(40), default="")
    domain: Mapped[str] = mapped_column(String(253), default="")
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    matched: Mapped[Matched | None] = mapped_column(choice_of(Matched))
    is_nobody: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class ProductName(Base):
    """A product as a source calls it; `page_id` is its page here, once that is known."""

    __tablename__ = "deal_product_names"
    __table_args__ = (Index(None, "source_id", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("deal_sources.id"))
    key: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(250))
    page_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"), index=True)
    matched: Mapped[Matched | None] = mapped_column(choice_of(Matched))
    is_nobody: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class DealOwner(Base):
    """A seller as a source calls them; `user_id` is the colleague, once that is known.

    `manager` and `office` are what a list of sellers says of them.
    """

    __tablename__ = "deal_owners"
    __table_args__ = (Index(None, "source_id", "key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("deal_sources.id"))
    key: Mapped[str] = mapped_column(String(300))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    manager: Mapped[str] = mapped_column(String(200), default="")
    office: Mapped[str] = mapped_column(String(200), default="")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    matched: Mapped[Matched | None] = mapped_column(choice_of(Matched))
    is_nobody: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Deal(Base):
    """One deal as its source has it. `None` means that the source does not say it; zero is zero.

    `client_id` is that of its company, or the one that somebody gave to this deal alone (`pinned`).
    `clocks` tells for each field since when the source says so, so that records may come in any
    order. `gone_at` is when the source had it no more. `discount` is in percent of the list price.
    """

    __tablename__ = "deals"
    __table_args__ = (
        Index(None, "source_id", "external_id", unique=True),
        Index(None, "client_id", "kind"),
        Index("ix_deals_closed", *_CLOSED),
        Index(None, "owner_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("deal_sources.id"))
    external_id: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(250), default="")
    amount: Mapped[Decimal | None] = mapped_column(Money)
    currency: Mapped[str] = mapped_column(String(3), default="")
    pipeline: Mapped[str] = mapped_column(String(100), default="")
    stage: Mapped[str] = mapped_column(String(100), default="")
    kind: Mapped[DealKind | None] = mapped_column(choice_of(DealKind))
    probability: Mapped[Decimal | None] = mapped_column(Money)
    probability_scale: Mapped[str] = mapped_column(String(20), default="")
    began_on: Mapped[date | None]
    planned_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("deal_owners.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("deal_companies.id"), index=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"))
    pinned: Mapped[bool] = mapped_column(default=False)
    loss_reason: Mapped[str] = mapped_column(String(300), default="", index=True)
    created_there: Mapped[datetime | None]
    updated_there: Mapped[datetime | None]
    raw: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    clocks: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    list_total: Mapped[Decimal | None] = mapped_column(Money)
    discount: Mapped[Decimal | None] = mapped_column(Money)
    allowed: Mapped[Decimal | None] = mapped_column(Money)
    is_outside_policy: Mapped[bool] = mapped_column(default=False)
    first_seen_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    gone_at: Mapped[datetime | None]


class DealLine(Base):
    """A product in a deal. `revision` is the version of its page that held on the deal's day."""

    __tablename__ = "deal_lines"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("deal_product_names.id"), index=True)
    list_price: Mapped[Decimal | None] = mapped_column(Money)
    price: Mapped[Decimal | None] = mapped_column(Money)
    quantity: Mapped[Decimal | None] = mapped_column(Money)
    revision: Mapped[int | None]


class DealContact(Base):
    """Somebody at the client in a deal, as the source has them; `person_id` is who that is."""

    __tablename__ = "deal_contacts"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(100), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    role: Mapped[str] = mapped_column(String(100), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)


class DealStage(Base):
    """The deal was at a stage from that moment on."""

    __tablename__ = "deal_stages"
    __table_args__ = (Index(None, "deal_id", "at", "stage", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"))
    stage: Mapped[str] = mapped_column(String(100))
    kind: Mapped[DealKind | None] = mapped_column(choice_of(DealKind))
    at: Mapped[datetime]
    origin: Mapped[Origin] = mapped_column(choice_of(Origin))


class DealChange(Base):
    """What changed in a deal, or in what we decided about it: field → before and after."""

    __tablename__ = "deal_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"), index=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    load_id: Mapped[int | None] = mapped_column(ForeignKey("deal_loads.id"), index=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)


class DealLoad(Base):
    """One file, or one visit of a program or connector: what came, and what became of it.

    `target` is what the file holds: deals, sellers, clients or products. `place` is how many of
    its rows have been written, so that work that was cut off goes on there.
    """

    __tablename__ = "deal_loads"

    id: Mapped[int] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(String(20), default="deals")
    source_id: Mapped[int | None] = mapped_column(ForeignKey("deal_sources.id"), index=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(250), default="")
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    encoding: Mapped[str] = mapped_column(String(20), default="")
    columns: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[LoadState] = mapped_column(choice_of(LoadState))
    place: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    ended_at: Mapped[datetime | None]


class DealRun(Base):
    """The way of a deal through the client's approval path."""

    __tablename__ = "deal_runs"

    deal_id: Mapped[int] = mapped_column(ForeignKey("deals.id"), primary_key=True)
    run_id: Mapped[int] = mapped_column(
        ForeignKey("approval_runs.id"), primary_key=True, index=True
    )
    linked_at: Mapped[datetime]
    linked_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
