"""Reading how sources are. For directors alone: counts and settings, never deals or clients."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.deals.connectors.due import USUAL_MINUTES
from dossiers.deals.connectors.interface import connector_kinds
from dossiers.deals.connectors.problems import said_sentence
from dossiers.deals.kinds import LoadState, SourceKind
from dossiers.deals.models import Deal, DealLoad, DealSource, PullState
from wiki import clock
from wiki.errors import Missing
from wiki.paging import Key, Part, beyond, part_of

PART = 30


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source and how far asking it is."""

    source: DealSource
    state: PullState
    deals: int
    gone: int

    @property
    def id(self) -> int:
        """Its number."""
        return self.source.id

    @property
    def name(self) -> str:
        """As the director calls it."""
        return self.source.name

    @property
    def kind_name(self) -> str:
        """The program."""
        return connector_kinds()[self.source.kind].name

    @property
    def settings(self) -> Mapping[str, Any]:
        """What is shown of it: all but the key."""
        return self.source.settings

    @property
    def minutes(self) -> int:
        """How often it is asked."""
        return int(self.source.settings.get("minutes", USUAL_MINUTES))

    @property
    def condition(self) -> str:
        """The code of how it stands."""
        if self.source.paused:
            return "paused"
        if self.state.failures:
            return "failing"
        if self.doubt:
            return "doubtful"
        if "open" in self.state.cursor:
            return "reading"
        return "well" if self.state.succeeded_at else "new"

    @property
    def error(self) -> str:
        """Why it could not be asked, in the reader's language."""
        return said_sentence(self.state.error)

    @property
    def doubt(self) -> str:
        """Why missing deals are not marked as deleted."""
        return said_sentence(self.state.cursor.get("doubt", ""))

    @property
    def silent_hours(self) -> int:
        """Whole hours since everything was read last."""
        last = self.state.succeeded_at or self.source.created_at
        return int((clock.now() - last).total_seconds() // 3600)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit that brought something, or failed."""

    id: int
    at: datetime
    ended_at: datetime | None
    state: LoadState
    counts: Mapping[str, int]
    error: str
    unreadable: Sequence[tuple[str, str]]
    unreadable_count: int


def source_lines(session: Session) -> list[SourceLine]:
    """All sources that are asked, by name, in two statements. The caller checks the role."""
    wanted = select(DealSource, PullState).join(PullState, PullState.source_id == DealSource.id)
    rows = session.execute(wanted.where(DealSource.kind.in_(connector_kinds()))).all()
    counts = _deals(session, [source.id for source, _state in rows])
    lines = [SourceLine(source, state, *counts.get(source.id, (0, 0))) for source, state in rows]
    return sorted(lines, key=lambda line: (line.name.casefold(), line.id))


def source_line(session: Session, source_id: int) -> SourceLine:
    """One of them. Raises `Missing`. The caller checks the role."""
    source, state = session.get(DealSource, source_id), session.get(PullState, source_id)
    if source is None or state is None or source.kind not in connector_kinds():
        raise Missing()
    return SourceLine(source, state, *_deals(session, [source_id]).get(source_id, (0, 0)))


def source_named(session: Session, name: str) -> int:
    """The number of a source that is asked, by its name or number. Raises `Missing`."""
    known = select(DealSource.id).where(DealSource.kind.in_(connector_kinds()))
    found = session.scalar(known.where(DealSource.name == name))
    if found is None and name.isdecimal() and len(name) < 10:
        found = session.scalar(known.where(DealSource.id == int(name)))
    if found is None:
        raise Missing("There is no source %(name)s. `deals sources` lists them.", name=name)
    return found


def other_sources(session: Session) -> list[tuple[str, SourceKind, int]]:
    """Sources that send by themselves or come as files: name, kind, number of deals."""
    wanted = (
        select(DealSource.name, DealSource.kind, func.count(Deal.id))
        .outerjoin(Deal, Deal.source_id == DealSource.id)
        .where(DealSource.kind.not_in(connector_kinds()))
        .group_by(DealSource.id)
        .order_by(DealSource.name)
    )
    return [(name, kind, number) for name, kind, number in session.execute(wanted)]


def visits_of(session: Session, source_id: int, before: Key | None) -> Part[Visit]:
    """Visits to a source, the newest first."""
    wanted = select(DealLoad).where(DealLoad.source_id == source_id)
    if before is not None:
        wanted = wanted.where(beyond(before, DealLoad.created_at, DealLoad.id))
    wanted = wanted.order_by(DealLoad.created_at.desc(), DealLoad.id.desc()).limit(PART + 1)
    part = part_of(session.scalars(wanted).all(), PART, lambda row: Key(row.created_at, row.id))
    return Part([_visit(row) for row in part.rows], part.next_key)


def _visit(row: DealLoad) -> Visit:
    report = row.report
    return Visit(
        row.id,
        row.created_at,
        row.ended_at,
        row.state,
        {n: report.get(n, 0) for n in ("created", "changed", "same", "gone", "back")},
        said_sentence(report.get("error", "")),
        [(ident, said_sentence(why)) for ident, why in report.get("unreadable", [])],
        report.get("unreadable_count", 0),
    )


def _deals(session: Session, idents: Sequence[int]) -> Mapping[int, tuple[int, int]]:
    wanted = (
        select(Deal.source_id, func.count(), func.count(Deal.gone_at))
        .where(Deal.source_id.in_(idents))
        .group_by(Deal.source_id)
    )
    return {source: (number, gone) for source, number, gone in session.execute(wanted)}
