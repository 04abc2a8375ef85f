"""What a question demands of a document besides words that only make it fit better."""

from calendar import timegm
from datetime import date, timedelta
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from search.questions import Field, Question
from search.whoosh_engine.reach import ANYWHERE, Reach
from search.whoosh_engine.view import Mask

WITH_PLACES = ("title", "body")
_PARTS: dict[Field, tuple[str, ...]] = {
    Field.TITLE: ("title",),
    Field.CLIENT: ("client",),
    Field.PRODUCT: ("product", "title"),
    Field.AUTHOR: ("author",),
    Field.TAG: ("tag",),
}


def fitting(reach: Reach, question: Question) -> Mask:
    """The reached documents that hold all that is demanded and nothing that is unwanted."""
    found = reach.mask & _dated(reach, question)
    for mark in question.marks:
        found &= reach.holding(("marks",), mark)
    for limit in question.limits:
        for term in limit.terms:
            found &= reach.holding(_PARTS[limit.field], term)
    for phrase in question.phrases:
        found &= with_phrase(reach, phrase, found)
    for unwanted in question.without:
        found &= ~with_phrase(reach, unwanted, found)
    return found


def with_phrase(reach: Reach, terms: tuple[str, ...], among: Mask) -> Mask:
    """Those of the documents in which the terms stand one after the other; one term: anywhere."""
    if len(terms) == 1:
        return among & reach.holding(ANYWHERE, terms[0])
    found = np.zeros(reach.view.size, np.bool_)
    if not terms:
        return found
    for field in WITH_PLACES:
        found |= _in_a_row(reach, field, terms, among)
    return found


def _in_a_row(reach: Reach, field: str, terms: tuple[str, ...], among: Mask) -> Mask:
    view = reach.view
    held = (reach.holding((field,), term) for term in dict.fromkeys(terms))
    everywhere = reduce(np.logical_and, held, among)
    if not everywhere.any():
        return everywhere
    places = {term: np.unique(view.places(field, term, everywhere)) for term in set(terms)}
    rarest_first = sorted(range(len(terms)), key=lambda step: len(places[terms[step]]))
    starts = places[terms[rarest_first[0]]] - rarest_first[0]
    for step in rarest_first[1:]:
        starts = starts[_among(starts + step, places[terms[step]])]
    return view.mask(starts >> 32)


def _among(wanted: NDArray[np.int64], known: NDArray[np.int64]) -> Mask:
    """Which of the wanted are known; both are ascending, and some is known."""
    found = np.searchsorted(known, wanted).clip(max=len(known) - 1)
    same: Mask = known[found] == wanted
    return same


def _dated(reach: Reach, question: Question) -> Mask:
    changed = reach.view.column("changed")
    found = np.ones(reach.view.size, np.bool_)
    if question.after:
        found &= changed >= _start(question.after)
    if question.before:
        found &= changed < _end(question.before)
    if question.as_of:
        end = _end(question.as_of)
        found &= (changed < end) & (reach.view.column("until") >= end)
    return found


def _start(day: date) -> int:
    return timegm(day.timetuple())


def _end(day: date) -> int:
    """The first second after the day (UTC)."""
    return _start(day) + int(timedelta(days=1).total_seconds())
