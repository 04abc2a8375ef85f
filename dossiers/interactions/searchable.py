"""Contacts and promises as documents: found by what was said, promised and became of it.

Who may read the dossier finds them; those of a client that was merged into another are found by the
readers of the other. A contact is of the day on which one spoke.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from sqlalchemy import CTE, ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from dossiers.clients.models import Client
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Interaction, InteractionText, Promise, PromiseEvent
from search.documents import Document, Key, Label, Sight, Source
from search.languages import language_of
from search.wiki_comments import beginning_of
from wiki.locale import _l

CONTACT, PROMISE = "contact", "promise"
_TAG = re.compile("<[^>]*>")


def _merged() -> CTE:
    """Clients that were merged into another, with all to which they lead."""
    start = select(Client.id.label("own"), Client.merged_into_id.label("here"))
    chain = start.where(Client.merged_into_id.is_not(None)).cte("spoken_led", recursive=True)
    further = select(chain.c.own, Client.merged_into_id).join(chain, Client.id == chain.c.here)
    return chain.union(further.where(Client.merged_into_id.is_not(None)))


_LED = _merged()
_home = aliased(Client)
_ENDS = (
    select(_LED.c.own, _LED.c.here)
    .join(_home, _home.id == _LED.c.here)
    .where(_home.merged_into_id.is_(None))
    .subquery()
)
_SPOKEN = Interaction.taken_back_in.is_(None)
_GIVEN = Promise.state != PromiseState.TAKEN_BACK


def load_contacts(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these contacts, in one statement."""
    newest = InteractionText.number == Interaction.newest
    wanted = (
        select(Interaction, InteractionText.html, Client)
        .join(InteractionText, (InteractionText.interaction_id == Interaction.id) & newest)
        .outerjoin(_ENDS, _ENDS.c.own == Interaction.client_id)
        .join(Client, Client.id == func.coalesce(_ENDS.c.here, Interaction.client_id))
        .where(Interaction.id.in_(idents), _SPOKEN)
    )
    return [_contact(row, html, client) for row, html, client in session.execute(wanted)]


def _contact(row: Interaction, html: str, client: Client) -> Document:
    said = " ".join(unescape(_TAG.sub("", html)).split())
    return Document(
        kind=CONTACT,
        ident=row.id,
        title=beginning_of(row.summary) or client.name,
        body=said,
        url=f"/contacts/{row.id}",
        audience=client.audience,
        language=language_of(said or client.name),
        changed_at=row.happened_at,
        client=Label(client.id, client.name, client.name),
    )


def load_promises(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these promises, in two statements."""
    wanted = (
        select(Promise, Client)
        .outerjoin(_ENDS, _ENDS.c.own == Promise.client_id)
        .join(Client, Client.id == func.coalesce(_ENDS.c.here, Promise.client_id))
        .where(Promise.id.in_(idents), _GIVEN)
    )
    rows = session.execute(wanted).all()
    events = _events(session, [promise.id for promise, _client in rows])
    return [_promise(promise, client, events[promise.id]) for promise, client in rows]


def _events(session: Session, idents: Sequence[int]) -> Mapping[int, list[PromiseEvent]]:
    """What became of these promises and was not taken back."""
    found: dict[int, list[PromiseEvent]] = defaultdict(list)
    wanted = select(PromiseEvent).where(
        PromiseEvent.promise_id.in_(idents), PromiseEvent.taken_back_in.is_(None)
    )
    for event in session.scalars(wanted.order_by(PromiseEvent.id)):
        found[event.promise_id].append(event)
    return found


def _promise(promise: Promise, client: Client, events: Sequence[PromiseEvent]) -> Document:
    words = dict.fromkeys((promise.what, *(event.words for event in events)))
    return Document(
        kind=PROMISE,
        ident=promise.id,
        title=beginning_of(promise.what),
        body=". ".join(filter(None, words)),
        url=f"/promises/{promise.id}",
        audience=client.audience,
        language=language_of(promise.what),
        changed_at=max((event.recorded_at for event in events), default=promise.created_at),
        client=Label(client.id, client.name, client.name),
    )


def contact_idents(session: Session) -> Iterable[int]:
    """The numbers of all contacts that can be found."""
    return session.scalars(select(Interaction.id).where(_SPOKEN).order_by(Interaction.id))


def promise_idents(session: Session) -> Iterable[int]:
    """The numbers of all promises that can be found."""
    return session.scalars(select(Promise.id).where(_GIVEN).order_by(Promise.id))


def contacts_naming(session: Session, client_ids: Sequence[int]) -> Iterator[Key]:
    """The contacts whose documents name these clients, or are seen by their readers."""
    here = Interaction.client_id.in_(_dossiers(client_ids))
    for ident in session.scalars(select(Interaction.id).where(here)):
        yield Key(CONTACT, ident)


def promises_naming(session: Session, client_ids: Sequence[int]) -> Iterator[Key]:
    """The promises whose documents name these clients, or are seen by their readers."""
    here = Promise.client_id.in_(_dossiers(client_ids))
    for ident in session.scalars(select(Promise.id).where(here)):
        yield Key(PROMISE, ident)


def _dossiers(client_ids: Sequence[int]) -> Any:
    """These clients with those that were merged into them."""
    own = select(Client.id).where(Client.id.in_(client_ids)).cte(recursive=True)
    merged = select(Client.id).join(own, Client.merged_into_id == own.c.id)
    return select(own.union(merged).c.id)


def _sight(ident: Any, client_id: Any, findable: ColumnElement[bool]) -> Sight:
    """Who may see what is the client's; in two, so that the few merged ones cost nothing."""
    plain = (
        select(ident.label("ident"), Client.audience.label("audience"))
        .join(Client, Client.id == client_id)
        .where(findable, Client.merged_into_id.is_(None))
    )
    led = (
        select(ident, Client.audience)
        .join(_ENDS, _ENDS.c.own == client_id)
        .join(Client, Client.id == _ENDS.c.here)
        .where(findable)
    )
    return plain.union_all(led)


CONTACTS = Source(
    CONTACT,
    _l("Contacts with clients"),
    load_contacts,
    contact_idents,
    _l("Contact"),
    _sight(Interaction.id, Interaction.client_id, _SPOKEN),
)
PROMISES = Source(
    PROMISE,
    _l("Promises"),
    load_promises,
    promise_idents,
    _l("Promise"),
    _sight(Promise.id, Promise.client_id, _GIVEN),
)
