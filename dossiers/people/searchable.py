"""People as documents: found by name, telephone, address (old ones too), position and client.

One document for each person, told to as many as may see them: with what stands in dossiers open to
all, when there is one, else with what stands in those of one team. What other restricted dossiers
know of the person is told by documents of their own, one for each such client, so that a hit, a
count or a hint never says more than its reader may see.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.models import NEVER
from dossiers.facts.present import present_day
from dossiers.people.models import Employment, Person, PersonContact, PersonName, PositionFact
from search.documents import Document, Key, Label, Source
from search.languages import language_of
from wiki.accounts.actor import EVERYONE
from wiki.locale import _l

PERSON, RESTRICTED = "person", "restricted_person"


class _Work(NamedTuple):
    """One place of a person; `first` is the oldest row of that person at that client."""

    client_id: int
    client: str
    audience: str
    position_id: int | None
    start: date
    end: date
    recorded_at: datetime
    row_id: int


class _Said(NamedTuple):
    """A name or a contact, with who sees the dossier it stands in."""

    text: str
    audience: str


@dataclass
class _Told:
    """All that documents of a person are made of."""

    name: str = ""
    works: list[_Work] = field(default_factory=list)
    said: list[_Said] = field(default_factory=list)
    first: dict[int, int] = field(default_factory=dict)
    """Client id → the number of the first row of the person there, which never changes."""

    @property
    def audience(self) -> str:
        """Who sees the person's own document."""
        if any(work.audience == EVERYONE for work in self.works):
            return EVERYONE
        return min(self.works, key=lambda work: work.row_id).audience


