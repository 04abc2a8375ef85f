"""Reading contradictions; nobody sees one unless they may see both pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from products.catalogue.care.models import Contradiction
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.pages.addresses import page_url
from wiki.pages.models import Page

PART = 50
_MOST_OF_PAGE = 10


class Which(StrEnum):
    """Which contradictions are listed."""

    MINE = "mine"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """One of the two places: the page, the words, the number, where it can be mended."""

    page_id: int
    title: str
    language: str
    url: str
    owner: str | None
    is_mine: bool
    where: str
    words: str
    value: str
    heading: str
    fact: str
    unit: str

    @property
    def said(self) -> str:
        """The number, with the unit of its label where it has none of its own."""
        return f"{self.value} ({self.unit})" if self.unit else self.value

    @property
    def edit_url(self) -> str:
        """The form in which the place is mended."""
        return f"/pages/{self.page_id}/edit" + (f"#fact-{self.fact}" if self.fact else "")


@dataclass(frozen=True, slots=True)
class Line:
    """A contradiction with both places, and who said what against it."""

    id: int
    quantity: str
    places: tuple[Place, Place]
    found_at: datetime
    is_none: bool
    word: str
    decided_at: datetime | None
    decided_by: str | None

    def label(self, language: str) -> str:
        """The words before the number, from the page in that language where there is one."""
        here = next((one for one in self.places if one.language == language), self.places[0])
        return here.words.partition(":")[0]


_one, _other = aliased(Page), aliased(Page)
_owner, _other_owner, _decider = aliased(User), aliased(User), aliased(User)


def contradictions_visible_to(
    session: Session, actor: Actor, which: Which, page: int = 1
) -> list[Line]:
    """A part of the list, the newest first; one more than `PART` shows that there is more."""
    statement = (
        _lines(actor.audiences)
        .where(*_of(which, actor))
        .order_by(Contradiction.found_at.desc(), Contradiction.id.desc())
        .limit(PART + 1)
        .offset((page - 1) * PART)
    )
    return [_line(row, actor) for row in session.execute(statement)]


def counts_visible_to(session: Session, actor: Actor) -> dict[Which, int]:
    """How many there are of each sort, in one statement."""
    sorts = [
        func.count(Contradiction.id).filter(*_of(which, actor)).label(which.value)
        for which in Which
    ]
    counted: Any = select(*sorts)
    row = session.execute(_seen(counted, actor.audiences)).one()
    return dict(zip(Which, row, strict=True))


def contradictions_of_page_visible_to(session: Session, actor: Actor, page_id: int) -> list[Line]:
    """What contradicts one page, in one statement; at most ten."""
    values = {"page": page_id, "audiences": sorted(actor.audiences)}
    return [_line(row, actor) for row in session.execute(_OF_PAGE, values)]


def contradiction_visible_to(session: Session, actor: Actor, contradiction_id: int) -> Line:
    """One contradiction that is still there. Raises `Missing`."""
    statement = _lines(actor.audiences).where(Contradiction.id == contradiction_id)
    row = session.execute(statement).first()
    if row is None:
        raise Missing()
    return _line(row, actor)


def seen_contradiction(
    session: Session, actor: Actor, contradiction_id: int, lock: bool = False
) -> Contradiction:
    """The row of one that the actor may see. Raises `Missing`."""
    statement = _seen(select(Contradiction), actor.audiences).where(
        Contradiction.id == contradiction_id
    )
    if lock:
        statement = statement.with_for_update(of=Contradiction)
    row: Contradiction | None = session.scalar(statement)
    if row is None:
        raise Missing()
    return row


def _seen(statement: Select[Any], audiences: Any) -> Select[Any]:
    """Only those whose both pages live and may be seen, and that nobody has mended."""
    return (
        statement.select_from(Contradiction)
        .join(_one, _one.id == Contradiction.page_id)
        .join(_other, _other.id == Contradiction.other_id)
        .where(
            Contradiction.gone_at.is_(None),
            _one.audience.in_(audiences),
            _other.audience.in_(audiences),
            _one.archived.is_(False),
            _other.archived.is_(False),
        )
    )


def _lines(audiences: Any) -> Select[Any]:
    columns = (
        Contradiction,
        _one.title, _one.language, _one.slug, _one.owner_id, _owner.name,
        _other.title, _other.language, _other.slug, _other.owner_id, _other_owner.name,
        _decider.name,
    )  # fmt: skip
    chosen: Any = select(*columns)
    return (
        _seen(chosen, audiences)
        .outerjoin(_owner, _owner.id == _one.owner_id)
        .outerjoin(_other_owner, _other_owner.id == _other.owner_id)
        .outerjoin(_decider, _decider.id == Contradiction.decided_by)
    )


# Asked at every look at a page: put together once, for that takes longer than to run it.
_OF_PAGE = (
    _lines(bindparam("audiences", expanding=True))
    .where(
        or_(
            Contradiction.page_id == bindparam("page"), Contradiction.other_id == bindparam("page")
        ),
        Contradiction.is_none.is_(False),
    )
    .order_by(Contradiction.id)
    .limit(_MOST_OF_PAGE)
)


def _of(which: Which, actor: Actor) -> Sequence[ColumnElement[bool]]:
    none = Contradiction.is_none.is_(which is Which.NONE)
    if which is Which.MINE:
        return none, or_(_one.owner_id == actor.id, _other.owner_id == actor.id)
    return (none,)


def _line(row: Any, actor: Actor) -> Line:
    found: Contradiction = row[0]
    first = _place(found.page_id, row[1:6], found.places[0], actor)
    second = _place(found.other_id, row[6:11], found.places[1], actor)
    return Line(
        found.id, found.quantity, (first, second), found.found_at, found.is_none, found.word,
        found.decided_at, row[11],
    )  # fmt: skip


def _place(page_id: int, page: Sequence[Any], said: dict[str, Any], actor: Actor) -> Place:
    title, language, slug, owner_id, owner = page
    fact = str(said.get("fact", ""))
    url = page_url(page_id, slug) + (f"#fact-{fact}" if fact else "")
    return Place(
        page_id, title, language, url, owner, owner_id == actor.id, str(said["where"]),
        str(said["words"]), str(said["value"]), str(said["heading"]), fact,
        str(said.get("unit", "")),
    )  # fmt: skip
