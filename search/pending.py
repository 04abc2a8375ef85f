"""What was saved and is not yet in the index: found by looking at the documents themselves.

So a person finds their own save at once, and what was withdrawn is gone at once. Bounded: after
an import of many pages only the newest are looked at, the others come with the index; but what
nobody may find any longer is never found, however much waits.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from search.analysis import tokens
from search.documents import Document, Key, Sight, Sources
from search.holdings import Holding, holding_of
from search.lemmas import fold_text
from search.questions import SHORTEST_PREFIX, Beginning, Question, Slot
from wiki.outbox import OutboxRow

MOST = 40
_MOST_ROWS = 200
_TEXT = 0.7
"""Worth of a word in the text beside one in the title."""


@dataclass(frozen=True, slots=True)
class Match:
    """A document that is not yet indexed and holds this share (0 to 1) of the question's words."""

    document: Document
    share: float


def pending_keys(session: Session, kinds: Collection[str]) -> tuple[frozenset[Key], bool]:
    """The newest things of these kinds that wait for the index, and whether these are all."""
    newest = (
        select(OutboxRow.kind, OutboxRow.ident)
        .where(OutboxRow.kind.in_(kinds))
        .order_by(OutboxRow.id.desc())
    )
    rows = session.execute(newest.limit(_MOST_ROWS)).all()
    different = list(dict.fromkeys(Key(kind, ident) for kind, ident in rows))
    return frozenset(different[:MOST]), len(different) <= MOST and len(rows) < _MOST_ROWS


def hidden_keys(session: Session, sources: Sources, audiences: frozenset[str]) -> frozenset[Key]:
    """Of everything that waits, however much, what must not be found within these audiences.

    When more waits than is looked at, the index still has what was archived or withdrawn.
    """
    return frozenset(
        Key(kind, ident)
        for kind in sources.kinds()
        for ident in session.scalars(_unseen(kind, sources.sight(kind), audiences))
    )


def _unseen(kind: str, sight: Sight | None, audiences: frozenset[str]) -> Select[int]:
    waiting = select(OutboxRow.ident).where(OutboxRow.kind == kind).distinct()
    if sight is None:
        return waiting
    seen = sight.subquery()
    mine = (seen.c.ident == OutboxRow.ident) & seen.c.audience.in_(sorted(audiences))
    return waiting.where(~select(seen.c.ident).where(mine).exists())


def terms_of(document: Document) -> frozenset[str]:
    """All terms that the document holds."""
    return holding_of(document).terms


def matching(documents: Iterable[Document], question: Question) -> list[Match]:
    """Those of the documents that the question finds, by the same rules as the index."""
    found = []
    for document in documents:
        if _is_dated(document, question) and set(question.marks) <= document.marks:
            share = _share(holding_of(document), question)
            found += [Match(document, share)] if share > 0 else []
    return found


def going_on(documents: Iterable[Document], beginning: Beginning) -> list[Document]:
    """Those whose title begins as typed, or holds the typed words and goes on as the last one."""
    return [document for document in documents if _goes_on(document.title, beginning)]


def _is_dated(document: Document, question: Question) -> bool:
    """Whether the days of its last change, and of its being current, are as demanded (UTC)."""
    if question.as_of:
        ended = document.until is not None and _day(document.until) <= question.as_of
        if _day(document.changed_at) > question.as_of or ended:
            return False
    early = question.after and _day(document.changed_at) < question.after
    late = question.before and _day(document.changed_at) > question.before
    return not (early or late)


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _share(held: Holding, question: Question) -> float:
    """How well the document fits, at most 1; 0 when it lacks something that is demanded."""
    if not _has_demanded(held, question):
        return 0.0
    if question.whole and question.whole in held.names:
        return 1.0
    worth = [_worth(held, slot) for slot in question.slots]
    return sum(worth) / len(worth) if worth else 1.0


def _has_demanded(held: Holding, question: Question) -> bool:
    limited = all(set(limit.terms) <= held.parts[limit.field] for limit in question.limits)
    unwanted = any(held.has_row(row) for row in question.without)
    return limited and not unwanted and all(held.has_row(row) for row in question.phrases)


def _worth(held: Holding, slot: Slot) -> float:
    """The slot's worth by its best way; a word of the title counts whole, one of the text less."""
    ways = (way for way in slot.ways if way.terms and all(term in held for term in way.terms))
    titled = ((way, all(term in held.title for term in way.terms)) for way in ways)
    return max((way.weight * (1.0 if whole else _TEXT) for way, whole in titled), default=0.0)


def _goes_on(title: str, beginning: Beginning) -> bool:
    if beginning.typed and fold_text(title).startswith(beginning.typed):
        return True
    found = list(tokens(title))
    held = {token.term for token in found}
    last = beginning.last
    return set(beginning.terms) <= held and (
        not last
        or beginning.last_term in held
        or (len(last) >= SHORTEST_PREFIX and any(t.word.startswith(last) for t in found))
    )
