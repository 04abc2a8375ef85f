"""What people said about pages as documents; withdrawn words and archived pages are out."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from search.documents import Document, Source
from search.languages import language_of
from wiki.accounts.models import User
from wiki.locale import _l
from wiki.pages.comments.models import Comment
from wiki.pages.models import Page

_FINDABLE = (Comment.withdrawn_at.is_(None), Page.archived.is_(False))
_LONGEST_TITLE = 80

_Row = Row[Comment, str, str, str]


def load_comments(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these comments, in one statement."""
    wanted = (
        select(Comment, Page.title, Page.audience, User.name)
        .join(Page, Page.id == Comment.page_id)
        .join(User, User.id == Comment.author_id)
        .where(*_FINDABLE, Comment.id.in_(idents))
    )
    return [_document(row) for row in session.execute(wanted)]


def comment_idents(session: Session) -> Iterable[int]:
    """The numbers of all comments that can be found."""
    found = select(Comment.id).join(Page, Page.id == Comment.page_id)
    return session.scalars(found.where(*_FINDABLE).order_by(Comment.id))


def _document(row: _Row) -> Document:
    comment, page, audience, author = row
    return Document(
        kind="comment",
        ident=comment.id,
        title=beginning_of(comment.body),
        body=comment.body,
        url=f"/pages/{comment.page_id}/comments#comment-{comment.id}",
        audience=audience,
        language=language_of(comment.body),
        changed_at=comment.at,
        authors=(author,),
        container=page,
    )


def beginning_of(text: str) -> str:
    """The first words of a comment, which has no title of its own."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_TITLE:
        return line
    words = line[: _LONGEST_TITLE - 1].rpartition(" ")[0] or line[: _LONGEST_TITLE - 1]
    return f"{words}…"


_SIGHT = (
    select(Comment.id.label("ident"), Page.audience.label("audience"))
    .join(Page, Page.id == Comment.page_id)
    .where(*_FINDABLE)
)
COMMENTS = Source("comment", _l("Comments"), load_comments, comment_idents, _l("Comment"), _SIGHT)
