"""What waits for a decision, and what was decided: lists for those who may edit dossiers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from dossiers.deals.homes import homes_of
from dossiers.deals.matching.kinds import SUBJECTS, Kind, Subject, links_of
from dossiers.deals.matching.moving import Held, held_by
from dossiers.deals.matching.rows import visible_rows
from dossiers.deals.matching.suggesting import Suggestion, suggestions_visible_to
from dossiers.deals.models import Deal, DealCompany, DealSource
from dossiers.deals.queries import visible_deals
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.accounts.queries import names_of
from wiki.money import sum_parts, whole_sum
from wiki.pages.models import Page
from wiki.rendering.titles import fold_title

PAGE = 25


class Sum(NamedTuple):
    """What deals come to in one currency; `None` when none says its amount."""

    currency: str
    amount: Decimal | None


class Newest(NamedTuple):
    """The deal that came last."""

    id: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A company, product or seller of a source with its deals that the actor may see."""

    id: int
    name: str
    source: str
    held: Held
    deals: int
    details: tuple[str, ...] = ()
    sums: Sequence[Sum] = ()
    newest: Newest | None = None
    suggestions: Sequence[Suggestion] = ()
    target_name: str = ""
    target_url: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""

    @property
    def nearer(self) -> list[Suggestion]:
        """Suggestions that may be meant."""
        return [one for one in self.suggestions if not one.is_apart]

    @property
    def apart(self) -> list[Suggestion]:
        """Those that are more likely others."""
        return [one for one in self.suggestions if one.is_apart]

    @property
    def exact(self) -> Suggestion | None:
        """The one suggestion of which a key says that it is meant, if the actor may accept it."""
        return next((one for one in self.nearer if one.is_exact and one.may_decide), None)


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a list."""

    lines: Sequence[Line]
    number: int
    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of each wait; deals without a company may stay so, and are no decision."""

    kinds: Mapping[Kind, int] = field(default_factory=dict)
    deals: int = 0

    @property
    def decisions(self) -> int:
        """How many decisions wait."""
        return sum(self.kinds.values())


def waiting_visible_to(session: Session, actor: Actor) -> Waiting:
    """How many wait of what the actor may see, in one statement."""
    columns = [
        select(func.count())
        .select_from(subject.table)
        .where(subject.waits, visible_rows(actor, kind))
        .scalar_subquery()
        for kind, subject in SUBJECTS.items()
    ]
    deals = select(func.count()).select_from(Deal).where(*without_company()).scalar_subquery()
    *counts, alone = session.execute(select(*columns, deals)).one()
    return Waiting(dict(zip(SUBJECTS, counts, strict=True)), alone)


def without_company() -> tuple[Any, ...]:
    """The condition for deals of which the source names no company, and nobody gave them one."""
    return Deal.company_id.is_(None), Deal.client_id.is_(None)


def queue_visible_to(session: Session, actor: Actor, kind: Kind, number: int = 1) -> Part:
    """What waits, with suggestions; those with most deals first."""
    subject = SUBJECTS[kind]
    part = _part(session, actor, kind, [subject.waits], number)
    found = suggestions_visible_to(session, actor, kind, [row for row, *_rest in part.rows])
    sums, newest = _sums(session, actor, kind, part.rows), _newest(session, part.rows)
    lines = [
        Line(
            row.id, row.name, source, held_by(subject, row), deals, _details(row),
            sums.get(row.id, ()), newest.get(last), found.get(row.id, ()),
            decided_at=row.decided_at,
        )
        for row, source, deals, last in part.rows
    ]  # fmt: skip
    return Part(lines, part.number, part.count, part.total)


def decided_visible_to(
    session: Session, actor: Actor, kind: Kind, number: int = 1, text: str = ""
) -> Part:
    """What is known: as somebody decided, the newest decision first, then by the machine."""
    subject = SUBJECTS[kind]
    conditions = [or_(subject.target.is_not(None), subject.table.is_nobody)]
    part = _part(session, actor, kind, [*conditions, *_called(subject, text)], number, True)
    targets = _targets(session, kind, [getattr(row, subject.column) for row, *_ in part.rows])
    people = names_of(session, [row.decided_by for row, *_ in part.rows])
    lines = [
        Line(
            row.id, row.name, source, held_by(subject, row), deals, _details(row),
            target_name=targets.get(getattr(row, subject.column), ("", ""))[0],
            target_url=targets.get(getattr(row, subject.column), ("", ""))[1],
            decided_at=row.decided_at, decided_by=people.get(row.decided_by or 0, ""),
        )
        for row, source, deals, _last in part.rows
    ]  # fmt: skip
    return Part(lines, part.number, part.count, part.total)