def load_people(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these people, in six statements."""
    told, titles = _gather(session, idents)
    return [_own(ident, one, titles) for ident, one in told.items()]


def load_restricted(session: Session, idents: Sequence[int]) -> list[Document]:
    """What restricted dossiers tell beside the people's own documents, by first row."""
    wanted = select(Employment.person_id).where(Employment.id.in_(idents)).distinct()
    told, titles = _gather(session, session.scalars(wanted).all())
    asked = set(idents)
    return [
        _apart(ident, one, client_id, titles)
        for ident, one in told.items()
        for client_id in dict.fromkeys(work.client_id for work in one.works)
        if one.first[client_id] in asked and _is_apart(one, client_id)
    ]


def _is_apart(told: _Told, client_id: int) -> bool:
    audience = next(work.audience for work in told.works if work.client_id == client_id)
    return audience not in (EVERYONE, told.audience)


def _gather(
    session: Session, idents: Sequence[int]
) -> tuple[dict[int, _Told], Mapping[int, Sequence[str]]]:
    told: dict[int, _Told] = defaultdict(_Told)
    named = select(Person.id, Person.name).where(
        Person.id.in_(idents), Person.merged_into_id.is_(None)
    )
    for ident, name in session.execute(named):
        told[ident].name = name
    for ident, work in _works(session, list(told)):
        told[ident].works.append(work)
    for ident, client_id, first in session.execute(_first_rows(list(told))):
        told[ident].first[client_id] = first
    for ident, said in _sayings(session, list(told)):
        told[ident].said.append(said)
    places = {w.position_id for one in told.values() for w in one.works if w.position_id}
    return {i: one for i, one in told.items() if one.works}, _titles(session, places)


def _works(session: Session, idents: Sequence[int]) -> Iterator[tuple[int, _Work]]:
    wanted = (
        select(
            Employment.person_id,
            Client.id,
            Client.name,
            Client.audience,
            Employment.position_id,
            Employment.valid_from,
            Employment.valid_to,
            Employment.recorded_at,
            Employment.id,
        )
        .join(Client, Client.id == Employment.client_id)
        .where(Employment.person_id.in_(idents), Employment.superseded_at == NEVER)
        .order_by(Employment.valid_to.desc(), Employment.acting, Employment.valid_from.desc())
    )
    rows: Iterable[Sequence[Any]] = session.execute(wanted)
    for row in rows:
        yield row[0], _Work(*row[1:])


def _first_rows(idents: Sequence[int]) -> Any:
    return (
        select(Employment.person_id, Employment.client_id, func.min(Employment.id))
        .where(Employment.person_id.in_(idents))
        .group_by(Employment.person_id, Employment.client_id)
    )


def _sayings(session: Session, idents: Sequence[int]) -> Iterator[tuple[int, _Said]]:
    """Other names, telephones and addresses, whatever day they are about."""
    forms = select(PersonName.person_id, PersonName.name, Client.audience).where(
        PersonName.person_id.in_(idents),
        PersonName.superseded_at == NEVER,
        PersonName.client_id == Client.id,
    )
    contacts = select(PersonContact.person_id, PersonContact.value, Client.audience).where(
        PersonContact.person_id.in_(idents),
        PersonContact.superseded_at == NEVER,
        PersonContact.client_id == Client.id,
    )
    digits = select(PersonContact.person_id, PersonContact.folded, Client.audience).where(
        PersonContact.person_id.in_(idents),
        PersonContact.superseded_at == NEVER,
        PersonContact.client_id == Client.id,
    )
    rows: Iterable[Sequence[Any]] = session.execute(forms.union(contacts, digits))
    for ident, text, audience in rows:
        yield ident, _Said(text, audience)


def _titles(session: Session, idents: Iterable[int]) -> Mapping[int, Sequence[str]]:
    """Title and unit of positions as they are called last."""
    wanted = (
        select(PositionFact.position_id, PositionFact.title, PositionFact.unit)
        .where(PositionFact.position_id.in_(idents), PositionFact.superseded_at == NEVER)
        .order_by(PositionFact.valid_from)
    )
    return {ident: (title, unit) for ident, title, unit in session.execute(wanted)}


def _own(ident: int, told: _Told, titles: Mapping[int, Sequence[str]]) -> Document:
    audience = told.audience
    works = [work for work in told.works if work.audience == audience]
    return _document(Key(PERSON, ident), ident, told, works, titles)


def _apart(
    person_id: int, told: _Told, client_id: int, titles: Mapping[int, Sequence[str]]
) -> Document:
    works = [work for work in told.works if work.client_id == client_id]
    return _document(Key(RESTRICTED, told.first[client_id]), person_id, told, works, titles)


def _document(
    key: Key,
    person_id: int,
    told: _Told,
    works: Sequence[_Work],
    titles: Mapping[int, Sequence[str]],
) -> Document:
    """What these places tell, which all have the same readers; the newest place comes first."""
    last, audience = works[0], works[0].audience
    title = titles.get(last.position_id or 0, ("", ""))[0]
    readable = (EVERYONE, audience)
    names = {said.text for said in told.said if said.audience in readable} - {told.name}
    about = [
        text for work in works for text in (*titles.get(work.position_id or 0, ()), work.client)
    ]
    return Document(
        kind=key.kind,
        ident=key.ident,
        title=told.name,
        body=", ".join(dict.fromkeys(text for text in about if text)),
        url=f"/persons/{person_id}?client={last.client_id}",
        audience=audience,
        language=language_of(told.name),
        changed_at=max(work.recorded_at for work in works),
        client=Label(last.client_id, last.client, last.client),
        names=tuple(sorted(names)),
        place=title if last.end > present_day() else "",
    )


def person_idents(session: Session) -> Iterable[int]:
    """The numbers of all people who can be found."""
    works = select(Employment.person_id).where(Employment.superseded_at == NEVER)
    wanted = select(Person.id).where(Person.merged_into_id.is_(None), Person.id.in_(works))
    return session.scalars(wanted.order_by(Person.id))


def restricted_idents(session: Session) -> Iterable[int]:
    """First rows of all people at restricted clients."""
    return session.scalars(select(_FIRST.c.ident).order_by(_FIRST.c.ident))


def restricted_of(session: Session, idents: Sequence[int]) -> Iterator[Key]:
    """The documents that restricted dossiers may tell beside those of these people."""
    for _person, _client, first in session.execute(_first_rows(idents)):
        yield Key(RESTRICTED, first)


def people_of(session: Session, client_ids: Sequence[int]) -> Iterator[Key]:
    """Everybody whose documents name these clients, or are seen by their readers."""
    wanted = select(Employment.person_id).where(Employment.client_id.in_(client_ids)).distinct()
    for ident in session.scalars(wanted):
        yield Key(PERSON, ident)


_FIRST = (
    select(func.min(Employment.id).label("ident"), Client.audience.label("audience"))
    .join(Client, Client.id == Employment.client_id)
    .where(Client.audience != EVERYONE)
    .group_by(Employment.person_id, Client.id, Client.audience)
    .subquery()
)
_SIGHT = (
    select(Employment.person_id.label("ident"), Client.audience.label("audience"))
    .join(Client, Client.id == Employment.client_id)
    .where(Employment.superseded_at == NEVER)
)
PEOPLE = Source(
    PERSON, _l("People at clients"), load_people, person_idents, _l("Person"), _SIGHT, restricted_of
)
PEOPLE_RESTRICTED = Source(
    RESTRICTED,
    _l("People at restricted clients"),
    load_restricted,
    restricted_idents,
    _l("Person"),
    select(_FIRST.c.ident, _FIRST.c.audience),
)
