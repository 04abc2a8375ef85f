"""Which colleagues can look after a promise: those who may change the dossier it stands in."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from wiki.accounts.actor import DIRECTING, Role
from wiki.accounts.models import User
from wiki.errors import Refusal


def holders_of(session: Session, client: Client) -> list[tuple[int, str]]:
    """Number and name of those who can, the client's own team first, then by name."""
    able = or_(
        User.role.in_(DIRECTING),
        (User.role == Role.MANAGER) & (User.team_id == client.team_id),
    )
    wanted = select(User.id, User.name, User.team_id).where(User.deactivated_at.is_(None), able)
    rows = session.execute(wanted).all()
    ordered = sorted(rows, key=lambda row: (row[2] != client.team_id, row[1].casefold()))
    return [(ident, name) for ident, name, _team in ordered]


def holder_named(session: Session, client: Client, user_id: int) -> str:
    """The name of the colleague. Raises `Refusal` unless they can look after the promise."""
    name = dict(holders_of(session, client)).get(user_id)
    if name is None:
        raise Refusal(
            "This colleague cannot work in the dossier, so they could not keep the promise. "
            "Nothing was changed. Choose one of the list."
        )
    return name
