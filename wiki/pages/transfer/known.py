"""What the wiki already has of an import: pages by where they came from, titles, people."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.accounts.models import Team, User
from wiki.pages.models import Page, Revision

_KEY = re.compile(r"wiki:(\d{8}T\d{12})-(\d{1,9})")
_T = TypeVar("_T")


class Known(NamedTuple):
    """A page that is here already; `kind` is that of its current revision."""

    id: int
    audience: str
    language: str
    title: str
    slug: str
    number: int
    kind: str
    category_id: int | None
    archived: bool
    twin_group: int | None
    text_hash: str | None
    by_key: bool = False


_COLUMNS = (
    Page.id,
    Page.audience,
    Page.language,
    Page.title,
    Page.slug,
    Page.current_number,
    Revision.kind,
    Page.category_id,
    Page.archived,
    Page.twin_group,
    Page.source_text_hash,
)


def key_of(page_id: int, created_at: datetime) -> str:
    """By what an exported page that came from nowhere is known in this instance again."""
    return f"wiki:{created_at.astimezone(UTC):%Y%m%dT%H%M%S%f}-{page_id}"


def known_visible_to(session: Session, actor: Actor, sources: Iterable[str]) -> dict[str, Known]:
    """The pages that came from these sources, or were exported under these keys."""
    found: dict[str, Known] = {}
    for part in chunks(list(sources), 500):
        statement = (
            select(Page.source_path, *_COLUMNS)
            .join(Revision, Revision.id == Page.current_revision_id)
            .where(Page.source_path.in_(part), Page.audience.in_(actor.audiences))
            .order_by(Page.archived.desc(), Page.id.desc())
        )
        found |= {str(row[0]): _known(row[1:]) for row in session.execute(statement)}
        found |= _by_key(session, actor, _keys(part))
    return found


def _keys(sources: Sequence[str]) -> dict[int, str]:
    found = ((_KEY.fullmatch(source), source) for source in sources)
    return {int(key.group(2)): source for key, source in found if key}


def _by_key(session: Session, actor: Actor, keys: dict[int, str]) -> dict[str, Known]:
    if not keys:
        return {}
    statement = (
        select(Page.created_at, *_COLUMNS)
        .join(Revision, Revision.id == Page.current_revision_id)
        .where(Page.id.in_(keys), Page.audience.in_(actor.audiences))
    )
    rows = [(row[0], _known(row[1:], by_key=True)) for row in session.execute(statement)]
    return {keys[p.id]: p for created, p in rows if key_of(p.id, created) == keys[p.id]}


def _known(values: Sequence[Any], by_key: bool = False) -> Known:
    return Known(*values)._replace(by_key=by_key)


def taken_titles(session: Session, actor: Actor, except_ids: set[int]) -> set[tuple[str, str, str]]:
    """(audience, language, folded title) of all living pages the person may see but those."""
    statement = select(Page.id, Page.audience, Page.language, Page.title_folded)
    seen = (Page.archived.is_(False), Page.audience.in_(actor.audiences))
    rows = session.execute(statement.where(*seen))
    return {(row[1], row[2], row[3]) for row in rows if row[0] not in except_ids}


def people_by_mail(session: Session, addresses: Iterable[str]) -> dict[str, int]:
    """The ids of the people with these addresses, by address in small letters."""
    found: dict[str, int] = {}
    for part in chunks({address.strip().casefold() for address in addresses}, 500):
        rows = session.execute(
            select(User.email_folded, User.id).where(User.email_folded.in_(part))
        )
        found |= dict(rows.all())
    return found


def teams_by_name(session: Session) -> dict[str, int]:
    """The ids of all teams by name."""
    return dict(session.execute(select(Team.name, Team.id)).all())


def chunks(items: Iterable[_T], size: int) -> Iterator[Sequence[_T]]:
    """The items in lists of at most `size`."""
    waiting = iter(items)
    while part := list(islice(waiting, size)):
        yield part
