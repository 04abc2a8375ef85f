"""Finding for a person: only what they may see, in hits, counts, facets and hints."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from search.analysis import Spotter
from search.assembly import Search
from search.documents import Document, Key
from search.engine import Counts, Hit, Results, Scope
from search.excerpts import Pieces, excerpt, mark
from search.glossary.queries import read_synonyms
from search.looks import WithFresh, looking
from search.parsing import Parsed, begin, parse
from search.pending import Match, going_on, hidden_keys, matching, pending_keys, terms_of
from search.questions import Order, Question
from search.slips import other_layout
from search.understanding import Understood, understand
from wiki.accounts.actor import Actor

DEEPEST = 1_000
"""Hits beyond this place are not shown; a better question finds sooner."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person typed and chose. `marks` are `facet=value`; `literal`: correct no slips."""

    typed: str = ""
    marks: tuple[str, ...] = ()
    order: Order = Order.FIT
    after: date | None = None
    before: date | None = None
    as_of: date | None = None
    literal: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as it is shown."""

    document: Document
    score: float
    title: Pieces
    excerpt: Pieces


@dataclass(frozen=True, slots=True)
class Answer:
    """The asked-for part of the hits, and how many of all there are of each sort.

    `counts` are those of `Results`; `marks` is what the question demanded, typed or chosen.
    `instead` is what was searched for when the typed words were found nowhere. `incomplete`
    while the index is being made anew.
    """

    total: int
    hits: tuple[Found, ...]
    counts: Counts = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    instead: str | None = None
    incomplete: bool = False


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What waits: the keys not to be sought in the index, and documents the person may see."""

    keys: frozenset[Key] = frozenset()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """What one index, and what waits for it, answer."""

    results: Results = field(default_factory=lambda: Results(0, ()))
    matches: Sequence[Match] = ()
    question: Question = field(default_factory=Question)
    instead: str | None = None
    whole: bool = True


def search_visible_to(
    session: Session, actor: Actor, search: Search, wanted: Wanted, limit: int = 20, offset: int = 0
) -> Answer:
    """What this person finds: `limit` hits from `offset` on, the number of all, and counts.

    Raises `Refusal` when the question is too long.
    """
    parsed = _with_choices(parse(wanted.typed), wanted)
    if not parsed.question:
        return Answer(0, ())
    limit = max(0, min(limit, DEEPEST - offset))
    parts = [
        _ask(session, actor, one, parsed, wanted.literal, offset + limit)
        for one in (search.all_indexes() if wanted.as_of else (search,))
    ]
    hits = _in_order(parts, wanted.order)[offset : offset + limit]
    found = _show(session, actor, search, parts, hits)
    total = sum(part.results.total + len(part.matches) for part in parts)
    whole = all(part.whole for part in parts)
    instead = parts[0].instead if whole else None
    return Answer(total, found, _added(parts), parsed.question.marks, instead, not whole)


def suggest_visible_to(
    session: Session, actor: Actor, search: Search, typed: str, limit: int = 8
) -> list[Document]:
    """The documents whose titles go on as typed, the newest saves first.

    When there are none, as if typed with the other keyboard layout.
    """
    fresh = _fresh(session, actor, search)
    found = _suggested(session, actor, search, typed, fresh, limit)
    if not found and (other := other_layout(typed)):
        found = _suggested(session, actor, search, other, fresh, limit)
    return found


def _suggested(
    session: Session, actor: Actor, search: Search, typed: str, fresh: _Fresh, limit: int
) -> list[Document]:
    beginning = begin(typed)
    if not beginning:
        return []
    with looking(search.engine, Scope(actor.audiences, fresh.keys)) as (look, _whole):
        hits = look.suggest(beginning, limit)
    loaded = _load(session, actor, search, [hit.key for hit in hits])
    ordered = [loaded[hit.key] for hit in hits if hit.key in loaded]
    return [*going_on(fresh.documents, beginning), *ordered][:limit]


