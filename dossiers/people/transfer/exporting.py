"""A chart as CSV from which an import makes the same chart again."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.facts.asking import Moment, at
from dossiers.people.chart.compare import manager_of
from dossiers.people.chart.snapshot import Chart, Holder, Known, Seat, Standing
from dossiers.people.kinds import ContactKind, ContactStanding, LineKind
from dossiers.people.models import PersonContact
from dossiers.people.transfer.cells import Contact, contact_text, day_text, harmless, parts_text
from dossiers.people.transfer.fields import Field
from dossiers.people.transfer.ground import code_key, number_text, our_number
from dossiers.people.transfer.telling import tie_text

MARK = "\ufeff"
_NOTHING = Standing()

Contacts = Mapping[int, list[Contact]]


def contacts_of(
    session: Session, client_id: int, person_ids: Iterable[int], moment: Moment
) -> Contacts:
    """Telephones and addresses of these people in the client's dossier, as they were written."""
    wanted = set(person_ids)
    columns = (
        PersonContact.person_id, PersonContact.kind, PersonContact.value, PersonContact.standing
    )  # fmt: skip
    found: dict[int, list[Contact]] = defaultdict(list)
    for some in _parts(sorted(wanted)):
        here = select(*columns).where(
            PersonContact.client_id == client_id,
            PersonContact.person_id.in_(some),
            at(PersonContact, moment),
        )
        for person, kind, value, standing in session.execute(here.order_by(PersonContact.id)):
            found[person].append((kind, value, ContactStanding(standing)))
    return found


def _parts(idents: list[int]) -> Iterator[list[int]]:
    return (idents[start : start + 500] for start in range(0, len(idents), 500))


def chart_csv(chart: Chart, contacts: Contacts) -> str:
    """The chart as text with a mark at its beginning.

    Cells that a spreadsheet would take for formulas are quoted with an apostrophe.
    """
    out = StringIO()
    out.write(MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.value for field in Field])
    for cells in _rows(chart, contacts):
        writer.writerow([harmless(cells.get(field, "")) for field in Field])
    return out.getvalue()


def refused_csv(headings: Iterable[str], rows: Iterable[tuple[Iterable[str], str]]) -> str:
    """Refused rows in the columns of their file, and the reason; to be mended and sent again."""
    out = StringIO()
    out.write(MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*headings, REASON])
    for cells, reason in rows:
        writer.writerow([*(_as_it_was(cell) for cell in cells), harmless(reason)])
    return out.getvalue()


REASON = "reason"


def _as_it_was(cell: str) -> str:
    return harmless(cell) if not cell.startswith("'") else cell


_Cells = dict[Field, str]


def _rows(chart: Chart, contacts: Contacts) -> Iterator[_Cells]:
    scribe = _Scribe(chart, contacts)
    for seat in _drawn(chart):
        yield from scribe.rows(seat)
    for holder in chart.unplaced:
        yield scribe.person(holder)


def _drawn(chart: Chart) -> Iterator[Seat]:
    """Managers before reports, in the order of the drawing."""
    below = chart.below()
    waiting = list(reversed(below.get(None, ())))
    while waiting:
        seat = waiting.pop()
        yield seat
        waiting += reversed(below.get(seat.id, ()))


class _Scribe:
    """Writes rows; what belongs to a person is written once, in the first row of that person."""

    def __init__(self, chart: Chart, contacts: Contacts) -> None:
        self._chart, self._contacts = chart, contacts
        self._codes = Counter(code_key(seat.code) for seat in chart.seats.values() if seat.code)
        self._told: set[int] = set()
        self._lines: dict[tuple[int, LineKind], list[int]] = defaultdict(list)
        for line in chart.lines:
            self._lines[line.from_id, line.kind].append(line.to_id)
        self._ties: dict[int, list[str]] = defaultdict(list)
        for tie in chart.ties:
            self._ties[tie.from_id].append(tie_text(tie, number_text))

    def _number(self, ident: int) -> str:
        """The client's number when only this position has it, else ours."""
        code = self._chart.seats[ident].code
        if code and self._codes[code_key(code)] == 1 and our_number(code) is None:
            return code
        return number_text(ident)

    def rows(self, seat: Seat) -> Iterator[_Cells]:
        """A row for each holder; one without for a position that nobody holds."""
        cells = self._position(seat)
        for holder in seat.holders:
            yield cells | self.person(holder)
        if not seat.holders:
            yield cells | _known(seat.known)

    def _position(self, seat: Seat) -> _Cells:
        manager = manager_of(self._chart, seat)
        return {
            Field.POSITION: self._number(seat.id),
            Field.REPORTS_TO: self._number(manager) if manager is not None else "",
            Field.TITLE: seat.title,
            Field.UNIT: seat.unit,
            Field.KIND: seat.kind.value,
            Field.CODE: seat.code,
            Field.KNOWN: "yes" if seat.is_known else "no",
            Field.ORDER: str(seat.rank),
            Field.DOTTED: self._others(seat, LineKind.DOTTED),
            Field.ASSISTANT_TO: self._others(seat, LineKind.ASSISTANT),
        }

    def _others(self, seat: Seat, kind: LineKind) -> str:
        found = self._lines[seat.id, kind]
        return parts_text(self._number(ident) for ident in found if ident in self._chart.seats)

    def person(self, holder: Holder) -> _Cells:
        """Who holds it, and in the person's first row what is known of the person."""
        cells = {
            Field.PERSON: holder.name,
            Field.PERSON_NUMBER: number_text(holder.person_id),
            Field.ACTING: "yes" if holder.acting else "no",
            Field.MAIN: "yes" if holder.main else "no",
            Field.SINCE: day_text(holder.known.since),
            **_known(holder.known),
        }
        if holder.person_id not in self._told:
            self._told.add(holder.person_id)
            cells |= self._about(holder.person_id)
        return cells

    def _about(self, person_id: int) -> _Cells:
        standing = self._chart.standings.get(person_id, _NOTHING)
        contacts = self._contacts.get(person_id, [])
        return {
            Field.EMAIL: _reached(contacts, ContactKind.EMAIL),
            Field.PHONE: _reached(contacts, ContactKind.PHONE),
            Field.ROLE: parts_text(role.value for role in standing.roles),
            Field.ATTITUDE: standing.attitude.value if standing.attitude else "",
            Field.POWER: standing.power.value if standing.power else "",
            Field.ORIENTATION: standing.orientation.value if standing.orientation else "",
            Field.INFLUENCES: parts_text(self._ties[person_id]),
        }


def _reached(contacts: Iterable[Contact], kind: ContactKind) -> str:
    return parts_text(contact_text(contact) for contact in contacts if contact[0] is kind)


def _known(known: Known) -> _Cells:
    return {Field.SOURCE: known.source.value, Field.CONFIDENCE: known.confidence.value}
