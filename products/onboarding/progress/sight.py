"""Whose progress somebody may see, and which pages count for whom."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.models import Enrolment, ReadingPath
from products.onboarding.paths.queries import Enrolled
from wiki.accounts.actor import DIRECTING, Actor, Role
from wiki.accounts.models import Team
from wiki.accounts.rules import Permission, may


def sees_everybody(actor: Actor) -> bool:
    """Whether the actor sees how far everybody is; others see only their own learners."""
    return may(actor, Permission.EDIT_READING_PATHS)


def sees_others(session: Session, actor: Actor) -> bool:
    """Whether the actor sees how far anybody else is; at most one statement."""
    if sees_everybody(actor):
        return True
    mine = select(Enrolment.id).join(ReadingPath, ReadingPath.id == Enrolment.path_id)
    mine = mine.where(Enrolment.mentor_id == actor.id, ReadingPath.archived.is_(False))
    return session.scalar(mine.limit(1)) is not None


def shown_to(actor: Actor, enrolments: Sequence[Enrolled]) -> list[Enrolled]:
    """Those whose progress the actor may see: of everybody, or of whom they are the mentor."""
    if sees_everybody(actor):
        return list(enrolments)
    return [one for one in enrolments if one.mentor_id == actor.id]


class Audiences:
    """The audiences of learners, by role and team; the teams are read once."""

    def __init__(self, teams: Sequence[int]) -> None:
        self._teams = tuple(teams)
        self.of = cache(self._of)

    def _of(self, role: Role, team_id: int | None) -> frozenset[str]:
        """What somebody of that role and team may see."""
        own = (team_id,) if team_id is not None else ()
        teams = self._teams if role in DIRECTING else own
        return Actor(0, "", "", role, team_id, "", "", teams=teams).audiences


def audiences_in(session: Session) -> Audiences:
    """The audiences of anybody, in one statement."""
    return Audiences(session.scalars(select(Team.id)).all())
