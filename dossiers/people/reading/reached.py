"""Telephones and addresses of people, as far as the dossiers they stand in may be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.models import NEVER
from dossiers.people.chart.snapshot import Known
from dossiers.people.kinds import ContactKind, ContactStanding, NameKind
from dossiers.people.models import PersonContact, PersonName
from dossiers.people.reading.known import known_columns, known_from
from wiki.accounts.actor import Actor


@dataclass(frozen=True)
class Contact:
    """A telephone or an address, and whether it still reaches the person on the asked day."""

    person_id: int
    kind: ContactKind
    value: str
    standing: ContactStanding
    note: str
    client_id: int
    known: Known

    @property
    def is_old(self) -> bool:
        """Whether it no longer reaches the person."""
        return self.standing is ContactStanding.OLD


def contacts_of(
    session: Session, actor: Actor, person_ids: Sequence[int], day: date
) -> dict[int, list[Contact]]:
    """By person the contacts in dossiers that the actor sees, current ones first; one statement.

    Of each what is known of it on the day counts; what ended before is old.
    """
    wanted = (
        select(
            PersonContact.person_id,
            PersonContact.kind,
            PersonContact.value,
            PersonContact.standing,
            PersonContact.note,
            PersonContact.folded,
            PersonContact.valid_to,
            PersonContact.client_id,
            *known_columns(PersonContact),
        )
        .join(Client, Client.id == PersonContact.client_id)
        .where(
            PersonContact.person_id.in_(person_ids),
            PersonContact.superseded_at == NEVER,
            PersonContact.valid_from <= day,
            Client.audience.in_(actor.audiences),
        )
        .order_by(PersonContact.valid_from)
    )
    newest: dict[tuple[int, str, str], Contact] = {}
    for row in session.execute(wanted):
        standing = ContactStanding(row[3]) if row[6] > day else ContactStanding.OLD
        contact = Contact(
            row[0], ContactKind(row[1]), row[2], standing, row[4], row[7], known_from(row)
        )
        newest[row[0], row[1], row[5]] = contact
    found: dict[int, list[Contact]] = {}
    for contact in sorted(newest.values(), key=lambda c: (c.is_old, c.kind, c.known.since)):
        found.setdefault(contact.person_id, []).append(contact)
    return found


def other_names_of(session: Session, actor: Actor, person_id: int) -> Sequence[str]:
    """Other forms of the name, as far as the dossiers they stand in may be seen."""
    wanted = (
        select(PersonName.name)
        .join(Client, Client.id == PersonName.client_id)
        .where(
            PersonName.person_id == person_id,
            PersonName.kind == NameKind.FORM,
            PersonName.superseded_at == NEVER,
            Client.audience.in_(actor.audiences),
        )
        .order_by(PersonName.name)
    )
    return session.scalars(wanted).all()
