"""Reading accounts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import DIRECTING, Actor, Role
from wiki.accounts.models import ApiToken, Invitation, Team, User
from wiki.accounts.rules import Permission, require
from wiki.errors import Missing
from wiki.history.models import HistoryEntry
from wiki.history.queries import entries
from wiki.paging import Key, Part

# Asked with every request, so on the plain table: without the ORM it takes half the time.
_user = User.__table__.c
_ACTOR = select(
    _user.id,
    _user.name,
    _user.email,
    _user.role,
    _user.team_id,
    _user.language,
    _user.time_zone,
    _user.session_epoch,
    _user.unread_notices,
    _user.unread_finds,
).where(_user.id == bindparam("user_id"), _user.deactivated_at.is_(None))

_TEAMS = select(Team.__table__.c.id)


def actor_of(session: Session, user_id: int) -> Actor | None:
    """The person with that number as an actor; `None` when unknown or deactivated."""
    found = session.connection().execute(_ACTOR, {"user_id": user_id})
    row: Sequence[Any] | None = found.first()
    if row is None:
        return None
    return replace(Actor(*row), teams=_teams_seen(session, row[3], row[4]))


def _teams_seen(session: Session, role: Role, team_id: int | None) -> tuple[int, ...]:
    """Directors see what is restricted to any team; only for them it costs a statement."""
    if role in DIRECTING:
        return tuple(session.connection().execute(_TEAMS).scalars())
    return (team_id,) if team_id is not None else ()


def names_of(session: Session, idents: Iterable[int | None]) -> Mapping[int, str]:
    """Number → name, of active and deactivated people alike, in one statement."""
    wanted = {ident for ident in idents if ident is not None}
    if not wanted:
        return {}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(wanted)))
    return {row.id: row.name for row in rows}


@dataclass(frozen=True)
class Colleague:
    """A person as others see them in a list."""

    id: int
    name: str
    email: str
    role: Role
    team_id: int | None
    team: str | None
    created_at: datetime
    deactivated_at: datetime | None


def people_visible_to(actor: Actor, session: Session) -> Sequence[Colleague]:
    """All accounts, active ones first, by name; for those who manage them."""
    require(actor, Permission.MANAGE_STAFF)
    return everybody(session)


def everybody(session: Session) -> Sequence[Colleague]:
    """All accounts, for the command line."""
    people = [Colleague(*row) for row in session.execute(_people())]
    return sorted(people, key=lambda one: (one.deactivated_at is not None, one.name.casefold()))


def person_visible_to(actor: Actor, session: Session, user_id: int) -> Colleague:
    """One account, for those who manage them; raises `Missing`."""
    require(actor, Permission.MANAGE_STAFF)
    row = session.execute(_people().where(User.id == user_id)).first() if user_id < 2**31 else None
    if row is None:
        raise Missing
    return Colleague(*row)


def active_people(session: Session) -> Sequence[tuple[int, str]]:
    """Number and name of everybody who can sign in, by name; for choices such as an owner."""
    rows = session.execute(select(User.id, User.name).where(User.deactivated_at.is_(None)))
    return sorted(((row.id, row.name) for row in rows), key=lambda row: row[1].casefold())


def people_of_history(session: Session) -> Sequence[tuple[int, str]]:
    """Number and name of everybody who ever had an account, by name."""
    rows = session.execute(select(User.id, User.name))
    return sorted(((row.id, row.name) for row in rows), key=lambda row: row[1].casefold())


def profile_of(session: Session, actor: Actor) -> User:
    """The person's own account."""
    return session.get_one(User, actor.id)


@dataclass(frozen=True)
class TeamRow:
    """A team and how many active people belong to it."""

    id: int
    name: str
    archived_at: datetime | None
    people: int


def teams_visible_to(actor: Actor, session: Session) -> Sequence[TeamRow]:
    """All teams, archived ones last; for those who manage them."""
    require(actor, Permission.MANAGE_STAFF)
    belongs = (User.team_id == Team.id) & User.deactivated_at.is_(None)
    rows = session.execute(
        select(Team.id, Team.name, Team.archived_at, func.count(User.id))
        .outerjoin(User, belongs)
        .group_by(Team.id, Team.name, Team.archived_at)
    )
    teams = [TeamRow(*row) for row in rows]
    return sorted(teams, key=lambda team: (team.archived_at is not None, team.name.casefold()))


def open_teams(session: Session) -> Sequence[tuple[int, str]]:
    """Number and name of the teams that are not archived, by name."""
    rows = session.execute(select(Team.id, Team.name).where(Team.archived_at.is_(None)))
    return sorted(((row.id, row.name) for row in rows), key=lambda row: row[1].casefold())


def team_names(session: Session) -> Mapping[int, str]:
    """Number → name of all teams, archived ones too."""
    return {row.id: row.name for row in session.execute(select(Team.id, Team.name))}


def team_by_name(session: Session, name: str) -> int:
    """The number of the open team with that name; raises `Missing`."""
    for ident, other in open_teams(session):
        if other.casefold() == name.strip().casefold():
            return ident
    raise Missing("There is no team called %(name)s. Nothing was changed.", name=name)


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that waits to be accepted."""

    id: int
    email: str
    role: Role
    team: str | None
    inviter: str | None
    expires_at: datetime


def invitations_visible_to(actor: Actor, session: Session) -> Sequence[OpenInvitation]:
    """Invitations that can still be accepted, newest first; for those who invite."""
    require(actor, Permission.INVITE)
    rows = session.execute(
        select(
            Invitation.id,
            Invitation.email,
            Invitation.role,
            Team.name,
            User.name,
            Invitation.expires_at,
        )
        .outerjoin(Team, Team.id == Invitation.team_id)
        .outerjoin(User, User.id == Invitation.invited_by)
        .where(
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
        .order_by(Invitation.id.desc())
    )
    return [OpenInvitation(*row) for row in rows]


def tokens_of(session: Session, actor: Actor) -> Sequence[ApiToken]:
    """The person's own tokens that still work, newest first."""
    own = (ApiToken.user_id == actor.id, ApiToken.revoked_at.is_(None))
    return session.scalars(select(ApiToken).where(*own).order_by(ApiToken.id.desc())).all()


def history_visible_to(
    actor: Actor, session: Session, person_id: int | None, before: Key | None
) -> Part[HistoryEntry]:
    """Who did what, newest first, of one person or of all; for administrators."""
    require(actor, Permission.MANAGE_USERS)
    return entries(session, person_id, before)


def _people() -> Select[*tuple[Any, ...]]:
    return select(
        User.id,
        User.name,
        User.email,
        User.role,
        User.team_id,
        Team.name,
        User.created_at,
        User.deactivated_at,
    ).outerjoin(Team, Team.id == User.team_id)
