"""Marks on facts of pages that nobody has verified for too long, filled by a package above.

They are shown where a fact is read, in search results and to programs. Filled when the application
is put together.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session


class FactMark(NamedTuple):
    """A stale fact: until which day somebody vouched for it.

    `value` is what it says, as it is typed; whoever may write verifies it at the address.
    """

    until: date
    value: str
    address: str


FactMarks = Mapping[str, FactMark]
"""The stale facts of one page by their keys."""

MarksOf = Callable[[Session, Collection[int], date], Mapping[int, FactMarks]]
"""The marks of pages as of a day, in one statement; the caller has checked sight of the pages."""

_registered: dict[str, MarksOf] = {}


def register_fact_marks(name: str, marks_of: MarksOf) -> None:
    """Let facts be marked by this."""
    _registered[name] = marks_of


def fact_marks_of(session: Session, page_ids: Collection[int], day: date) -> dict[int, FactMarks]:
    """The stale facts of these pages; a page without any is not in it. No page costs nothing."""
    found: dict[int, FactMarks] = {}
    if not page_ids:
        return found
    for marks_of in _registered.values():
        for page_id, marks in marks_of(session, page_ids, day).items():
            found[page_id] = {**found.get(page_id, {}), **marks}
    return found
