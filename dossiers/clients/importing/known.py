"""What is known already of the clients that a list may mean, in few statements for many rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dossiers.clients.card import Card, card_from
from dossiers.clients.importing.entries import Words
from dossiers.clients.importing.identity import Keys, bare_tax_number, tax_number_forms
from dossiers.clients.kinds import Duty
from dossiers.clients.models import Assignment, CardFact, Client, ClientDomain
from dossiers.facts.asking import Moment, at
from dossiers.facts.present import present_day
from dossiers.facts.writing import in_parts
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.accounts.queries import open_teams
from wiki.pages.models import Page, Revision
from wiki.rendering.titles import fold_title


@dataclass(frozen=True, slots=True)
class KnownClient:
    """A client that the person may see, as far as an import asks."""

    id: int
    name: str
    team_id: int | None
    page_id: int | None
    keys: Keys


@dataclass(frozen=True, slots=True)
class Known:
    """The clients that may be meant; `by_key` leads from a tax number, domain or name to them."""

    clients: Mapping[int, KnownClient]
    by_key: Mapping[str, frozenset[int]]

    def called(self, folded: str) -> frozenset[int]:
        """The clients of that name."""
        return frozenset(
            ident
            for ident in self.by_key.get(folded, ())
            if folded in self.clients[ident].keys.names
        )

    def met_by(self, keys: Keys) -> list[KnownClient]:
        """The clients that have one of these keys and may be the same."""
        near = {
            i for key in (keys.tax, *keys.domains, *keys.names) for i in self.by_key.get(key, ())
        }
        found = (self.clients[ident] for ident in sorted(near))
        return [client for client in found if keys.meets(client.keys)]


def known_clients(
    session: Session,
    actor: Actor,
    numbers: Iterable[str],
    keys: Iterable[Keys],
    names: Iterable[str],
) -> Known:
    """The clients whom the person may see and who have one of these keys, or names.

    Those whom the person may not see are as if they were not there, as in the form for one client.
    """
    keys = list(keys)
    forms = sorted({form for number in numbers for form in tax_number_forms(number)})
    domains = sorted({domain for one in keys for domain in one.domains})
    folded = sorted({name[:300] for one in keys for name in one.names} | set(names))
    idents = {
        *_seen(session, actor, Client.tax_number, forms),
        *_seen(session, actor, Client.name_folded, folded),
        *_with_domains(session, actor, domains),
    }
    return _known(session, sorted(idents))


def _seen(session: Session, actor: Actor, column: Any, values: list[str]) -> Iterable[int]:
    for some in in_parts(values):
        wanted = select(Client.id).where(column.in_(some), *_visible(actor))
        yield from session.scalars(wanted)


def _with_domains(session: Session, actor: Actor, domains: list[str]) -> Iterable[int]:
    for some in in_parts(domains):
        wanted = (
            select(Client.id)
            .join(ClientDomain, ClientDomain.client_id == Client.id)
            .where(ClientDomain.domain.in_(some), *_visible(actor))
        )
        yield from session.scalars(wanted)


def _visible(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None)


def _known(session: Session, idents: list[int]) -> Known:
    domains: dict[int, set[str]] = defaultdict(set)
    clients: dict[int, KnownClient] = {}
    by_key: dict[str, set[int]] = defaultdict(set)
    for some in in_parts(idents):
        wanted = select(ClientDomain.client_id, ClientDomain.domain)
        for ident, domain in session.execute(wanted.where(ClientDomain.client_id.in_(some))):
            domains[ident].add(domain)
        for row in session.execute(_rows().where(Client.id.in_(some))):
            keys = Keys(
                bare_tax_number(row.tax_number),
                row.country,
                frozenset(domains[row.id]),
                frozenset((row.name_folded,)),
            )
            clients[row.id] = KnownClient(row.id, row.name, row.team_id, row.page_id, keys)
            for key in (keys.tax, *keys.domains, *keys.names):
                by_key[key].add(row.id)
    by_key.pop("", None)
    return Known(clients, {key: frozenset(found) for key, found in by_key.items()})


def _rows() -> Any:
    return select(
        Client.id,
        Client.name,
        Client.name_folded,
        Client.tax_number,
        Client.country,
        Client.team_id,
        Client.page_id,
    )


def cards_of(session: Session, idents: Iterable[int]) -> Mapping[int, Card]:
    """The present cards of these clients."""
    columns = CardFact.__table__.c
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    present = at(CardFact, Moment(present_day()))
    for some in in_parts(idents):
        wanted = select(columns.client_id, columns.field, columns.value).where(
            columns.client_id.in_(some), present
        )
        for ident, name, value in session.connection().execute(wanted):
            values[ident][name] = value
    return {ident: card_from(found) for ident, found in values.items()}


def leads_of(session: Session, idents: Iterable[int]) -> Mapping[int, int]:
    """Who is responsible for these clients."""
    found: dict[int, int] = {}
    for some in in_parts(idents):
        wanted = select(Assignment.client_id, Assignment.user_id).where(
            Assignment.client_id.in_(some),
            Assignment.duty == Duty.LEAD,
            at(Assignment, Moment(present_day())),
        )
        found |= dict(session.execute(wanted).all())
    return found


def names_of_clients(session: Session, actor: Actor, idents: Iterable[int]) -> dict[int, str]:
    """The names of those of these clients that the person may see."""
    found: dict[int, str] = {}
    for some in in_parts(idents):
        wanted = select(Client.id, Client.name).where(
            Client.id.in_(some), Client.audience.in_(actor.audiences)
        )
        found |= dict(session.execute(wanted).all())
    return found


class Notes(NamedTuple):
    """The text of a notes page as it is now."""

    page_id: int
    number: int
    language: str
    body: str


def notes_of(session: Session, page_ids: Iterable[int]) -> Mapping[int, Notes]:
    """The texts of these notes pages."""
    found: dict[int, Notes] = {}
    for some in in_parts(page_ids):
        wanted = (
            select(Page.id, Page.current_number, Page.language, Revision.body)
            .join(Revision, Revision.id == Page.current_revision_id)
            .where(Page.id.in_(some))
        )
        found |= {row[0]: Notes(*row) for row in session.execute(wanted)}
    return found


def parents_of_all(session: Session) -> dict[int, int]:
    """Who stands above whom now, of all clients: a circle may go through any of them."""
    rows = session.execute(select(Client.id, Client.parent_id).where(Client.parent_id.is_not(None)))
    return dict(rows.all())  # type: ignore[arg-type]  # none of them is without a parent


def words_of(session: Session) -> Words:
    """What cells may call teams and colleagues; a name that two bear means neither."""
    teams = {fold_title(name): ident for ident, name in open_teams(session)}
    rows = session.execute(
        select(User.id, User.name, User.email_folded).where(User.deactivated_at.is_(None))
    ).all()
    by_name: dict[str, set[int]] = defaultdict(set)
    for ident, name, email in rows:
        by_name[fold_title(name)].add(ident)
        by_name[email].add(ident)
    people = {name: min(found) for name, found in by_name.items() if len(found) == 1}
    return Words(teams, people)
