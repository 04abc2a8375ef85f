"""The contacts of the demonstration: what was said to some clients, with links to products."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.interactions.contacts.details import Details
from dossiers.interactions.contacts.services import note_contact
from dossiers.interactions.contacts.texts import sketch, written
from dossiers.interactions.kinds import InteractionKind
from dossiers.people.reading.names import people_here
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.pages.models import Page
from wiki.rendering import render

_CLIENTS = 6


class _Talk(NamedTuple):
    """What was said; `{page}` is the title of a product's page."""

    ago: int
    kind: InteractionKind
    text: str
    again: int | None = None


_TALKS = (
    _Talk(
        95,
        InteractionKind.MEETING,
        "Показали [[{page}]] на их кухне.\n\n- понравилось, что моется без разбора\n"
        "- спросили про запас на складе и срок поставки",
    ),
    _Talk(
        40,
        InteractionKind.CALL,
        "Вернулись к [[{page}]]: цену согласовали в принципе, ждут бюджет на квартал.",
    ),
    _Talk(
        9,
        InteractionKind.LETTER,
        "Прислали вопросы юриста по договору. **Главное:** неустойка и порядок приёмки.",
        21,
    ),
)


def add_contacts(session: Session, people: Mapping[str, Actor], leads: Mapping[int, str]) -> None:
    """Let the managers (`leads`, by client) note what they said to the first clients."""
    for place, client_id in enumerate(sorted(leads)[:_CLIENTS]):
        client = session.get_one(Client, client_id)
        titles = _titles(session)
        for talk in _TALKS[: 1 + place % len(_TALKS)]:
            title = titles[place % len(titles)] if titles else ""
            _note(session, people[leads[client_id]], client, talk, title)


def _titles(session: Session) -> list[str]:
    """The titles of some products, as they stand in the catalogue."""
    wanted = select(Page.title).where(
        Page.room.is_(None), Page.category_id.is_not(None), Page.language == "ru"
    )
    return list(session.scalars(wanted.order_by(Page.id).limit(_CLIENTS)))


def _note(session: Session, lead: Actor, client: Client, talk: _Talk, title: str) -> None:
    now = clock.now()
    moment = now - timedelta(days=talk.ago)
    again = (now + timedelta(days=talk.again)).date() if talk.again else None
    theirs = frozenset(one.id for one in people_here(session, client.id, 2))
    known = sketch(session, client.audience, "ru", talk.text.format(page=title))
    text = written(known, render(known.body, known.context))
    details = Details(talk.kind, moment, frozenset({lead.id}), theirs, next_on=again)
    with clock.at(moment):
        note_contact(session, lead, client.id, details, text)
