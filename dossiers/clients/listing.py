"""The list of clients: filtered, sorted, in parts by key, with counts beside the filters."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from dossiers.clients.kinds import Duty, State
from dossiers.clients.models import Assignment, Client, ClientDomain
from dossiers.facts.asking import Moment, at
from dossiers.facts.present import present_day
from wiki.accounts.actor import Actor
from wiki.accounts.models import Team, User
from wiki.pages.content import clean_text
from wiki.paging import Key, Part, beyond, parse_key, part_of
from wiki.rendering.titles import fold_title

PART = 50


@dataclass(frozen=True)
class NameKey:
    """The place of a client in the list that is sorted by name."""

    name_folded: str
    ident: int

    def __str__(self) -> str:
        return f"{self.name_folded}~{self.ident}"


def parse_name_key(text: str | None) -> NameKey | None:
    """The key an address carries; `None` for none and for one that nobody made."""
    name, _mark, ident = (text or "").rpartition("~")
    if not (name and ident.isascii() and ident.isdecimal() and len(ident) < 10):
        return None
    return NameKey(clean_text(name[:300]), int(ident))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which clients to list, and in which order; without a state all but the archived ones."""

    state: State | None = None
    segment: str = ""
    region: str = ""
    team: int | None = None
    manager: int | None = None
    mine: bool = False
    text: str = ""
    newest_first: bool = False


class ClientLine(NamedTuple):
    """One client in the list."""

    id: int
    name: str
    name_folded: str
    state: str
    segment: str
    region: str
    tags: list[str]
    restricted: bool
    changed_at: datetime
    team: str | None
    lead: str | None

    @property
    def url(self) -> str:
        """The address of its dossier."""
        return f"/clients/{self.id}"


def clients_visible_to(
    session: Session, actor: Actor, wanted: Wanted, before: str | None = None, limit: int = PART
) -> Part[ClientLine]:
    """A part of the list, in one statement; `before` is the key of an answer before."""
    statement = _lines().where(*conditions(actor, wanted))
    if wanted.newest_first:
        return _newest(session, statement, before, limit)
    key = NameKey("", 0) if before is None else parse_name_key(before) or NameKey("", 0)
    after = or_(
        Client.name_folded > key.name_folded,
        and_(Client.name_folded == key.name_folded, Client.id > key.ident),
    )
    ordered = statement.where(after).order_by(Client.name_folded, Client.id)
    rows = [ClientLine._make(row) for row in session.execute(ordered.limit(limit + 1))]
    return part_of(rows, limit, lambda line: NameKey(line.name_folded, line.id))


def _newest(
    session: Session, statement: Select[*tuple[Any, ...]], before: str | None, limit: int
) -> Part[ClientLine]:
    key = parse_key(before)
    if key is not None:
        statement = statement.where(beyond(key, Client.changed_at, Client.id))
    ordered = statement.order_by(Client.changed_at.desc(), Client.id.desc())
    rows = [ClientLine._make(row) for row in session.execute(ordered.limit(limit + 1))]
    return part_of(rows, limit, lambda line: Key(line.changed_at, line.id))


def count_visible_to(session: Session, actor: Actor, wanted: Wanted) -> int:
    """How many clients fit."""
    counted = select(func.count()).select_from(Client).where(*conditions(actor, wanted))
    return session.scalar(counted) or 0


def _lines() -> Select[*tuple[Any, ...]]:
    lead = (
        select(func.min(User.name))
        .join(Assignment, Assignment.user_id == User.id)
        .where(Assignment.client_id == Client.id, Assignment.duty == Duty.LEAD)
        .where(at(Assignment, Moment(present_day())))
        .correlate(Client)
        .scalar_subquery()
    )
    return select(
        Client.id,
        Client.name,
        Client.name_folded,
        Client.state,
        Client.segment,
        Client.region,
        Client.tags,
        Client.restricted,
        Client.changed_at,
        Team.name,
        lead,
    ).outerjoin(Team, Team.id == Client.team_id)


def conditions(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    """The conditions of the filters, sight first."""
    found = [
        Client.audience.in_(actor.audiences),
        Client.merged_into_id.is_(None),
        Client.state == wanted.state if wanted.state else Client.state != State.ARCHIVED,
    ]
    for column, value in ((Client.segment, wanted.segment), (Client.region, wanted.region)):
        if value:
            found.append(column == value)
    if wanted.team is not None:
        found.append(Client.team_id == wanted.team)
    if wanted.manager is not None:
        found.append(_looked_after_by(wanted.manager))
    if wanted.mine:
        found.append(_looked_after_by(actor.id))
    return [*found, *_words(wanted.text)]


def _looked_after_by(user_id: int) -> ColumnElement[bool]:
    return exists().where(
        Assignment.client_id == Client.id,
        Assignment.user_id == user_id,
        at(Assignment, Moment(present_day())),
    )


def _words(text: str) -> list[ColumnElement[bool]]:
    """Each word stands in the name, or the whole is a tax number or a domain."""
    folded = fold_title(text)[:200]
    if not folded:
        return []
    named = and_(*(Client.name_folded.contains(w, autoescape=True) for w in folded.split()))
    domain = exists().where(ClientDomain.client_id == Client.id, ClientDomain.domain == folded)
    return [or_(named, Client.tax_number == folded.replace(" ", "").upper(), domain)]


@dataclass(frozen=True)
class Choices:
    """What the filters offer: each value with the number of clients one may see."""

    states: Mapping[str, int] = field(default_factory=dict)
    segments: Mapping[str, int] = field(default_factory=dict)
    regions: Mapping[str, int] = field(default_factory=dict)
    teams: Sequence[tuple[int, str, int]] = ()
    managers: Sequence[tuple[int, str, int]] = ()


def choices_visible_to(session: Session, actor: Actor) -> Choices:
    """The choices of the filters, in two statements; archived clients count as a state alone."""
    columns = (Client.state, Client.segment, Client.region, Client.team_id, Team.name)
    rows = session.execute(
        select(*columns, func.count())
        .outerjoin(Team, Team.id == Client.team_id)
        .where(Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None))
        .group_by(*columns)
    ).all()
    live = [row for row in rows if row.state != State.ARCHIVED]
    teams = Counter[tuple[int, str]]()
    for _state, _segment, _region, team_id, team, count in live:
        if team_id is not None:
            teams[team_id, str(team)] += count
    return Choices(
        _counts(rows, 0),
        _counts(live, 1),
        _counts(live, 2),
        sorted(((*team, count) for team, count in teams.items()), key=_by_name),
        _managers(session, actor),
    )


def _counts(rows: Sequence[Any], place: int) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for row in rows:
        if row[place]:
            found[row[place]] += row[5]
    return dict(sorted(found.items(), key=lambda pair: pair[0].casefold()))


def _by_name(choice: tuple[int, str, int]) -> str:
    return choice[1].casefold()


def _managers(session: Session, actor: Actor) -> list[tuple[int, str, int]]:
    rows = session.execute(
        select(User.id, User.name, func.count())
        .join(Assignment, Assignment.user_id == User.id)
        .join(Client, Client.id == Assignment.client_id)
        .where(at(Assignment, Moment(present_day())), *conditions(actor, Wanted()))
        .group_by(User.id, User.name)
    )
    return sorted(((*row,) for row in rows), key=_by_name)
