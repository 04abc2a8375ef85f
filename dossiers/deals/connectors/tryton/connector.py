"""The connector to Tryton: what the pulling asks for, put as questions of its interface."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import InvalidOperation
from typing import Any

from dossiers.deals.connectors.interface import Found, Known, Page, Place, Unreadable
from dossiers.deals.connectors.problems import PullError
from dossiers.deals.connectors.tryton.records import FIELDS, changed_at, record_of
from dossiers.deals.connectors.tryton.rest import Rest, Row, strange
from dossiers.deals.connectors.tryton.stages import stages_of
from dossiers.deals.connectors.tryton.streams import DEALS, LINES, STREAMS, Stream, rewound
from dossiers.deals.record import DealRecord, StageSince

MOST_AT_ONCE = 5000
_BY_NUMBER = (("id", "ASC"),)
_LINE_FIELDS = (
    "create_date", "write_date", "opportunity.create_date", "opportunity.write_date",
)  # fmt: skip
_DATES = ("create_date", "write_date", "lines.create_date", "lines.write_date")
_ODD = (ValueError, TypeError, KeyError, AttributeError, IndexError, InvalidOperation)


@dataclass
class Tryton:
    """A database of a Tryton server, as far as the owner of the key may read it."""

    rest: Rest
    at_once: int = MOST_AT_ONCE

    def check(self) -> Found:
        """Whether opportunities and their lines can be read. Raises `PullError`."""
        self.rest.search(DEALS, [], _BY_NUMBER, FIELDS, 1)
        self.rest.search(LINES, [], _BY_NUMBER, _LINE_FIELDS, 1)
        return Found(self.rest.count(DEALS, []))

    def begin(self, place: Place) -> Place:
        """Where the visit begins, with what is left and the server's own time. `PullError`."""
        places = rewound(place.get("places", {}), place.get("began"))
        left = sum(
            self.rest.count(DEALS, stream.beyond(places.get(stream.name)))
            for stream in STREAMS
            if stream.model == DEALS
        )
        now = self.rest.door.now
        return {
            "places": places,
            "stream": 0,
            "left": left,
            "began": now.isoformat() if now else None,
            "company": self._company(),
        }

    def page(self, place: Place, known: Known, failures: int) -> Page:
        """The next rows of the stream that is being read. Raises `PullError`."""
        stream = STREAMS[place["stream"]]
        where = stream.beyond(place["places"].get(stream.name))
        self.rest.company = place["company"]
        fields = _DATES if stream.model == DEALS else _LINE_FIELDS
        most = max(min(stream.at_once, self.at_once) >> failures, 1)
        rows = self.rest.search(stream.model, where, stream.order, fields, most)
        after = self._after(place, stream, rows, len(rows) < most)
        return self._page(self._changed(stream, rows, known), after)

    def idents(self) -> Iterator[Sequence[str]]:
        """All numbers in their order. Raises `PullError`."""
        last = -1
        while rows := self._numbers_beyond(last):
            yield [str(row["id"]) for row in rows]
            last = rows[-1]["id"]

    def read(self, idents: Sequence[str]) -> Page:
        """These deals. Raises `PullError`."""
        self.rest.company = self._company()
        rows = self._rows([int(ident) for ident in idents])
        return self._page(rows, {"stream": len(STREAMS), "left": None})

    def _numbers_beyond(self, last: int) -> Sequence[Row]:
        return self.rest.search(DEALS, [["id", ">", last]], _BY_NUMBER, ["id"], self.at_once)

    def _company(self) -> int | None:
        """In whose name prices are asked for: ours, when there is but one."""
        rows = self.rest.search("company.company", [], _BY_NUMBER, ["id"], 2)
        return rows[0]["id"] if len(rows) == 1 else None

    def _after(
        self, place: Place, stream: Stream, rows: Sequence[Row], is_over: bool
    ) -> dict[str, Any]:
        try:
            last = stream.place_of(rows[-1]) if rows else None
        except _ODD as error:
            raise strange() from error
        places = {**place["places"], **({stream.name: last} if last else {})}
        done = len(rows) if stream.model == DEALS else 0
        return {
            **place,
            "places": places,
            "left": max(place["left"] - done, 0),
            "stream": place["stream"] + (is_over or last is None),
        }

    def _changed(self, stream: Stream, rows: Sequence[Row], known: Known) -> Sequence[Row]:
        """The whole opportunities of the rows, without those that are known as they are.

        Most of what is read again for the overlap is known, so at first only dates are asked for.
        """
        if stream.model == LINES:
            rows = self._rows(_alone(rows), _DATES)
        there = known([str(row["id"]) for row in rows])
        return self._rows([row["id"] for row in rows if not _is_known(row, there)])

    def _rows(self, idents: Sequence[int], fields: Sequence[str] = FIELDS) -> Sequence[Row]:
        if not idents:
            return []
        return self.rest.search(DEALS, [["id", "in", list(idents)]], _BY_NUMBER, fields)

    def _page(self, rows: Sequence[Row], after: Mapping[str, Any]) -> Page:
        stages = stages_of(self.rest, rows)
        records: list[DealRecord] = []
        unreadable: list[Unreadable] = []
        for row in rows:
            made = _record(row, stages.get(row["id"], ()))
            (records if isinstance(made, DealRecord) else unreadable).append(made)  # type: ignore[arg-type]
        is_last = after["stream"] >= len(STREAMS)
        return Page(records, unreadable, after, after["left"], is_last)


def _alone(lines: Sequence[Row]) -> Sequence[int]:
    """The opportunities of which lines were changed without them."""
    try:
        return sorted({line["opportunity"]["id"] for line in lines if _is_later(line)})
    except _ODD as error:
        raise strange() from error


def _is_later(line: Row) -> bool:
    """Whether a line was changed after its opportunity."""
    own, deal = changed_at(line), changed_at(line["opportunity"])
    return own is not None and (deal is None or own > deal)


def _is_known(row: Row, there: Mapping[str, Any]) -> bool:
    try:
        changed = changed_at(row)
    except _ODD:
        return False
    return changed is not None and there.get(str(row["id"])) == changed


def _record(row: Row, stages: Sequence[StageSince]) -> DealRecord | Unreadable:
    try:
        return record_of(row, stages)
    except _ODD as error:
        problem = PullError(
            "Deal %(number)s of the source cannot be kept as it is: %(why)s.",
            number=row["id"],
            why=error,
        )
        return Unreadable(str(row["id"]), problem)