def _with_choices(parsed: Parsed, wanted: Wanted) -> Parsed:
    """The question with what was chosen beside the box; the nearer of two limits counts."""
    question = parsed.question
    chosen = replace(
        question,
        marks=(*question.marks, *wanted.marks),
        order=wanted.order,
        after=max(filter(None, (question.after, wanted.after)), default=None),
        before=min(filter(None, (question.before, wanted.before)), default=None),
        as_of=wanted.as_of,
    )
    return replace(parsed, question=chosen)


def _ask(
    session: Session, actor: Actor, search: Search, parsed: Parsed, literal: bool, limit: int
) -> _Part:
    fresh = _fresh(session, actor, search)
    synonyms = read_synonyms(session)
    known = frozenset().union(*(terms_of(document) for document in fresh.documents))
    with looking(search.engine, Scope(actor.audiences, fresh.keys)) as (look, whole):
        understood: Understood = understand(WithFresh(look, known), parsed, synonyms, literal)
        results = look.search(understood.question, limit)
    matches = matching(fresh.documents, understood.question)
    return _Part(results, matches, understood.question, understood.instead, whole)


def _fresh(session: Session, actor: Actor, search: Search) -> _Fresh:
    keys, are_all = pending_keys(session, search.sources.kinds())
    loaded = _load(session, actor, search, list(keys)) if keys else {}
    if not are_all:
        keys |= hidden_keys(session, search.sources, actor.audiences)
    return _Fresh(keys, tuple(loaded[key] for key in sorted(loaded)))


def _load(
    session: Session, actor: Actor, search: Search, keys: Sequence[Key]
) -> Mapping[Key, Document]:
    """The documents the person may see now, whatever the index said."""
    loaded: dict[Key, Document] = {}
    for one in search.all_indexes():
        loaded.update(one.sources.load(session, keys))
    return {key: doc for key, doc in loaded.items() if doc.audience in actor.audiences}


def _in_order(parts: Iterable[_Part], order: Order) -> list[Hit]:
    """Fresh documents take their place by the share of the question that they hold."""
    hits: list[Hit] = []
    for part in parts:
        best = part.results.hits[0].score if part.results.hits else 1.0
        hits += part.results.hits
        hits += [_hit(match, best) for match in part.matches]
    places = {
        Order.FIT: lambda hit: (-hit.score, hit.key),
        Order.NEWEST: lambda hit: (-hit.changed, hit.key),
        Order.OLDEST: lambda hit: (hit.changed, hit.key),
    }
    return sorted(hits, key=places[order])


def _hit(match: Match, best: float) -> Hit:
    document = match.document
    return Hit(document.key, best * match.share, int(document.changed_at.timestamp()))


def _show(
    session: Session, actor: Actor, search: Search, parts: Sequence[_Part], hits: Sequence[Hit]
) -> tuple[Found, ...]:
    known = {match.document.key: match.document for part in parts for match in part.matches}
    wanted = [hit.key for hit in hits if hit.key not in known]
    loaded = {**_load(session, actor, search, wanted), **known}
    spotter = Spotter(parts[0].question.terms)
    return tuple(_found(loaded[hit.key], hit.score, spotter) for hit in hits if hit.key in loaded)


def _found(document: Document, score: float, spotter: Spotter) -> Found:
    title = mark(document.title, spotter)
    return Found(document, score, title, excerpt(document.body, spotter))


def _added(parts: Iterable[_Part]) -> Counts:
    """The facets of all hits, those that wait for the index included."""
    counts: dict[str, Counter[str]] = {}
    for part in parts:
        for facet, values in part.results.counts.items():
            counts.setdefault(facet, Counter()).update(values)
        for match in part.matches:
            for told in (*match.document.marks, f"day={match.document.day}"):
                facet, _, value = told.partition("=")
                counts.setdefault(facet, Counter())[value] += 1
    return {facet: values for facet, values in counts.items() if values}
