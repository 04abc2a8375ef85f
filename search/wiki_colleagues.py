"""Colleagues as documents: found by name, team, role and mail address, while they may sign in.

The address is searched and not shown: who knows it finds its owner.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import Row, literal, select
from sqlalchemy.orm import Session

from search.documents import Document, Source
from wiki.accounts.actor import EVERYONE, Role
from wiki.accounts.forms import ROLE_NAMES
from wiki.accounts.models import Team, User
from wiki.locale import _l

#: Words for the index, which knows both languages at once; what is shown is in `ROLE_NAMES`.
_ROLE_WORDS = {
    Role.NEWCOMER: "новичок newcomer",
    Role.MANAGER: "менеджер manager",
    Role.DIRECTOR: "директор director",
    Role.ADMIN: "администратор administrator",
}

_Row = Row[User, str]


def load_colleagues(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these colleagues, in one statement."""
    wanted = select(User, Team.name).outerjoin(Team, Team.id == User.team_id)
    present = wanted.where(User.deactivated_at.is_(None), User.id.in_(idents))
    return [_document(row) for row in session.execute(present)]


def colleague_idents(session: Session) -> Iterable[int]:
    """The numbers of all colleagues who can be found."""
    present = select(User.id).where(User.deactivated_at.is_(None))
    return session.scalars(present.order_by(User.id))


def _document(row: _Row) -> Document:
    user, team = row
    return Document(
        kind="colleague",
        ident=user.id,
        title=user.name,
        body=team or "",
        url=f"/changes?person={user.id}",
        audience=EVERYONE,
        language="",
        changed_at=user.created_at,
        names=(user.email,),
        facts=tuple(_ROLE_WORDS[user.role].split()),
        place=str(ROLE_NAMES[user.role]),
    )


_SIGHT = select(User.id.label("ident"), literal(EVERYONE).label("audience")).where(
    User.deactivated_at.is_(None)
)
COLLEAGUES = Source(
    "colleague", _l("Colleagues"), load_colleagues, colleague_idents, _l("Colleague"), _SIGHT
)
