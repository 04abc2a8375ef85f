"""Attached files as documents: their names, and what could be read inside of them.

Who may see a file is said by the file itself, not by the pages that show it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, aliased

from search.documents import Document, Label, Source
from search.languages import language_of
from wiki.accounts.actor import EVERYONE
from wiki.accounts.models import User
from wiki.files.models import Attachment, AttachmentVersion
from wiki.files.texts.models import FileText
from wiki.files.texts.wording import sentence_for
from wiki.locale import _l
from wiki.pages.models import Page, PageFile

_Row = Row[Attachment, AttachmentVersion, FileText, str]

_CREATOR = aliased(User)
_CURRENT = (AttachmentVersion.attachment_id == Attachment.id) & (
    AttachmentVersion.number == Attachment.current_number
)
_WANTED = (
    select(Attachment, AttachmentVersion, FileText, _CREATOR.name)
    .join(AttachmentVersion, _CURRENT)
    .outerjoin(FileText, FileText.sha256 == AttachmentVersion.sha256)
    .outerjoin(_CREATOR, _CREATOR.id == Attachment.created_by)
    .where(Attachment.archived_at.is_(None))
)
_BETWEEN_WORDS = re.compile(r"[\W_]+|(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")


def load_files(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these files, in three statements."""
    authors = _authors(session, idents)
    pages = _pages(session, idents)
    rows = session.execute(_WANTED.where(Attachment.id.in_(idents)))
    return [_document(row, authors, pages) for row in rows]


def file_idents(session: Session) -> Iterable[int]:
    """The numbers of all files that can be found."""
    found = select(Attachment.id).where(Attachment.archived_at.is_(None))
    return session.scalars(found.order_by(Attachment.id))


def _authors(session: Session, idents: Sequence[int]) -> Mapping[int, list[str]]:
    wanted = (
        select(AttachmentVersion.attachment_id, User.name)
        .join(User, User.id == AttachmentVersion.author_id)
        .where(AttachmentVersion.attachment_id.in_(idents))
        .order_by(AttachmentVersion.number)
    )
    found: dict[int, list[str]] = {}
    for ident, name in session.execute(wanted):
        found.setdefault(ident, []).append(name)
    return found


def _pages(session: Session, idents: Sequence[int]) -> Mapping[int, str]:
    """A page that shows the file and that all may see who may see the file, the oldest first."""
    wanted = (
        select(PageFile.attachment_id, Page.title)
        .join(Page, Page.id == PageFile.page_id)
        .join(Attachment, Attachment.id == PageFile.attachment_id)
        .where(
            PageFile.attachment_id.in_(idents),
            PageFile.current,
            Page.archived.is_(False),
            (Page.audience == EVERYONE) | (Page.audience == Attachment.audience),
        )
        .order_by(Page.id.desc())
    )
    return {row.attachment_id: row.title for row in session.execute(wanted)}


def _document(
    row: _Row, authors: Mapping[int, Sequence[str]], pages: Mapping[int, str]
) -> Document:
    file, version, found, creator = row
    text = found.text if found else ""
    words = words_of_name(file.name)
    return Document(
        kind="file",
        ident=file.id,
        title=file.name,
        body=text,
        url=f"/files/{file.id}/about",
        audience=file.audience,
        language=language_of(text or words),
        changed_at=version.at,
        owner=Label(file.created_by, creator, creator) if file.created_by and creator else None,
        authors=tuple(dict.fromkeys(authors.get(file.id, ()))),
        names=tuple(dict.fromkeys((PurePosixPath(file.name).stem, words))),
        container=pages.get(file.id, ""),
        notice=sentence_for(found.state, found.reason) if found else "",
    )


def words_of_name(name: str) -> str:
    """The words of a file's name: `price_list.2025-BrandNew.pdf` → `price list 2025 Brand New`."""
    return " ".join(_BETWEEN_WORDS.sub(" ", PurePosixPath(name).stem).split())


_SIGHT = select(Attachment.id.label("ident"), Attachment.audience.label("audience")).where(
    Attachment.archived_at.is_(None)
)
FILES = Source("file", _l("Files"), load_files, file_idents, _l("File"), _SIGHT)
