"""Finding for a person: only what they may see, in hits, counts and hints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from search.analysis import Spotter
from search.assembly import Search
from search.documents import Document, Key
from search.engine import Hit, IndexUnusable, Results, Scope
from search.excerpts import Pieces, excerpt, mark
from search.pending import Match, going_on, matching, pending_keys
from search.questions import Beginning, Question
from wiki.accounts.actor import Actor

DEEPEST = 1_000
"""Hits beyond this place are not shown; a better question finds sooner."""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as it is shown."""

    document: Document
    score: float
    title: Pieces
    excerpt: Pieces


@dataclass(frozen=True, slots=True)
class Answer:
    """The asked-for part of the hits; `incomplete` while the index is being made anew."""

    total: int
    hits: tuple[Found, ...]
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What waits for the index: all keys, and the documents of them that the person may see."""

    keys: frozenset[Key]
    documents: tuple[Document, ...]


def search_visible_to(
    session: Session,
    actor: Actor,
    search: Search,
    question: Question,
    kind: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Answer:
    """What this person finds: `limit` hits from `offset` on, and the number of all."""
    if not question:
        return Answer(0, ())
    limit = max(0, min(limit, DEEPEST - offset))
    fresh = _fresh(session, actor, search, kind)
    scope = Scope(actor.audiences, kind, fresh.keys)
    matches = matching(fresh.documents, question)
    results, incomplete = _ask(search, question, scope, limit, offset, matches)
    hits = _merge(results.hits, matches)
    shown = hits[offset : offset + limit] if matches else hits[:limit]
    found = _show(session, actor, search, question, shown, matches)
    return Answer(results.total + len(matches), found, incomplete)


def suggest_visible_to(
    session: Session, actor: Actor, search: Search, beginning: Beginning, limit: int = 8
) -> list[Document]:
    """The documents whose titles go on as typed, the newest saves first."""
    if not beginning:
        return []
    fresh = _fresh(session, actor, search, None)
    scope = Scope(actor.audiences, None, fresh.keys)
    try:
        hits = search.engine.suggest(beginning, scope, limit)
    except IndexUnusable:
        hits = ()
    loaded = _load(session, actor, search, [hit.key for hit in hits])
    ordered = [loaded[hit.key] for hit in hits if hit.key in loaded]
    return [*going_on(fresh.documents, beginning), *ordered][:limit]


def _fresh(session: Session, actor: Actor, search: Search, kind: str | None) -> _Fresh:
    keys = pending_keys(session)
    loaded = _load(session, actor, search, list(keys)) if keys else {}
    seen = [loaded[key] for key in sorted(loaded) if kind in (None, key.kind)]
    return _Fresh(keys, tuple(seen))


def _load(
    session: Session, actor: Actor, search: Search, keys: Sequence[Key]
) -> Mapping[Key, Document]:
    """The documents the person may see now, whatever the index said."""
    loaded = search.sources.load(session, keys)
    return {key: doc for key, doc in loaded.items() if doc.audience in actor.audiences}


def _ask(
    search: Search,
    question: Question,
    scope: Scope,
    limit: int,
    offset: int,
    matches: Sequence[Match],
) -> tuple[Results, bool]:
    """The engine's part; all from the first on when other hits must be merged in."""
    try:
        if matches:
            return search.engine.search(question, scope, offset + limit), False
        return search.engine.search(question, scope, limit, offset), False
    except IndexUnusable:
        return Results(0, ()), True


def _merge(hits: Sequence[Hit], matches: Sequence[Match]) -> list[Hit]:
    """Fresh documents take their place by the share of the question that they hold."""
    best = hits[0].score if hits else 1.0
    fresh = [Hit(match.document.key, best * match.share) for match in matches]
    return sorted([*hits, *fresh], key=lambda hit: (-hit.score, hit.key))


def _show(
    session: Session,
    actor: Actor,
    search: Search,
    question: Question,
    hits: Sequence[Hit],
    matches: Sequence[Match],
) -> tuple[Found, ...]:
    known = {match.document.key: match.document for match in matches}
    wanted = [hit.key for hit in hits if hit.key not in known]
    loaded = {**_load(session, actor, search, wanted), **known}
    spotter = Spotter(question.terms)
    return tuple(_found(loaded[hit.key], hit.score, spotter) for hit in hits if hit.key in loaded)


def _found(document: Document, score: float, spotter: Spotter) -> Found:
    title = mark(document.title, spotter)
    return Found(document, score, title, excerpt(document.body, spotter))
