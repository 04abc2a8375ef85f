"""The tables of clients."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.facts.models import Dated
from wiki.database import Base
from wiki.lists.models import ImportMapping

__all__ = [
    "Assignment",
    "CardFact",
    "Client",
    "ClientDomain",
    "ImportMapping",
    "NotTheSame",
]


class Client(Base):
    """An organisation we sell to, as lists need it; what it was before stands in `CardFact`.

    `audience` says who may see it and all that belongs to it. `stamp` grows with every change of
    the dossier. A client that was merged into another stays and leads there.
    """

    __tablename__ = "clients"
    __table_args__ = (Index(None, "audience", "name_folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(250))
    name_folded: Mapped[str] = mapped_column(String(300), index=True)
    slug: Mapped[str] = mapped_column(String(80))
    legal_name: Mapped[str] = mapped_column(String(300), default="")
    tax_number: Mapped[str] = mapped_column(String(40), default="", index=True)
    country: Mapped[str] = mapped_column(String(2), default="")
    segment: Mapped[str] = mapped_column(String(100), default="", index=True)
    region: Mapped[str] = mapped_column(String(100), default="", index=True)
    state: Mapped[str] = mapped_column(String(20), default="active", index=True)
    tags: Mapped[list[Any]] = mapped_column(JSON, default=list)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"), index=True)
    restricted: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[str] = mapped_column(String(60))
    page_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id"), unique=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("clients.id"), index=True)
    stamp: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)


class ClientDomain(Base):
    """An e-mail domain of a client as it is now, for finding the client by an address."""

    __tablename__ = "client_domains"

    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), primary_key=True)
    domain: Mapped[str] = mapped_column(String(253), primary_key=True, index=True)


class CardFact(Dated, Base):
    """One field of a client's card, dated: name, legal name, tax number, parent, team and so on."""

    __tablename__ = "client_card_facts"
    KEY: ClassVar = ("client_id", "field")
    VALUES: ClassVar = ("value",)

    field: Mapped[str] = mapped_column(String(20))
    value: Mapped[Any] = mapped_column(JSON)


class Assignment(Dated, Base):
    """A colleague who looks after the client: the responsible one, a member, a stand-in."""

    __tablename__ = "client_assignments"
    KEY: ClassVar = ("client_id", "user_id")
    VALUES: ClassVar = ("duty",)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    duty: Mapped[str] = mapped_column(String(20))


class NotTheSame(Base):
    """Somebody looked at two clients or people that seem alike and said that they are not one."""

    __tablename__ = "not_the_same"
    __table_args__ = (Index(None, "kind", "low_id", "high_id", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    low_id: Mapped[int]
    high_id: Mapped[int]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime]