@dataclass(frozen=True, slots=True)
class _Rows:
    rows: Sequence[Any]
    number: int
    count: int
    total: int


def _part(
    session: Session, actor: Actor, kind: Kind, conditions: Sequence[Any], number: int,
    decided: bool = False,
) -> _Rows:  # fmt: skip
    table = SUBJECTS[kind].table
    seen = (visible_rows(actor, kind), *conditions)
    counted = _counted(actor, kind, select(table.id).where(*seen)).subquery()
    deals = func.coalesce(counted.c.deals, 0)
    wanted = (
        select(table, DealSource.name, deals, counted.c.newest)
        .join(DealSource, DealSource.id == table.source_id)
        .outerjoin(counted, counted.c.ident == table.id)
        .where(*seen)
    )
    total = session.scalar(select(func.count()).select_from(table).where(*seen)) or 0
    count = max(1, -(-total // PAGE))
    number = min(max(1, number), count)
    first = (table.decided_at.desc().nulls_last(),) if decided else ()
    ordered = wanted.order_by(*first, deals.desc(), table.name, table.id)
    rows = session.execute(ordered.limit(PAGE).offset((number - 1) * PAGE)).all()
    return _Rows(rows, number, count, total)


def _counted(actor: Actor, kind: Kind, idents: Select[int]) -> Select[*tuple[Any, ...]]:
    """How many visible deals name each of these rows, and which came last."""
    links = links_of(kind, idents).subquery()
    return (
        select(links.c.ident, func.count().label("deals"), func.max(Deal.id).label("newest"))
        .join(Deal, Deal.id == links.c.deal_id)
        .where(visible_deals(actor))
        .group_by(links.c.ident)
    )


def _sums(
    session: Session, actor: Actor, kind: Kind, rows: Sequence[Any]
) -> Mapping[int, Sequence[Sum]]:
    links = links_of(kind, [row.id for row, *_rest in rows]).subquery()
    wanted = (
        select(links.c.ident, Deal.currency, *sum_parts(Deal.amount))
        .join(Deal, Deal.id == links.c.deal_id)
        .where(visible_deals(actor))
        .group_by(links.c.ident, Deal.currency)
        .order_by(Deal.currency)
    )
    found: dict[int, list[Sum]] = {}
    for ident, currency, high, low in session.execute(wanted):
        if (amount := whole_sum(high, low)) is not None:
            found.setdefault(ident, []).append(Sum(currency, amount))
    return found


def _newest(session: Session, rows: Sequence[Any]) -> Mapping[int | None, Newest]:
    idents = [last for *_row, last in rows if last]
    wanted = select(Deal.id, Deal.title, Deal.external_id, Deal.first_seen_at)
    return {
        ident: Newest(ident, title or external, at)
        for ident, title, external, at in session.execute(wanted.where(Deal.id.in_(idents)))
    }


def _details(row: Any) -> tuple[str, ...]:
    """What else the source says of it."""
    names = ("tax_number", "domain", "email", "office", "manager")
    return tuple(filter(None, (getattr(row, name, "") for name in names)))


def _called(subject: Subject, text: str) -> list[Any]:
    folded = fold_title(text)[:200]
    if not folded:
        return []
    if subject.kind is Kind.COMPANY:
        return [DealCompany.name_folded.contains(folded, autoescape=True)]
    # No database folds all letters alike.
    ways = dict.fromkeys((text, text.lower(), text.upper(), text.capitalize()))
    return [or_(*(subject.table.name.contains(way, autoescape=True) for way in ways))]


def _targets(
    session: Session, kind: Kind, idents: Sequence[int | None]
) -> Mapping[int | None, tuple[str, str]]:
    """Names and addresses; the rows were checked for sight before."""
    if kind is Kind.COMPANY:
        homes = homes_of(session, idents)
        return {ident: (home.name, f"{home.url}/deals") for ident, home in homes.items()}
    table, name = (Page, Page.title) if kind is Kind.PRODUCT else (User, User.name)
    wanted = select(table.id, name).where(table.id.in_([i for i in idents if i]))
    base = "/pages/" if kind is Kind.PRODUCT else ""
    return {ident: (text, base and f"{base}{ident}") for ident, text in session.execute(wanted)}
