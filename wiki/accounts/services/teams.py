"""Teams: making, renaming, archiving."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts import wording
from wiki.accounts.actor import Actor
from wiki.accounts.models import Team, User
from wiki.accounts.rules import Permission, require
from wiki.accounts.services.lookup import existing
from wiki.errors import Refusal
from wiki.history.services import record
from wiki.outbox import changed_many


def create_team(session: Session, actor: Actor | None, name: str) -> Team:
    """Make a team; refuses a name that another one has, in any case of its letters."""
    _require(actor)
    team = Team(name=_free_name(session, name, None))
    session.add(team)
    session.flush()
    record(session, actor, "create", "team", team.id, after={"name": team.name})
    return team


def rename_team(session: Session, actor: Actor | None, team_id: int, name: str) -> Team:
    """Give the team another name; everything of the team stays with it."""
    _require(actor)
    team = existing(session, Team, team_id)
    before = team.name
    team.name = _free_name(session, name, team.id)
    if team.name != before:
        after = {"name": team.name}
        record(session, actor, "rename", "team", team.id, {"name": before}, after)
        members = select(User.id).where(User.team_id == team.id)
        changed_many(session, "colleague", session.scalars(members))
    return team


def archive_team(session: Session, actor: Actor | None, team_id: int) -> Team:
    """Take the team out of all choices; its people and its things keep it until changed."""
    _require(actor)
    team = existing(session, Team, team_id)
    if team.archived_at is None:
        team.archived_at = clock.now()
        record(session, actor, "archive", "team", team.id)
    return team


def restore_team(session: Session, actor: Actor | None, team_id: int) -> Team:
    """Offer an archived team again."""
    _require(actor)
    team = existing(session, Team, team_id)
    if team.archived_at is not None:
        team.archived_at = None
        record(session, actor, "restore", "team", team.id)
    return team


def _require(actor: Actor | None) -> None:
    if actor is not None:
        require(actor, Permission.MANAGE_STAFF)


def _free_name(session: Session, text: str, own_id: int | None) -> str:
    name = wording.check_name(text)
    # SQLite cannot fold Cyrillic letters, and there are only a few teams.
    for ident, other in session.execute(select(Team.id, Team.name)):
        if ident != own_id and other.casefold() == name.casefold():
            raise Refusal(
                "There is already a team called %(name)s. Nothing was changed. "
                "Take another name, or restore that team if it is archived.",
                name=other,
            )
    return name
