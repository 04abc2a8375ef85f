"""People and clients as one types them into a box: suggestions, and which one is meant."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.models import NEVER
from dossiers.people.models import Employment, Person
from dossiers.people.reading.choices import MOST_SUGGESTED, Choice, number_in
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.rendering.titles import fold_title


def people_near(
    session: Session, actor: Actor, client_id: int, typed: str, limit: int = MOST_SUGGESTED
) -> list[Choice]:
    """People whose names hold what was typed: those of the client first, then of other clients."""
    here = Client.id == client_id
    words = [Person.name_folded.contains(word, autoescape=True) for word in _words(typed)]
    wanted = (
        select(Person.id, Person.name, Client.name)
        .join(Employment, Employment.person_id == Person.id)
        .join(Client, Client.id == Employment.client_id)
        .where(
            Person.merged_into_id.is_(None),
            Employment.superseded_at == NEVER,
            Client.audience.in_(actor.audiences),
            *words,
        )
        .order_by(here.desc(), Person.name_folded, Person.id, Employment.valid_to.desc())
        .limit(limit * 4)
    )
    found: dict[int, Choice] = {}
    for row in session.execute(wanted):
        found.setdefault(row[0], Choice(*row))
    return list(found.values())[:limit]


def _words(typed: str) -> list[str]:
    return fold_title(typed[:200]).split()[:8]


def people_here(session: Session, client_id: int, limit: int) -> list[Choice]:
    """At most `limit` people who ever worked at the client, by name."""
    works = select(Employment.person_id).where(
        Employment.client_id == client_id, Employment.superseded_at == NEVER
    )
    wanted = select(Person.id, Person.name).where(
        Person.id.in_(works), Person.merged_into_id.is_(None)
    )
    some = wanted.order_by(Person.name_folded, Person.id).limit(limit)
    return [Choice(*row) for row in session.execute(some)]


def clients_near(session: Session, actor: Actor, typed: str, limit: int) -> list[Choice]:
    """Clients that the actor sees whose names hold what was typed, by name."""
    words = [Client.name_folded.contains(word, autoescape=True) for word in _words(typed)]
    wanted = select(Client.id, Client.name).where(
        Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None), *words
    )
    some = wanted.order_by(Client.name_folded, Client.id).limit(limit)
    return [Choice(*row) for row in session.execute(some)]


def client_meant(session: Session, actor: Actor, typed: str) -> int:
    """The client of exactly that name, or of that number, among those the actor sees.

    Raises `Refusal`.
    """
    seen = select(Client.id).where(
        Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None)
    )
    named = session.scalars(seen.where(Client.name_folded == fold_title(typed)[:300])).all()
    if len(named) == 1:
        return named[0]
    number = number_in(typed)
    found = session.scalar(seen.where(Client.id == number)) if number else None
    if found is None:
        raise Refusal(
            "There is no client “%(typed)s”. Nothing was changed. Choose one of the suggestions, "
            "or write the client down first.",
            typed=one_line(typed)[:100],
        )
    return found
