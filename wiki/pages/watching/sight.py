"""`Actor.audiences` as an SQL condition, for statements about many people at once."""

from sqlalchemy import ColumnElement, SQLColumnExpression, String, and_, cast, literal, or_

from wiki.accounts.actor import DIRECTORS, EVERYONE, Role
from wiki.accounts.models import User


def sees(audience: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Whether the person of the `users` row may see things of that audience."""
    team = literal("team:", String) + cast(User.team_id, String)
    restricted = literal("restricted:", String) + cast(User.team_id, String)
    director = User.role.in_([Role.DIRECTOR, Role.ADMIN])
    return or_(
        audience == EVERYONE,
        and_(User.team_id.is_not(None), or_(audience == team, audience == restricted)),
        and_(or_(audience == DIRECTORS, audience.startswith("restricted:")), director),
    )
