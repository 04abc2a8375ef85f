"""Writing paths: a new one, a new version, restoring, naming, archiving.

Every deed locks the path's row, so that nobody else writes to it meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import token_hex

from sqlalchemy.orm import Session

from products.onboarding.kinds import ItemKind
from products.onboarding.models import ReadingPath, ReadingPathVersion
from products.onboarding.paths.heads import (
    LONGEST_WHY,
    Head,
    checked_head,
    checked_line,
    joined_head,
)
from products.onboarding.paths.merge import Disputed, merge
from products.onboarding.paths.pages import check_may_be_read, pages_visible_to
from products.onboarding.paths.rules import Item, Items, check_items, page_ids_of
from products.onboarding.paths.stored import as_rows
from products.onboarding.paths.versions import Version, path_numbered, version_numbered
from products.onboarding.paths.wording import names_of_items
from wiki import clock
from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import Team
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Refusal
from wiki.history.services import record

KIND = "reading path"
"""What the history calls it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody saves, the number of the version that they had before them, and why."""

    items: Items
    base: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A path and its newest version; `merged`: somebody else had saved meanwhile."""

    path_id: int
    number: int
    merged: bool = False


class PathClash(Clash):
    """Two people changed the same; `items` is both joined, with ours where they differ."""

    def __init__(self, items: Items, theirs: Version, disputed: Sequence[Disputed]) -> None:
        super().__init__(
            "%(name)s has saved version %(number)d since you opened this path and changed the "
            "same as you. Nothing was saved yet. Everything that you typed stands below, joined "
            "with the other changes: look at the marked places and save again.",
            name=theirs.saved_by or "?",
            number=theirs.number,
        )
        self.items, self.theirs, self.disputed = items, theirs, tuple(disputed)


def new_code() -> str:
    """A code for a new item: drawn by lot, so that two people at once do not give the same."""
    return token_hex(4)


def create_path(
    session: Session, actor: Actor, head: Head, items: Sequence[Item] = (), why: str = ""
) -> Saved:
    """A new path with its first version. Raises `Forbidden`, and `Refusal` for what is wrong."""
    require(actor, Permission.EDIT_READING_PATHS)
    head = _known_head(session, head)
    path = ReadingPath(**_columns(head), created_at=clock.now(), created_by=actor.id)
    session.add(path)
    session.flush()
    _check(session, actor, items, frozenset())
    number = _add_version(session, actor, path, tuple(items), why)
    record(session, actor, "create", KIND, path.id, None, _columns(head))
    return Saved(path.id, number)


def save_items(session: Session, actor: Actor, path_id: int, draft: Draft) -> Saved:
    """A new version; what somebody else saved meanwhile is joined with it.

    What is the same as the newest version already, as from a form sent twice, makes no version.
    Raises `PathClash` when both changed the same, `Missing`, `Forbidden`, and `Refusal` for items
    that nobody could walk.
    """
    require(actor, Permission.EDIT_READING_PATHS)
    path = path_numbered(session, path_id, locked=True)
    base = version_numbered(session, path_id, draft.base)
    newest = base if draft.base == path.newest else version_numbered(session, path_id, path.newest)
    items = _joined(base, draft.items, newest)
    merged = newest.number != base.number
    if items == newest.items:
        return Saved(path_id, newest.number, merged)
    _check(session, actor, items, page_ids_of((*base.items, *newest.items)))
    number = _add_version(session, actor, path, items, draft.why)
    after = {"number": number, "why": draft.why}
    record(session, actor, "edit", KIND, path_id, {"number": newest.number}, after)
    return Saved(path_id, number, merged)


def _joined(base: Version, items: Items, newest: Version) -> Items:
    if newest.number == base.number:
        return items
    if items == newest.items:
        return items
    joined = merge(base.items, items, newest.items)
    if joined.disputed:
        raise PathClash(joined.items, newest, joined.disputed)
    return joined.items


def restore_version(session: Session, actor: Actor, path_id: int, number: int) -> Saved:
    """Make an earlier version the newest again; nothing in between is lost."""
    require(actor, Permission.EDIT_READING_PATHS)
    path = path_numbered(session, path_id, locked=True)
    old = version_numbered(session, path_id, number)
    newest = version_numbered(session, path_id, path.newest)
    if old.items == newest.items:
        return Saved(path_id, newest.number)
    made = _add_version(session, actor, path, old.items, "")
    before = {"number": newest.number}
    record(session, actor, "restore", KIND, path_id, before, {"number": made, "restored": number})
    return Saved(path_id, made)


def put_page(session: Session, actor: Actor, path_id: int, code: str, page_id: int) -> Saved:
    """The page that was written takes the place that was kept for it. Raises `Refusal`."""
    require(actor, Permission.EDIT_READING_PATHS)
    path = path_numbered(session, path_id, locked=True)
    newest = version_numbered(session, path_id, path.newest)
    if code not in {item.code for item in newest.items if item.page_id is None}:
        raise Refusal("This place of the path has its page already. Nothing was changed.")
    items = tuple(
        replace(item, kind=ItemKind.PAGE, page_id=page_id, title="") if item.code == code else item
        for item in newest.items
    )
    return save_items(session, actor, path_id, Draft(items, newest.number))


def change_head(
    session: Session, actor: Actor, path_id: int, typed: Head, seen: Head | None = None
) -> None:
    """Another name, purpose, role or team; joined with what was saved since `seen`.

    Raises `Clash` when both changed the same.
    """
    require(actor, Permission.EDIT_READING_PATHS)
    path = path_numbered(session, path_id, locked=True)
    now, typed = head_of(path), _known_head(session, typed)
    head = joined_head(seen or now, typed, now)
    if head == now:
        return
    for name, value in _columns(head).items():
        setattr(path, name, value)
    record(session, actor, "change", KIND, path_id, _columns(now), _columns(head))


def set_archived(session: Session, actor: Actor, path_id: int, archived: bool) -> None:
    """Take the path out of use, or bring it back; versions, people and readings stay."""
    require(actor, Permission.EDIT_READING_PATHS)
    path = path_numbered(session, path_id, locked=True)
    if path.archived is archived:
        return
    path.archived = archived
    action = "archive" if archived else "bring back"
    record(session, actor, action, KIND, path_id, None, {"title": path.title})


def head_of(path: ReadingPath) -> Head:
    """Name, purpose, role and team of a path."""
    role = Role(path.role) if path.role else None
    return Head(path.title, path.purpose, role, path.team_id)


def _columns(head: Head) -> Mapping[str, str | int | None]:
    return {**head._asdict(), "role": head.role.value if head.role else None}


def _known_head(session: Session, head: Head) -> Head:
    if head.team_id is not None and session.get(Team, head.team_id) is None:
        raise Refusal("There is no such team. Nothing was saved.")
    return checked_head(head)


def _check(session: Session, actor: Actor, items: Sequence[Item], known: frozenset[int]) -> None:
    pages = pages_visible_to(session, actor, page_ids_of(items))
    check_items(items, names_of_items(items, pages))
    check_may_be_read(session, actor, page_ids_of(items) - known)


def _add_version(session: Session, actor: Actor, path: ReadingPath, items: Items, why: str) -> int:
    path.newest += 1
    version = ReadingPathVersion(
        path_id=path.id,
        number=path.newest,
        items=as_rows(items),
        why=checked_line(why, LONGEST_WHY),
        saved_at=clock.now(),
        saved_by=actor.id,
    )
    session.add(version)
    session.flush()
    return path.newest
