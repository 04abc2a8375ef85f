"""Counting questions in memory, because no search may wait for the database's one writer."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from threading import Lock, Timer

from flask import Flask, current_app

from search.lessons.models import AskedQuestion
from search.lessons.rules import counted_spelling, week_of
from wiki import clock
from wiki.config import Settings
from wiki.database import Database
from wiki.upserts import insert_into

_log = logging.getLogger(__name__)

MOST_KEPT = 5_000
"""Different questions between two writings; what is asked beyond them is not counted."""
REST = 1.0
"""Seconds from the first question to the writing."""
_BATCH = 100

_Place = tuple[date, str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often something was asked, and how often it led nowhere or somewhere."""

    asked: int = 0
    found_nothing: int = 0
    opened: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.asked + other.asked,
            self.found_nothing + other.found_nothing,
            self.opened + other.opened,
        )


class Notebook:
    """The counts of one process that are not written yet. Safe for several threads.

    With a `database` it writes them by itself, a second after the first of them; a crash may
    lose that second.
    """

    def __init__(self, zone: str = "UTC", database: Database | None = None) -> None:
        self._zone = zone
        self._database = database
        self._counts: dict[_Place, Counts] = {}
        self._timer: Timer | None = None
        self._closed = False
        self._lock = Lock()
        self._writing = Lock()

    def this_week(self) -> date:
        """The Monday of the week in which questions are counted now."""
        return week_of(clock.today(self._zone))

    def asked(self, typed: str, total: int) -> None:
        """Somebody asked this and found so many things."""
        self._add(typed, Counts(asked=1, found_nothing=int(total == 0)))

    def opened(self, typed: str) -> None:
        """Somebody opened one of the things that this question had found."""
        self._add(typed, Counts(opened=1))

    def flush(self, database: Database) -> int:
        """Write what was counted; how many questions. What cannot be written is kept."""
        with self._writing:
            taken = self._take()
            try:
                if taken:
                    _write(database, taken)
            except Exception:
                self._put_back(taken)
                raise
        return len(taken)

    def close(self) -> None:
        """Write the last counts and never again."""
        with self._lock:
            self._closed = True
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        self._flush_quietly()

    def _add(self, typed: str, counts: Counts) -> None:
        question = counted_spelling(typed)
        if question:
            place = (self.this_week(), question)
            with self._lock:
                self._add_at(place, counts)
                self._wake()

    def _add_at(self, place: _Place, counts: Counts) -> None:
        known = self._counts.get(place)
        if known is not None or len(self._counts) < MOST_KEPT:
            self._counts[place] = (known or Counts()) + counts

    def _wake(self) -> None:
        if self._database is not None and self._timer is None and not self._closed:
            self._timer = Timer(REST, self._write_later)
            self._timer.daemon = True
            self._timer.start()

    def _write_later(self) -> None:
        written = self._flush_quietly()
        with self._lock:
            self._timer = None
            if written and self._counts:
                self._wake()

    def _flush_quietly(self) -> bool:
        try:
            if self._database is not None:
                self.flush(self._database)
        except Exception:  # Counts are not worth an error; the next question tries again.
            _log.exception("What was searched for could not be written down; it is tried again")
            return False
        return True

    def _take(self) -> dict[_Place, Counts]:
        with self._lock:
            taken, self._counts = self._counts, {}
        return taken

    def _put_back(self, taken: Mapping[_Place, Counts]) -> None:
        with self._lock:
            for place, counts in taken.items():
                self._add_at(place, counts)


def init_app(app: Flask) -> None:
    """Give the application its notebook."""
    settings: Settings = app.config["SETTINGS"]
    book = Notebook(settings.default_time_zone, app.extensions["database"])
    app.extensions["search_notebook"] = book


def notebook() -> Notebook:
    """The notebook of the current application."""
    found: Notebook = current_app.extensions["search_notebook"]
    return found


def _write(database: Database, taken: Mapping[_Place, Counts]) -> None:
    with database.transaction() as session:
        # In one order, so that two processes never wait for each other in a circle.
        for rows in _batches(taken):
            new = insert_into(session, AskedQuestion).values(rows)
            added = {
                name: getattr(AskedQuestion, name) + new.excluded[name]
                for name in ("asked", "found_nothing", "opened")
            }
            session.execute(
                new.on_conflict_do_update(index_elements=["week_on", "question"], set_=added)
            )


def _batches(taken: Mapping[_Place, Counts]) -> Iterator[Sequence[dict[str, object]]]:
    rows = (
        {
            "week_on": week_on,
            "question": question,
            "asked": counts.asked,
            "found_nothing": counts.found_nothing,
            "opened": counts.opened,
        }
        for (week_on, question), counts in sorted(taken.items(), key=lambda item: item[0])
    )
    while batch := list(islice(rows, _BATCH)):
        yield batch
