"""The tables of positions, persons and what joins them. All but the identities are dated facts."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dossiers.facts.models import Dated, choice_of
from dossiers.people.kinds import (
    Aspect,
    ContactKind,
    ContactStanding,
    Coverage,
    EndReason,
    InfluenceKind,
    Level,
    LineKind,
    NameKind,
    PositionKind,
)
from wiki.database import Base


class Position(Base):
    """The identity of a place in a client's chart; what it is stands in `PositionFact`."""

    __tablename__ = "positions"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]


class Person(Base):
    """The identity of somebody at a client, with the present name for lists.

    A person who was merged into another stays and leads there.
    """

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    name_folded: Mapped[str] = mapped_column(String(250), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    created_at: Mapped[datetime]


class PositionFact(Dated, Base):
    """What a position is: title, unit, kind; the number it bears in the client's own files."""

    __tablename__ = "position_facts"
    KEY: ClassVar = ("position_id",)
    VALUES: ClassVar = ("title", "unit", "kind", "code", "is_known", "rank")

    position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    title: Mapped[str] = mapped_column(String(250))
    unit: Mapped[str] = mapped_column(String(250), default="")
    kind: Mapped[PositionKind] = mapped_column(choice_of(PositionKind))
    code: Mapped[str] = mapped_column(String(60), default="")
    is_known: Mapped[bool] = mapped_column(default=True)
    rank: Mapped[int] = mapped_column(default=0)


class SolidLine(Dated, Base):
    """Whom a position reports to; a position without one stands at the top."""

    __tablename__ = "solid_lines"
    KEY: ClassVar = ("from_position_id",)
    VALUES: ClassVar = ("to_position_id",)

    from_position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    to_position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)


class SideLine(Dated, Base):
    """A reporting line beside the solid one: dotted, or to whom somebody is assistant."""

    __tablename__ = "side_lines"
    KEY: ClassVar = ("from_position_id", "to_position_id", "kind")
    VALUES: ClassVar = ()

    from_position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    to_position_id: Mapped[int] = mapped_column(ForeignKey("positions.id"), index=True)
    kind: Mapped[LineKind] = mapped_column(choice_of(LineKind))


class Employment(Dated, Base):
    """A person works at the client: in a position, or in one we do not know (`None`).

    `end_reason` is why it ended on `valid_to`.
    """

    __tablename__ = "employments"
    __table_args__ = (Index(None, "client_id", "person_id"),)
    KEY: ClassVar = ("person_id", "client_id", "position_id")
    VALUES: ClassVar = ("main", "acting", "end_reason")

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("positions.id"), index=True)
    main: Mapped[bool] = mapped_column(default=True)
    acting: Mapped[bool] = mapped_column(default=False)
    end_reason: Mapped[EndReason | None] = mapped_column(choice_of(EndReason))


class PersonName(Dated, Base):
    """A name of a person: the full one (`slot` is empty), or another form (`slot` is that form)."""

    __tablename__ = "person_names"
    KEY: ClassVar = ("person_id", "kind", "slot")
    VALUES: ClassVar = ("name",)

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    kind: Mapped[NameKind] = mapped_column(choice_of(NameKind))
    slot: Mapped[str] = mapped_column(String(250), default="")
    name: Mapped[str] = mapped_column(String(200))


class PersonContact(Dated, Base):
    """A telephone or an address of a person; old ones go on matching old mail."""

    __tablename__ = "person_contacts"
    KEY: ClassVar = ("person_id", "client_id", "kind", "folded")
    VALUES: ClassVar = ("value", "standing")

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    kind: Mapped[ContactKind] = mapped_column(choice_of(ContactKind))
    folded: Mapped[str] = mapped_column(String(254), index=True)
    value: Mapped[str] = mapped_column(String(254))
    standing: Mapped[ContactStanding] = mapped_column(choice_of(ContactStanding))


class Influence(Dated, Base):
    """What one person is to another, beside the chart: influence, trust, conflict, old ties."""

    __tablename__ = "influences"
    KEY: ClassVar = ("from_person_id", "to_person_id", "kind", "client_id")
    VALUES: ClassVar = ("strength", "both_ways")

    from_person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    to_person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    kind: Mapped[InfluenceKind] = mapped_column(choice_of(InfluenceKind))
    strength: Mapped[int] = mapped_column(default=2)
    both_ways: Mapped[bool] = mapped_column(default=False)


class Judgement(Dated, Base):
    """What we think of a person at this client: a role in decisions, attitude, weight, motive.

    `deal` is empty for the client as a whole, or names the deal for which it is set differently.
    A person may have several roles, so for roles `slot` repeats the value; else it is empty.
    """

    __tablename__ = "judgements"
    __table_args__ = (Index(None, "client_id", "person_id"),)
    KEY: ClassVar = ("person_id", "client_id", "deal", "aspect", "slot")
    VALUES: ClassVar = ("value",)

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    deal: Mapped[str] = mapped_column(String(100), default="")
    aspect: Mapped[Aspect] = mapped_column(choice_of(Aspect))
    slot: Mapped[str] = mapped_column(String(30), default="")
    value: Mapped[str] = mapped_column(String(30))


class Relationship(Dated, Base):
    """How well one of ours knows somebody at the client: now, wanted, and by what we see it."""

    __tablename__ = "relationships"
    __table_args__ = (Index(None, "client_id", "person_id"),)
    KEY: ClassVar = ("person_id", "client_id", "user_id")
    VALUES: ClassVar = ("coverage", "level", "wanted", "wanted_by", "evidence")

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    coverage: Mapped[Coverage] = mapped_column(choice_of(Coverage))
    level: Mapped[Level | None] = mapped_column(choice_of(Level))
    wanted: Mapped[Level | None] = mapped_column(choice_of(Level))
    wanted_by: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(String(300), default="")


FACT_TABLES: tuple[type[Dated], ...] = (
    PositionFact,
    SolidLine,
    SideLine,
    Employment,
    PersonName,
    PersonContact,
    Influence,
    Judgement,
    Relationship,
)


class PeopleImport(Base):
    """A file of people on its way into a chart: what was sent, how it is read, what it would do."""

    __tablename__ = "people_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("clients.id"), index=True)
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(250))
    kind: Mapped[str] = mapped_column(String(10))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    encoding: Mapped[str] = mapped_column(String(20), default="")
    columns: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    as_of: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="sent")
    refused: Mapped[str] = mapped_column(Text, default="")
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    change_id: Mapped[int | None] = mapped_column(ForeignKey("dossier_changes.id"))
