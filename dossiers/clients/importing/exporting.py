"""Clients as a CSV file that an import reads back without changing anything."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.card import Card
from dossiers.clients.importing.fields import Field
from dossiers.clients.importing.known import cards_of, leads_of, names_of_clients
from dossiers.clients.listing import Wanted, conditions
from dossiers.clients.models import Client
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.accounts.queries import team_names
from wiki.tables.cells import MARK, csv_line

_AT_ONCE = 200


def exported_ids(session: Session, actor: Actor, wanted: Wanted) -> Sequence[int]:
    """The clients that such a file holds, by name: the history keeps that they were taken out."""
    found = select(Client.id).where(*conditions(actor, wanted))
    return session.scalars(found.order_by(Client.name_folded, Client.id)).all()


def clients_csv(session: Session, actor: Actor, idents: Sequence[int]) -> Iterator[str]:
    """The cards of these clients, whom the person may see, as pieces of text.

    Cells that a spreadsheet would take for formulas are quoted with an apostrophe, which an import
    takes away.
    """
    yield MARK + csv_line([field.value for field in Field])
    teams, people = team_names(session), _people(session)
    for start in range(0, len(idents), _AT_ONCE):
        some = idents[start : start + _AT_ONCE]
        cards, leads = cards_of(session, some), leads_of(session, some)
        above = {card.parent for card in cards.values() if card.parent}
        parents = names_of_clients(session, actor, above)
        for ident in some:
            told = _told(cards[ident], teams, parents)
            told[Field.MANAGER] = people.get(leads.get(ident, 0), "")
            yield csv_line([told[field] for field in Field])


def _told(card: Card, teams: Mapping[int, str], parents: Mapping[int, str]) -> dict[Field, str]:
    texts = ("name", "legal_name", "tax_number", "segment", "country", "region", "state")
    return {
        **{Field(name): str(getattr(card, name)) for name in texts},
        Field.DOMAINS: _listed(card.domains),
        Field.TAGS: _listed(card.tags),
        Field.PARENT: parents.get(card.parent or 0, ""),
        Field.TEAM: teams.get(card.team or 0, ""),
        Field.RESTRICTED: "yes" if card.restricted else "no",
    }


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _people(session: Session) -> Mapping[int, str]:
    """What an import knows active colleagues by: their names, or addresses where two share one."""
    rows = session.execute(
        select(User.id, User.name, User.email).where(User.deactivated_at.is_(None))
    ).all()
    names = Counter(name.casefold() for _id, name, _email in rows)
    return {i: name if names[name.casefold()] == 1 else email for i, name, email in rows}
