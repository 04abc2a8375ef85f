"""Reading imports; only those who may change the client's dossier come so far."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.people.models import PeopleImport
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing, Refusal
from wiki.jobs import Job
from wiki.rendering.titles import fold_title


def import_visible_to(
    session: Session, actor: Actor, client_id: int, import_id: int
) -> tuple[Client, PeopleImport]:
    """The client and an import of its people.

    Raises `Missing` for absent and unseen alike, `Forbidden` when the person may only read.
    """
    client = client_visible_to(session, actor, client_id)
    check_may_edit(actor, client.team_id)
    wanted = select(PeopleImport).where(
        PeopleImport.id == import_id, PeopleImport.client_id == client_id
    )
    found = session.scalar(wanted)
    if found is None:
        raise Missing()
    return client, found


def imports_of(session: Session, client_id: int) -> list[tuple[PeopleImport, str]]:
    """The latest imports of a client that the person was allowed to see, with who sent them."""
    wanted = (
        select(PeopleImport, User.name)
        .join(User, User.id == PeopleImport.created_by)
        .where(PeopleImport.client_id == client_id)
        .order_by(PeopleImport.id.desc())
        .limit(20)
        # Files that were not written are still there, up to 25 megabytes each.
        .options(defer(PeopleImport.content), defer(PeopleImport.refused))
    )
    return [(found, name) for found, name in session.execute(wanted)]


def job_of(session: Session, sent: PeopleImport) -> Job | None:
    """The worker's job for the import, when there is one."""
    ident = (sent.report or {}).get("job")
    return session.get(Job, ident) if ident else None


def client_named(session: Session, actor: Actor, text: str) -> Client:
    """The client with that number or name.

    Raises `Missing` when there is none that the person may see, `Refusal` when several have the
    name.
    """
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return client_visible_to(session, actor, int(text))
    wanted = select(Client).where(
        Client.name_folded == fold_title(text)[:300],
        Client.audience.in_(actor.audiences),
        Client.merged_into_id.is_(None),
    )
    found = session.scalars(wanted.order_by(Client.id)).all()
    if not found:
        raise Missing("There is no client called “%(name)s”. Nothing was changed.", name=text[:100])
    if len(found) > 1:
        raise Refusal(
            "Several clients are called “%(name)s”. Nothing was changed. Name one by its number: "
            "%(numbers)s.",
            name=text[:100],
            numbers=", ".join(str(client.id) for client in found),
        )
    return found[0]


def date_of(sent: PeopleImport) -> date:
    """The day of the file, or of its sending."""
    return sent.as_of or sent.created_at.date()
