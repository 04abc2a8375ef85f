"""Contacts as a reader sees them: the log of a dossier in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.interactions.contacts.topics import About, TopicKey, topics_named
from dossiers.interactions.kinds import InteractionKind, PromiseState
from dossiers.interactions.models import (
    Interaction,
    InteractionText,
    OurPart,
    Promise,
    TheirPart,
    Topic,
)
from dossiers.people.models import Person
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.paging import Key, Part, beyond, part_of

PART = 25
MOST_EXPORTED = 10_000
SHORT = 400
"""Characters of a text that is shown whole in the log."""
_FIRST, _LAST = date(1990, 1, 1), date(2100, 1, 1)


class Named(NamedTuple):
    """Somebody with a name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which contacts of a dossier; `away` are those that were taken back, instead of the others."""

    kind: InteractionKind | None = None
    person: int | None = None
    colleague: int | None = None
    since: date | None = None
    until: date | None = None
    topic: TopicKey | None = None
    away: bool = False


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact with everything that stands beside it."""

    row: Interaction
    text: InteractionText
    author: str | None
    ours: Sequence[Named] = ()
    theirs: Sequence[Named] = ()
    topics: Sequence[About] = ()
    promises: Sequence[Promise] = ()

    @property
    def url(self) -> str:
        """The address of the contact."""
        return f"/contacts/{self.row.id}"

    @property
    def is_short(self) -> bool:
        """Whether the log shows the text whole."""
        return len(self.text.body) <= SHORT


@dataclass(slots=True)
class _Beside:
    """What stands beside contacts, by their numbers."""

    ours: Mapping[int, list[Named]] = field(default_factory=dict)
    theirs: Mapping[int, list[Named]] = field(default_factory=dict)
    topics: Mapping[int, list[About]] = field(default_factory=dict)
    promises: Mapping[int, list[Promise]] = field(default_factory=dict)


def log_of(
    session: Session,
    actor: Actor,
    client: Client,
    wanted: Wanted,
    before: Key | None = None,
    limit: int = PART,
) -> Part[ContactLine]:
    """The contacts of a dossier that fit, the newest first; the caller has checked sight."""
    conditions = _fitting(client, wanted, actor.time_zone)
    if before is not None:
        conditions.append(beyond(before, Interaction.happened_at, Interaction.id))
    newest = InteractionText.number == Interaction.newest
    rows = session.execute(
        select(Interaction, InteractionText, User.name)
        .join(InteractionText, (InteractionText.interaction_id == Interaction.id) & newest)
        .outerjoin(User, User.id == Interaction.created_by)
        .where(*conditions)
        .order_by(Interaction.happened_at.desc(), Interaction.id.desc())
        .limit(limit + 1)
    ).all()
    beside = _beside(session, actor, client, [row.id for row, _text, _author in rows])
    lines = [_line(row, text, author, beside) for row, text, author in rows]
    return part_of(lines, limit, lambda line: Key(line.row.happened_at, line.row.id))


def contact_line(session: Session, actor: Actor, client: Client, row: Interaction) -> ContactLine:
    """One contact with everything beside it; the caller has checked sight."""
    text = session.get_one(InteractionText, (row.id, row.newest))
    author = session.scalar(select(User.name).where(User.id == row.created_by))
    return _line(row, text, author, _beside(session, actor, client, [row.id]))


def contact_visible_to(
    session: Session, actor: Actor, interaction_id: int
) -> tuple[Client, Interaction]:
    """A contact and the client in whose dossier it stands.

    Raises `Missing` for absent and unseen alike.
    """
    row = session.get(Interaction, interaction_id)
    client = session.get(Client, row.client_id) if row else None
    while client is not None and client.merged_into_id is not None:
        client = session.get(Client, client.merged_into_id)
    if row is None or client is None or client.audience not in actor.audiences:
        raise Missing()
    return client, row


class Version(NamedTuple):
    """One version of what was said."""

    text: InteractionText
    author: str | None


def versions_of(session: Session, interaction_id: int) -> list[Version]:
    """All versions of what was said, the newest first."""
    wanted = (
        select(InteractionText, User.name)
        .outerjoin(User, User.id == InteractionText.saved_by)
        .where(InteractionText.interaction_id == interaction_id)
        .order_by(InteractionText.number.desc())
    )
    return [Version(text, author) for text, author in session.execute(wanted)]


