"""In which order changed opportunities are read so that none is missed.

Tryton leaves `write_date` empty until the first edit and cannot sort by "written, else made". So
there are two streams: those never edited, by when they were made, and after them those that were,
by when they were written. One that is edited meanwhile leaves the first and comes last in the
second. Lines can be changed without their opportunity, so they have two streams of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dossiers.deals.connectors.tryton.rest import Domain, Row
from dossiers.deals.connectors.tryton.values import moment_in, moment_out

DEALS, LINES = "sale.opportunity", "sale.opportunity.line"
OVERLAP = timedelta(minutes=10)
"""What is written in a transaction that takes longer than this is found by the sweep only."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Rows of a model that were edited, or never edited, by the moment and the number."""

    name: str
    model: str
    edited: bool
    at_once: int

    @property
    def moment(self) -> str:
        """The field by which the stream goes."""
        return "write_date" if self.edited else "create_date"

    def beyond(self, place: Sequence[Any] | None) -> Domain:
        """What comes after that place."""
        own = ["write_date", "!=" if self.edited else "=", None]
        if not place:
            return [own]
        then = moment_out(datetime.fromisoformat(place[0]))
        same = [[self.moment, "=", then], ["id", ">", place[1]]]
        return [own, ["OR", [[self.moment, ">", then]], same]]

    @property
    def order(self) -> Sequence[Sequence[str]]:
        """By the moment, then by the number."""
        return [[self.moment, "ASC"], ["id", "ASC"]]

    def place_of(self, row: Row) -> list[Any] | None:
        """The place right after this row. Raises `ValueError`."""
        moment = moment_in(row.get(self.moment))
        return [moment.isoformat(), row["id"]] if moment else None


STREAMS = (
    Stream("made", DEALS, edited=False, at_once=200),
    Stream("edited", DEALS, edited=True, at_once=200),
    Stream("lines made", LINES, edited=False, at_once=1000),
    Stream("lines edited", LINES, edited=True, at_once=1000),
)


def rewound(places: Mapping[str, Any], began: str | None) -> dict[str, Any]:
    """The places from which the next visit reads: before the end, and before the begin, of this.

    What was being written while we read may have become visible after we had passed its moment.
    """
    return {name: _back(place, began) for name, place in places.items() if place}


def _back(place: Sequence[Any], began: str | None) -> list[Any]:
    moments = [datetime.fromisoformat(text) for text in (place[0], began) if text]
    return [(min(moments) - OVERLAP).isoformat(), 0]
