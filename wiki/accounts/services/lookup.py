"""Finding the rows that a service is about to change."""

from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import Team, User
from wiki.accounts.wording import fold_email
from wiki.database import Base
from wiki.errors import Missing, Refusal

_Row = TypeVar("_Row", bound=Base)


def existing(session: Session, table: type[_Row], ident: int) -> _Row:
    """The row with that number; raises `Missing`."""
    row = session.get(table, ident) if 0 < ident < 2**31 else None
    if row is None:
        raise Missing
    return row


def own_account(session: Session, actor: Actor) -> User:
    """The row of the person who acts."""
    return existing(session, User, actor.id)


def user_by_email(session: Session, email: str) -> User | None:
    """The person with that address, in any spelling of its letters."""
    return session.scalar(select(User).where(User.email_folded == fold_email(email)))


def check_email_is_free(session: Session, email: str) -> None:
    """Refuse an address that already has an account."""
    if user_by_email(session, email) is not None:
        raise Refusal(
            "There is already an account with the address %(email)s. Nothing was changed. "
            "Look for it in the list of colleagues; it may be deactivated.",
            email=email,
        )


def check_team(session: Session, team_id: int | None) -> int | None:
    """The number of a team that people can belong to, or `None` for no team."""
    if team_id is None:
        return None
    team = session.get(Team, team_id) if 0 < team_id < 2**31 else None
    if team is None or team.archived_at is not None:
        raise Refusal("There is no such team any more. Nothing was changed. Choose another.")
    return team.id


def other_active_admins(session: Session, user_id: int) -> int:
    """How many administrators would remain without that person; locks their rows."""
    admins = select(User.id).where(
        User.role == Role.ADMIN, User.deactivated_at.is_(None), User.id != user_id
    )
    return len(session.scalars(admins.with_for_update()).all())


def is_empty(session: Session) -> bool:
    """Whether the installation has no account at all."""
    return session.scalar(select(func.min(User.id))) is None
