"""The fixed cast: nina, anna, boris, vera and adam in two teams."""

from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor, Role
from wiki.accounts.loading import actor_of
from wiki.accounts.models import Team, User
from wiki.database import Database

CAST = {
    "nina": (Role.NEWCOMER, "North"),
    "anna": (Role.MANAGER, "North"),
    "boris": (Role.MANAGER, "South"),
    "vera": (Role.DIRECTOR, None),
    "adam": (Role.ADMIN, None),
}


def make_cast(database: Database) -> dict[str, Actor]:
    """Write the cast and return it by first name."""
    with database.transaction() as session:
        teams = {name: _team(session, name) for name in ("North", "South")}
        idents = {
            name: _user(session, name, role, teams.get(team or ""))
            for name, (role, team) in CAST.items()
        }
    with database.reading() as session:
        return {name: _known(actor_of(session, ident)) for name, ident in idents.items()}


def _team(session: Session, name: str) -> int:
    team = Team(name=name)
    session.add(team)
    session.flush()
    return team.id


def _user(session: Session, name: str, role: Role, team_id: int | None) -> int:
    email = f"{name}@example.com"
    user = User(
        email=email,
        email_folded=email,
        name=name.title(),
        role=role,
        team_id=team_id,
        language="en",
        time_zone="Europe/Moscow",
        created_at=clock.now(),
    )
    session.add(user)
    session.flush()
    return user.id


def _known(actor: Actor | None) -> Actor:
    assert actor is not None
    return actor
