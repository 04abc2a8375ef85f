"""Reading the glossary: for searches, and for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from search.glossary.models import GlossaryStamp, SynonymGroup
from search.glossary.rules import Explanations, terms_of_expression
from search.synonyms import Synonyms
from wiki.accounts.models import User
from wiki.history.models import HistoryEntry

KIND = "synonyms"
"""What the history calls a group."""

_kept: dict[str, Synonyms] = {}
_MOST_KEPT = 8


def read_synonyms(session: Session) -> Synonyms:
    """The glossary as searches use it: one small statement, two after a change.

    The stamp is a word that was never used before, so what is kept under it serves any database.
    """
    stamp = session.scalar(select(GlossaryStamp.value))
    if stamp is None:
        return Synonyms()
    synonyms = _kept.get(stamp)
    if synonyms is None:
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        synonyms = _kept[stamp] = _load(session)
    return synonyms


def _load(session: Session) -> Synonyms:
    in_use = select(SynonymGroup.expressions).where(SynonymGroup.archived_at.is_(None))
    groups = session.scalars(in_use.order_by(SynonymGroup.id))
    return Synonyms(tuple(_terms(tuple(group)) for group in groups))


@lru_cache(2_000)
def _terms(expressions: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(terms_of_expression(expression) for expression in expressions)


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it is shown, with who changed it last and when."""

    id: int
    expressions: tuple[str, ...]
    note: str
    explanations: Explanations
    stamp: int
    archived: bool
    changed_by: str | None
    changed_at: datetime | None


def groups(session: Session) -> list[Group]:
    """All groups by their first expression, the archived ones too; everyone may read them."""
    newest = (
        select(HistoryEntry.subject_id, func.max(HistoryEntry.id).label("entry_id"))
        .where(HistoryEntry.subject_kind == KIND)
        .group_by(HistoryEntry.subject_id)
        .subquery()
    )
    rows = session.execute(
        select(SynonymGroup, User.name, HistoryEntry.at)
        .select_from(SynonymGroup)
        .outerjoin(newest, newest.c.subject_id == SynonymGroup.id)
        .outerjoin(HistoryEntry, HistoryEntry.id == newest.c.entry_id)
        .outerjoin(User, User.id == HistoryEntry.actor_id)
    )
    found = [_group(row, name, at) for row, name, at in rows]
    return sorted(found, key=lambda group: (group.expressions[0].casefold(), group.id))


def group_by_id(session: Session, group_id: int) -> Group | None:
    """One group, or `None`."""
    row = session.get(SynonymGroup, group_id)
    return _group(row, None, None) if row else None


def _group(row: SynonymGroup, name: str | None, at: datetime | None) -> Group:
    archived = row.archived_at is not None
    said = Explanations(row.explanation_ru, row.explanation_en)
    return Group(row.id, tuple(row.expressions), row.note, said, row.stamp, archived, name, at)


@dataclass(frozen=True, slots=True)
class Version:
    """One deed in the history of a group and how the group was afterwards."""

    id: int
    at: datetime
    author: str | None
    action: str
    expressions: tuple[str, ...]
    note: str
    explanations: Explanations | None


def versions_of(session: Session, group_id: int, limit: int = 50) -> list[Version]:
    """How the group came to be as it is, the newest first."""
    rows = session.execute(
        select(HistoryEntry, User.name)
        .outerjoin(User, User.id == HistoryEntry.actor_id)
        .where(HistoryEntry.subject_kind == KIND, HistoryEntry.subject_id == group_id)
        .order_by(HistoryEntry.id.desc())
        .limit(limit)
    )
    return [_version(entry, name) for entry, name in rows]


def _version(entry: HistoryEntry, name: str | None) -> Version:
    state = state_in(entry.after or {})
    return Version(entry.id, entry.at, name, entry.action, *state)


def state_in(
    values: Mapping[str, object],
) -> tuple[tuple[str, ...], str, Explanations | None]:
    """Expressions, note and explanations as the history keeps them.

    `None`: the entry is older than explanations are.
    """
    expressions = tuple(str(values.get("expressions", "")).split("\n"))
    said = [values.get(name) for name in ("explanation_ru", "explanation_en")]
    explanations = None if None in said else Explanations(*map(str, said))
    return expressions, str(values.get("note", "")), explanations
