"""The facts that make the chart of before into the chart as it will be.

Numbers below zero stand for positions and people that are to be made.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dossiers.facts.models import Confidence, Dated, Source
from dossiers.facts.periods import EVER, Period, since
from dossiers.facts.writing import Evidence, Fact
from dossiers.people.chart.compare import manager_of
from dossiers.people.chart.snapshot import Chart, Holder, Standing, Tie
from dossiers.people.kinds import Aspect, EndReason, NameKind
from dossiers.people.models import (
    Employment,
    Influence,
    Judgement,
    PersonContact,
    PersonName,
    PositionFact,
    SideLine,
    SolidLine,
)
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.assembling import says
from dossiers.people.transfer.telling import NewContact
from wiki.rendering.titles import fold_title

_SAYS = ("title", "unit", "kind", "code", "is_known", "rank")
_NOTHING = Standing()

Wish = tuple[type[Dated], Fact]


@dataclass(frozen=True, slots=True)
class Told:
    """Where the facts of a position or person are known from, when a row says it."""

    source: Source
    confidence: Confidence
    note: str = ""

    def on(self, day: date) -> Evidence:
        """As the evidence of a fact."""
        return Evidence(self.source, self.confidence, day, self.note)


@dataclass(frozen=True, slots=True)
class After:
    """The chart as it will be, and what a chart does not show.

    `told` gives the evidence by position or person; `notes` those of ties.
    """

    chart: Chart
    contacts: Sequence[NewContact]
    new_names: Mapping[int, str]
    renamed: Mapping[int, tuple[str, str]]
    forms: Mapping[int, str]
    absent: Absent
    seat_told: Mapping[int, Told]
    person_told: Mapping[int, Told]
    notes: Mapping[tuple[int, int, str], str]


def facts_between(before: Chart, after: After, client_id: int) -> Iterator[Wish]:
    """All facts to be written; each holds from the day of the chart on."""
    scribe = _Scribe(before, after, client_id)
    yield from scribe.positions()
    yield from scribe.side_lines()
    yield from scribe.employments()
    yield from scribe.names()
    yield from scribe.contacts()
    yield from scribe.judgements()
    yield from scribe.ties()


class _Scribe:
    """Compares part by part."""

    def __init__(self, before: Chart, after: After, client_id: int) -> None:
        self.before, self.after, self.client_id = before, after, client_id
        self.chart, self.day = after.chart, after.chart.day

    def _of_seat(self, ident: int) -> Evidence | None:
        told = self.after.seat_told.get(ident)
        return told.on(self.day) if told else None

    def _of_person(self, ident: int) -> Evidence | None:
        told = self.after.person_told.get(ident)
        return told.on(self.day) if told else None

    def positions(self) -> Iterator[Wish]:
        """What positions are, and whom they report to."""
        for ident, seat in self.chart.seats.items():
            old = self.before.seats.get(ident)
            evidence = self._of_seat(ident)
            if old is None or says(old) != says(seat):
                values = dict(zip(_SAYS, says(seat), strict=True))
                yield PositionFact, Fact({"position_id": ident}, values, self._on, evidence)
            was = manager_of(self.before, old) if old else None
            if was != seat.manager_id:
                yield SolidLine, self._line(ident, seat.manager_id, evidence)
        for ident in self.before.seats.keys() - self.chart.seats.keys():
            yield PositionFact, Fact({"position_id": ident}, None, self._on)
            yield SolidLine, self._line(ident, None, None)

    @property
    def _on(self) -> Period:
        return since(self.day)

    def _line(self, ident: int, manager: int | None, evidence: Evidence | None) -> Fact:
        values = None if manager is None else {"to_position_id": manager}
        return Fact({"from_position_id": ident}, values, self._on, evidence)

    def side_lines(self) -> Iterator[Wish]:
        """Dotted lines and those of assistants."""
        was = {(x.from_id, x.to_id, x.kind) for x in self.before.lines}
        now = {(x.from_id, x.to_id, x.kind) for x in self.chart.lines}
        for values, keys in ((None, was - now), ({}, now - was)):
            for key in sorted(keys):
                named = dict(zip(SideLine.KEY, key, strict=True))
                evidence = self._of_seat(key[0]) if values is not None else None
                yield SideLine, Fact(named, values, self._on, evidence)

    def employments(self) -> Iterator[Wish]:
        """Who holds which position, or works there without a known one."""
        was, now = _held(self.before), _held(self.chart)
        placed = {person for person, position in now if position is not None}
        for key, holder in was.items():
            if key not in now:
                yield from self._ended(key, holder, _why(key[0], placed, now))
        for key, holder in now.items():
            old = was.get(key)
            if old is None or _how(old) != _how(holder):
                yield from self._begun(key, holder, old)

    def _employment(self, key: tuple[int, int | None]) -> dict[str, object]:
        return {"person_id": key[0], "client_id": self.client_id, "position_id": key[1]}

    def _begun(
        self, key: tuple[int, int | None], holder: Holder, old: Holder | None
    ) -> Iterator[Wish]:
        values = {"main": holder.main, "acting": holder.acting, "end_reason": None}
        start = holder.known.since
        if old is not None and old.known.since == start:
            start = self.day
        elif old is not None and old.known.since < start:
            never = Period(old.known.since, start)
            yield Employment, Fact(self._employment(key), None, never)
        evidence = self._of_person(key[0])
        yield Employment, Fact(self._employment(key), values, since(start), evidence)

    def _ended(self, key: tuple[int, int | None], holder: Holder, why: EndReason) -> Iterator[Wish]:
        # Whoever has a place now is only no longer one whose place nobody knows.
        if key[1] is not None or why is EndReason.LEFT:
            values = {"main": holder.main, "acting": holder.acting, "end_reason": why}
            held = Period(holder.known.since, self.day)
            yield Employment, Fact(self._employment(key), values, held)
        yield Employment, Fact(self._employment(key), None, self._on)

    def names(self) -> Iterator[Wish]:
        """Names of new people; new names, and other forms of them, of known ones."""
        for person, name in self.after.new_names.items():
            yield PersonName, _full_name(person, name, EVER)
        for person, (old, new) in self.after.renamed.items():
            yield PersonName, _form(person, old)
            yield PersonName, _full_name(person, new, self._on)
        for person, form in self.after.forms.items():
            yield PersonName, _form(person, form)

    def contacts(self) -> Iterator[Wish]:
        """Telephones and addresses that were not known."""
        for new in self.after.contacts:
            key = {
                "person_id": new.person_id,
                "client_id": self.client_id,
                "kind": new.kind,
                "folded": new.folded,
            }
            values = {"value": new.value, "standing": new.standing}
            yield PersonContact, Fact(key, values, self._on, self._of_person(new.person_id))

    def judgements(self) -> Iterator[Wish]:
        """Roles, attitude, weight, what drives them."""
        for person, now in self.chart.standings.items():
            was = self.before.standings.get(person, _NOTHING)
            if was is not now:
                yield from self._judged(person, was, now)

    def _judged(self, person: int, was: Standing, now: Standing) -> Iterator[Wish]:
        for role in now.roles:
            if role not in was.roles:
                yield Judgement, self._judgement(person, Aspect.ROLE, role.value, role.value)
        for role in was.roles:
            if role not in now.roles:
                yield Judgement, self._judgement(person, Aspect.ROLE, role.value, None)
        for aspect in (Aspect.ATTITUDE, Aspect.POWER, Aspect.ORIENTATION):
            value = getattr(now, aspect.value)
            if value != getattr(was, aspect.value):
                yield Judgement, self._judgement(person, aspect, "", value and value.value)

    def _judgement(self, person: int, aspect: Aspect, slot: str, value: str | None) -> Fact:
        key = {
            "person_id": person,
            "client_id": self.client_id,
            "deal": "",
            "aspect": aspect,
            "slot": slot,
        }
        values = None if value is None else {"value": value}
        return Fact(key, values, self._on, self._of_person(person))

    def ties(self) -> Iterator[Wish]:
        """Influence lines."""
        was = {(t.from_id, t.to_id, t.kind): t for t in self.before.ties}
        now = {(t.from_id, t.to_id, t.kind): t for t in self.chart.ties}
        for key in was.keys() - now.keys():
            yield Influence, Fact(self._tie_key(was[key]), None, self._on)
        for key, tie in now.items():
            if tie is not was.get(key):
                values = {"strength": tie.strength, "both_ways": tie.both_ways}
                evidence = self._of_person(tie.from_id) or Told(Source.IMPORT, Confidence.SURE).on(
                    self.day
                )
                noted = Evidence(evidence.source, evidence.confidence, self.day, tie.note)
                yield Influence, Fact(self._tie_key(tie), values, self._on, noted)

    def _tie_key(self, tie: Tie) -> dict[str, object]:
        return {
            "from_person_id": tie.from_id,
            "to_person_id": tie.to_id,
            "kind": tie.kind,
            "client_id": self.client_id,
        }


def _held(chart: Chart) -> dict[tuple[int, int | None], Holder]:
    seated: Iterable[tuple[tuple[int, int | None], Holder]] = (
        ((holder.person_id, seat.id), holder)
        for seat in chart.seats.values()
        for holder in seat.holders
    )
    return dict(seated) | {(h.person_id, None): h for h in chart.unplaced}


def _why(person: int, placed: set[int], now: Mapping[tuple[int, int | None], Holder]) -> EndReason:
    if person in placed:
        return EndReason.MOVED_INSIDE
    return EndReason.UNKNOWN if (person, None) in now else EndReason.LEFT


def _how(holder: Holder) -> tuple[bool, bool, date]:
    return holder.main, holder.acting, holder.known.since


def _full_name(person: int, name: str, period: Period) -> Fact:
    key = {"person_id": person, "kind": NameKind.FULL, "slot": ""}
    return Fact(key, {"name": name}, period)


def _form(person: int, name: str) -> Fact:
    key = {"person_id": person, "kind": NameKind.FORM, "slot": fold_title(name)[:250]}
    return Fact(key, {"name": name})
