"""Clients as documents: found by name, legal name, tax number, e-mail domains and former names.

What names a client is noted in the outbox when the name or the readers change, and only then
(`dependents`): else every edit of a chart would index all its people anew.
"""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from dossiers.clients.kinds import CardField, Duty, State
from dossiers.clients.mail_domains import shown
from dossiers.clients.models import Assignment, CardFact, Client, ClientDomain
from dossiers.facts.asking import Moment, at
from dossiers.facts.models import NEVER
from dossiers.facts.present import present_day
from search.documents import Document, Label, Source
from search.languages import language_of
from wiki.accounts.models import User
from wiki.locale import _l

_FINDABLE = (Client.merged_into_id.is_(None), Client.state != State.ARCHIVED)


def load_clients(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these clients, in four statements."""
    domains = _domains(session, idents)
    former = _former_names(session, idents)
    leads = _leads(session, idents)
    found = session.scalars(select(Client).where(Client.id.in_(idents), *_FINDABLE))
    return [
        _document(client, domains.get(client.id, ()), former.get(client.id, ()), leads)
        for client in found
    ]


def client_idents(session: Session) -> Iterable[int]:
    """The numbers of all clients that can be found."""
    return session.scalars(select(Client.id).where(*_FINDABLE).order_by(Client.id))


def client_names(session: Session, numbers: Sequence[int]) -> Mapping[int, Label]:
    """The names of these clients, for counts of what one may see."""
    rows = session.execute(select(Client.id, Client.name).where(Client.id.in_(numbers)))
    return {ident: Label(ident, name, name) for ident, name in rows}


def _domains(session: Session, idents: Sequence[int]) -> Mapping[int, list[str]]:
    wanted = select(ClientDomain.client_id, ClientDomain.domain).order_by(ClientDomain.domain)
    return _grouped(session.execute(wanted.where(ClientDomain.client_id.in_(idents))))


def _former_names(session: Session, idents: Sequence[int]) -> Mapping[int, list[str]]:
    wanted = (
        select(CardFact.client_id, CardFact.value)
        .where(CardFact.client_id.in_(idents), CardFact.field == CardField.NAME)
        .where(CardFact.superseded_at == NEVER)
        .order_by(CardFact.valid_from)
    )
    return _grouped(session.execute(wanted))


def _grouped(rows: Iterable[Row[int, str]]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    for ident, text in rows:
        found.setdefault(ident, []).append(text)
    return found


def _leads(session: Session, idents: Sequence[int]) -> Mapping[int, Label]:
    wanted = (
        select(Assignment.client_id, User.id, User.name)
        .join(User, User.id == Assignment.user_id)
        .where(Assignment.client_id.in_(idents), Assignment.duty == Duty.LEAD)
        .where(at(Assignment, Moment(present_day())))
        .order_by(Assignment.id.desc())
    )
    return {client: Label(user, name, name) for client, user, name in session.execute(wanted)}


def _document(
    client: Client,
    domains: Sequence[str],
    former: Sequence[str],
    leads: Mapping[int, Label],
) -> Document:
    read = [shown(domain) for domain in domains]
    about = (client.legal_name, client.segment, client.region)
    names = (client.legal_name, client.tax_number, *domains, *read, *former)
    return Document(
        kind="client",
        ident=client.id,
        title=client.name,
        body=", ".join(text for text in about if text),
        url=f"/clients/{client.id}",
        audience=client.audience,
        language=language_of(client.name),
        changed_at=client.changed_at,
        client=Label(client.id, client.name, client.name),
        owner=leads.get(client.id),
        tags=tuple(str(tag) for tag in client.tags),
        names=tuple(dict.fromkeys(name for name in names if name and name != client.name)),
    )


_SIGHT = select(Client.id.label("ident"), Client.audience.label("audience")).where(*_FINDABLE)
CLIENTS = Source(
    "client",
    _l("Clients"),
    load_clients,
    client_idents,
    _l("Client"),
    _SIGHT,
)
