"""Who has confirmed which version, of everybody and every page, kept in memory of the process.

To read 400,000 rows takes a third of a second; what was confirmed since the last look takes a
millisecond. Confirmations are only ever added, and a confirmed version never becomes an older one,
so what is kept is right as soon as the new ones are put on top. A row is four bytes.
"""

from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from operator import add, ge, itemgetter, mul
from threading import Lock
from typing import NamedTuple

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from products.onboarding.models import Reading, ReadingConfirmation

UNREAD, CHANGED, READ = 0, 1, 2
_OVERLAP = 200
"""Two that confirm at once may become visible in another order than that of their numbers."""
_MOST_LISTS = 16
"""Each path has its list of pages, and so have all paths together for each sight."""
_confirmation = ReadingConfirmation.__table__.c
_reading = Reading.__table__.c

_Pages = tuple[tuple[int, ...], tuple[bool, ...]]
"""A list of pages as it stays when a page changes: their numbers, and whose questions are asked."""


class Weighed(NamedTuple):
    """A page, and the newest version of it that must be read; or its questions to be passed."""

    page_id: int
    material: int
    asks: bool = False


class KeptReadings:
    """Safe for several threads; every look costs one statement, the first one two."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: int | None = None
        self._places: dict[int, int] = {}
        self._confirmed: dict[int, array[int]] = {}
        self._proved: dict[int, array[int]] = {}
        self._lists: OrderedDict[_Pages, _Known] = OrderedDict()

    def states(
        self, session: Session, pages: Sequence[Weighed], user_ids: Sequence[int]
    ) -> Mapping[int, bytes]:
        """For each person a byte for each page (`UNREAD`, `CHANGED`, `READ`), in their order.

        A page may stand there twice; questions that were not passed are unread.
        """
        with self._lock:
            self._catch_up(session)
            known = self._known(pages)
            return {
                ident: known.states.get(ident)
                or known.states.setdefault(ident, self._compared(ident, known))
                for ident in user_ids
            }

    def _known(self, pages: Sequence[Weighed]) -> "_Known":
        # A column for each: to go through named rows for each person takes four times as long.
        idents, materials, asks = zip(*pages, strict=True) if pages else ((), (), ())
        known = self._lists.get((idents, asks))
        if known is None:
            places = [self._places.setdefault(page, len(self._places)) for page in idents]
            known = _Known(places, materials, asks, {})
        elif known.materials != materials:
            known = self._changed(known, materials)
        self._lists[idents, asks] = known
        self._lists.move_to_end((idents, asks))
        while len(self._lists) > _MOST_LISTS:
            self._lists.popitem(last=False)
        return known

    def _changed(self, known: "_Known", materials: Sequence[int]) -> "_Known":
        """The same pages after some of them changed: only those are compared anew."""
        found = _Known(known.places, materials, known.asks, known.states)
        pairs = enumerate(zip(known.materials, materials, strict=True))
        columns = [column for column, (was, now) in pairs if was != now]
        places, asks = _picked(known.places, columns), _picked(known.asks, columns)
        part = _Known(places, _picked(materials, columns), asks, {})
        for user, states in known.states.items():
            row = bytearray(states)
            for column, state in zip(columns, self._compared(user, part), strict=True):
                row[column] = state
            found.states[user] = bytes(row)
        return found

    def _catch_up(self, session: Session) -> None:
        if self._newest is None:
            self._load(session)
            return
        columns = (
            _confirmation.id,
            _confirmation.user_id,
            _confirmation.page_id,
            _confirmation.revision,
            _confirmation.attempt_id,
        )
        later = _confirmation.id > self._newest - _OVERLAP
        for ident, user, page, revision, attempt in session.execute(select(*columns).where(later)):
            self._newest = max(self._newest, ident)
            self._put(user, page, revision, attempt is not None)

    def _load(self, session: Session) -> None:
        newest = session.scalar(select(func.max(_confirmation.id))) or 0
        columns = (_reading.user_id, _reading.page_id, _reading.revision, _reading.by_questions)
        for row in session.execute(select(*columns)):
            self._put(*row)
        self._newest = newest

    def _put(self, user: int, page: int, revision: int, by_questions: bool) -> None:
        place = self._places.setdefault(page, len(self._places))
        confirmed = _grown(self._confirmed.setdefault(user, array("I")), place)
        proved = _grown(self._proved.setdefault(user, array("B")), place)
        if revision > confirmed[place] or by_questions > proved[place]:
            confirmed[place] = max(revision, confirmed[place])
            proved[place] |= by_questions
            for known in self._lists.values():
                known.states.pop(user, None)

    def _compared(self, user: int, known: "_Known") -> bytes:
        if user not in self._confirmed or not known.places:
            return bytes(len(known.places))
        last = len(self._places)
        confirmed = _picked(_grown(self._confirmed[user], last), known.places)
        states = map(add, map(ge, confirmed, known.materials), map(bool, confirmed))
        if True not in known.asks:
            return bytes(states)
        proved = _picked(_grown(self._proved[user], last), known.places)
        return bytes(map(mul, states, map(ge, proved, known.asks)))


class _Known(NamedTuple):
    """A list of pages, and what is known of people about it."""

    places: Sequence[int]
    materials: Sequence[int]
    asks: Sequence[int]
    states: dict[int, bytes]


def _grown(row: "array[int]", place: int) -> "array[int]":
    missing = place + 1 - len(row)
    if missing > 0:
        row.frombytes(bytes(missing * row.itemsize))
    return row


def _picked(row: Sequence[int], places: Sequence[int]) -> Sequence[int]:
    found = itemgetter(*places)(row)
    return found if len(places) > 1 else (found,)


def kept_readings() -> KeptReadings:
    """What this process keeps."""
    found: KeptReadings = current_app.extensions.setdefault("learning_readings", KeptReadings())
    return found
