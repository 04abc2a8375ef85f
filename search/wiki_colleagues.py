"""Colleagues as documents: found by name, team and role, while they may sign in.

Not by mail address: only those who manage accounts may see it, and beginnings of words would
betray it letter by letter.
"""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Row, literal, select, union
from sqlalchemy.orm import Session

from search.documents import Document, Key, Source
from wiki.accounts.actor import EVERYONE, Role
from wiki.accounts.forms import ROLE_NAMES
from wiki.accounts.models import Team, User
from wiki.files.models import Attachment, AttachmentVersion
from wiki.locale import _l
from wiki.pages.comments.models import Comment
from wiki.pages.models import Page, Revision

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
        facts=tuple(_ROLE_WORDS[user.role].split()),
        place=str(ROLE_NAMES[user.role]),
    )


def things_of(session: Session, idents: Sequence[int]) -> Iterator[Key]:
    """The pages, comments and files that name these colleagues: as owner or as author."""
    named = {
        "page": (
            select(Page.id).where(Page.owner_id.in_(idents)),
            select(Revision.page_id).where(Revision.author_id.in_(idents)),
        ),
        "comment": (select(Comment.id).where(Comment.author_id.in_(idents)),),
        "file": (
            select(Attachment.id).where(Attachment.created_by.in_(idents)),
            select(AttachmentVersion.attachment_id).where(AttachmentVersion.author_id.in_(idents)),
        ),
    }
    for kind, selects in named.items():
        for ident in session.scalars(union(*selects)):
            yield Key(kind, ident)


_SIGHT = select(User.id.label("ident"), literal(EVERYONE).label("audience")).where(
    User.deactivated_at.is_(None)
)
COLLEAGUES = Source(
    "colleague",
    _l("Colleagues"),
    load_colleagues,
    colleague_idents,
    _l("Colleague"),
    _SIGHT,
    things_of,
)
