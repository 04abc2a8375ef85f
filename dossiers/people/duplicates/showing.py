"""What the pages show of people and clients that may be one, in a constant number of statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client, ClientDomain
from dossiers.facts.asking import Moment, at, believed
from dossiers.people.kinds import ContactStanding, NameKind
from dossiers.people.models import Employment, Person, PersonContact, PersonName, PositionFact
from wiki.accounts.actor import Actor
from wiki.accounts.models import Team

_Lines = Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class PersonSide:
    """A person as they stand beside the other: places, other forms of the name, contacts."""

    id: int
    name: str
    places: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The address of the person's page."""
        return f"/persons/{self.id}"


@dataclass(frozen=True, slots=True)
class ClientSide:
    """A client as it stands beside the other, with how much its dossier holds."""

    id: int
    name: str
    legal_name: str
    tax_number: str
    region: str
    team: str
    has_notes: bool
    domains: list[str] = field(default_factory=list)
    positions: int = 0
    people: int = 0

    @property
    def address(self) -> str:
        """The address of the dossier."""
        return f"/clients/{self.id}"


def people_sides(
    session: Session, actor: Actor, idents: Collection[int], moment: Moment
) -> Mapping[int, PersonSide]:
    """Person id → what stands of them in dossiers that the actor may see, in four statements.

    The caller has found the people among those whom the actor may see.
    """
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(idents)))
    sides = {ident: PersonSide(ident, name) for ident, name in rows}
    seen = select(Client.id).where(Client.audience.in_(actor.audiences))
    for ident, title, client in session.execute(_places(idents, seen, moment)):
        sides[ident].places.append(f"{title}, {client}" if title else client)
    for ident, name in session.execute(_forms(idents, seen)):
        sides[ident].forms.append(name)
    for ident, value in session.execute(_contacts(idents, seen, moment)):
        if value not in sides[ident].contacts:
            sides[ident].contacts.append(value)
    return sides


def _places(idents: Collection[int], seen: Select[int], moment: Moment) -> _Lines:
    stands = (PositionFact.position_id == Employment.position_id) & at(PositionFact, moment)
    return (
        select(Employment.person_id, PositionFact.title, Client.name)
        .join(Client, Client.id == Employment.client_id)
        .outerjoin(PositionFact, stands)
        .where(
            Employment.person_id.in_(idents),
            Employment.client_id.in_(seen),
            at(Employment, moment),
        )
        .order_by(Employment.id)
    )


def _forms(idents: Collection[int], seen: Select[int]) -> _Lines:
    return select(PersonName.person_id, PersonName.name).where(
        PersonName.person_id.in_(idents),
        PersonName.client_id.in_(seen),
        PersonName.kind == NameKind.FORM,
        believed(PersonName),
    )


def _contacts(idents: Collection[int], seen: Select[int], moment: Moment) -> _Lines:
    return select(PersonContact.person_id, PersonContact.value).where(
        PersonContact.person_id.in_(idents),
        PersonContact.client_id.in_(seen),
        PersonContact.standing != ContactStanding.OLD,
        at(PersonContact, moment),
    )


def client_sides(
    session: Session, idents: Collection[int], moment: Moment
) -> Mapping[int, ClientSide]:
    """Client id → its card and how much its dossier holds, in four statements.

    The caller has found the clients among those that the actor may see.
    """
    columns = (Client.id, Client.name, Client.legal_name, Client.tax_number, Client.region)
    wanted = select(*columns, Team.name, Client.page_id).outerjoin(Team, Team.id == Client.team_id)
    positions, people = _counts(session, idents, moment)
    domains: dict[int, list[str]] = {}
    for ident, domain in session.execute(
        select(ClientDomain.client_id, ClientDomain.domain).where(
            ClientDomain.client_id.in_(idents)
        )
    ):
        domains.setdefault(ident, []).append(domain)
    return {
        row[0]: ClientSide(
            *row[:5], row[5] or "", row[6] is not None, domains.get(row[0], []),
            positions.get(row[0], 0), people.get(row[0], 0),
        )
        for row in session.execute(wanted.where(Client.id.in_(idents)))
    }  # fmt: skip


def _counts(
    session: Session, idents: Collection[int], moment: Moment
) -> Sequence[Mapping[int, int]]:
    """How many positions and how many people the dossiers hold."""
    whole = func.count()
    people = func.count(Employment.person_id.distinct())
    return [
        dict(
            session.execute(
                select(table.client_id, counted)
                .where(table.client_id.in_(idents), at(table, moment))
                .group_by(table.client_id)
            ).all()
        )
        for table, counted in ((PositionFact, whole), (Employment, people))
    ]