def _fitting(client: Client, wanted: Wanted, zone: str) -> list[ColumnElement[bool]]:
    away = Interaction.taken_back_in
    found = [
        Interaction.client_id.in_(dossier_ids(client.id)),
        away.is_not(None) if wanted.away else away.is_(None),
        *_days(wanted, ZoneInfo(zone)),
    ]
    if wanted.kind is not None:
        found.append(Interaction.kind == wanted.kind)
    for table, column, ident in (
        (OurPart, OurPart.user_id, wanted.colleague),
        (TheirPart, TheirPart.person_id, wanted.person),
    ):
        if ident is not None:
            found.append(exists().where(table.interaction_id == Interaction.id, column == ident))
    if wanted.topic is not None:
        kind, ref = wanted.topic
        about = Topic.kind == kind, Topic.ref == ref, Topic.interaction_id == Interaction.id
        found.append(exists().where(*about))
    return found


def _days(wanted: Wanted, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        since = _possible(wanted.since)
        found.append(Interaction.happened_at >= datetime.combine(since, time.min, zone))
    if wanted.until is not None:
        after = datetime.combine(_possible(wanted.until) + timedelta(days=1), time.min, zone)
        found.append(Interaction.happened_at < after)
    return found


def _possible(day: date) -> date:
    """The day, or the next one on which there can be a contact: farther ones break time zones."""
    return min(max(day, _FIRST), _LAST)


def _line(
    row: Interaction, text: InteractionText, author: str | None, beside: _Beside
) -> ContactLine:
    return ContactLine(
        row,
        text,
        author,
        beside.ours.get(row.id, ()),
        beside.theirs.get(row.id, ()),
        beside.topics.get(row.id, ()),
        beside.promises.get(row.id, ()),
    )


def _beside(session: Session, actor: Actor, client: Client, idents: Collection[int]) -> _Beside:
    if not idents:
        return _Beside()
    return _Beside(
        _ours(session, idents),
        _theirs(session, idents),
        _topics(session, actor, client, idents),
        _promises(session, idents),
    )


def _ours(session: Session, idents: Collection[int]) -> Mapping[int, list[Named]]:
    wanted = (
        select(OurPart.interaction_id, User.id, User.name)
        .join(User, User.id == OurPart.user_id)
        .where(OurPart.interaction_id.in_(idents))
        .order_by(User.name, User.id)
    )
    found: dict[int, list[Named]] = defaultdict(list)
    for ident, user_id, name in session.execute(wanted):
        found[ident].append(Named(user_id, name))
    return found


def _theirs(session: Session, idents: Collection[int]) -> Mapping[int, list[Named]]:
    """A person who was merged into another is named as the other."""
    kept = aliased(Person)
    wanted = (
        select(TheirPart.interaction_id, Person.id, Person.name, kept.id, kept.name)
        .join(Person, Person.id == TheirPart.person_id)
        .outerjoin(kept, kept.id == Person.merged_into_id)
        .where(TheirPart.interaction_id.in_(idents))
        .order_by(Person.name_folded, Person.id)
    )
    found: dict[int, list[Named]] = defaultdict(list)
    for ident, own, name, other, other_name in session.execute(wanted):
        found[ident].append(Named(other or own, other_name or name))
    return found


def _topics(
    session: Session, actor: Actor, client: Client, idents: Collection[int]
) -> Mapping[int, list[About]]:
    wanted = select(Topic.interaction_id, Topic.kind, Topic.ref).where(
        Topic.interaction_id.in_(idents)
    )
    rows = [(ident, (kind, ref)) for ident, kind, ref in session.execute(wanted)]
    known = topics_named(session, actor, client, [key for _ident, key in rows])
    found: dict[int, list[About]] = defaultdict(list)
    for ident, key in rows:
        if key in known:
            found[ident].append(known[key])
    return found


def _promises(session: Session, idents: Collection[int]) -> Mapping[int, list[Promise]]:
    wanted = (
        select(Promise)
        .where(Promise.interaction_id.in_(idents), Promise.state != PromiseState.TAKEN_BACK)
        .order_by(Promise.due_on, Promise.id)
    )
    found: dict[int, list[Promise]] = defaultdict(list)
    for promise in session.scalars(wanted):
        if promise.interaction_id is not None:
            found[promise.interaction_id].append(promise)
    return found
