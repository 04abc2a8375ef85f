"""A path on paper for our own eyes: who acts on the day, what is needed, how long it takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.condition_words import (
    condition_words,
    duration_words,
    frozen_words,
    meetings_words,
    money_words,
    signers_words,
)
from dossiers.approvals.document import PathDocument
from dossiers.approvals.drawing.drawing import drawing_of
from dossiers.approvals.drawing.nearness import nearness_of
from dossiers.approvals.exports.bpmn import Terms
from dossiers.approvals.exports.for_client import terms_of
from dossiers.approvals.exports.paper import Cell, Line, Look, Paper, Row, cell
from dossiers.approvals.exports.tasks import Task, TaskKind, apart_from, kind_of
from dossiers.approvals.kinds import Right
from dossiers.approvals.paths.standing import Confirmed
from dossiers.approvals.shown import StepShown
from dossiers.approvals.steps import Step
from dossiers.approvals.wording import RIGHTS, STEP_KINDS
from dossiers.facts.wording import CONFIDENCES, SOURCES
from wiki.locale import _, language
from wiki.templating import day, when


@dataclass(frozen=True, slots=True)
class Printed:
    """All that a paper of ours tells: the path, its version and status, who reads it and when."""

    client: str
    subject: str
    number: int
    valid_from: date
    confirmed: Confirmed | None
    document: PathDocument
    steps: Sequence[StepShown]
    category_names: Mapping[int, str]
    on: date
    reader: str
    at: datetime


def own_paper(path: Printed) -> Paper:
    """The path as a paper for ourselves."""
    seats = {seat.id: seat for one in path.steps for seat in (*one.seats, one.deputy) if seat}
    return Paper(
        language=language(),
        client=path.client,
        subject=_("Approval path: %(subject)s", subject=path.subject),
        facts=_facts(path),
        lead="",
        drawing=drawing_of(path.document, seats, path.category_names),
        headers=(_("Step"), _("Who acts"), _("Documents, what we bring"), _("Usually")),
        widths=(32, 30, 32, 17),
        rows=tuple(Row(one.number, _cells(one, path)) for one in path.steps),
        empty=_("This path has no steps yet."),
        foot=_("Printed by %(name)s, %(moment)s", name=path.reader, moment=when(path.at)),
    )


def _facts(path: Printed) -> tuple[tuple[str, str], ...]:
    found = [
        (_("Version"), _("%(number)d, valid from %(day)s", number=path.number,
           day=day(path.valid_from))),
        (_("Status"), status_words(path.confirmed)),
        (_("Who acts"), _("as of %(day)s", day=day(path.on))),
    ]  # fmt: skip
    frozen = frozen_words(path.document.frozen)
    if frozen:
        found.append((_("Nothing is decided"), frozen))
    return tuple(found)


def status_words(confirmed: Confirmed | None) -> str:
    """Draft, or who confirmed it and when."""
    if confirmed is None:
        return _("draft, nobody at the client has confirmed it")
    on = day(confirmed.on)
    if not confirmed.name:
        return _("confirmed on %(day)s", day=on)
    return _("confirmed on %(day)s by %(name)s", day=on, name=confirmed.name)


def _cells(shown: StepShown, path: Printed) -> tuple[Cell, ...]:
    step = shown.step
    condition = condition_words(step.condition, path.category_names)
    what = cell(
        Line(step.title, Look.STRONG),
        Line(_kind_and_right(step), Look.SOFT),
        _("Only when: %(condition)s", condition=condition) if condition else "",
        Line(_after(shown), Look.SOFT),
    )
    brought = cell(*step.documents, Line(_bring(step), Look.SOFT))
    return what, cell(*_who(shown, path)), brought, cell(*_how_long(step))


def _kind_and_right(step: Step) -> str:
    return f"{STEP_KINDS[step.kind]} · {RIGHTS[step.right]}"


def _after(shown: StepShown) -> str:
    numbers = sorted(shown.after, key=lambda number: (len(number), number))
    return _("after %(numbers)s", numbers=", ".join(numbers)) if numbers else ""


def _bring(step: Step) -> str:
    return _("We bring: %(what)s", what=step.bring) if step.bring else ""


def _how_long(step: Step) -> Iterator[Line]:
    yield Line(duration_words(step.duration))
    yield Line(meetings_words(step.meetings), Look.SOFT)
    frozen = frozen_words(step.frozen)
    if frozen:
        yield Line(_("not %(days)s", days=frozen), Look.SOFT)


def _who(shown: StepShown, path: Printed) -> Iterator[Line]:
    yield Line(signers_words(shown.step), Look.STRONG)
    for seat in shown.seats:
        yield Line(seat.title)
        yield _holder(seat)
    if not shown.seats:
        yield Line(_("not known who acts"), Look.WARN)
    if shown.deputy:
        yield Line(_("deputy: %(who)s", who=_named(shown.deputy)), Look.SOFT)
    if shown.step.limit is not None:
        limit = money_words(shown.step.limit, path.document.currency)
        yield Line(_("may sign up to %(amount)s", amount=limit), Look.SOFT)


def _holder(seat: ActorSeat) -> Line:
    if seat.is_gone:
        return Line(_("position is gone"), Look.WARN)
    if seat.holders:
        return Line(", ".join(_names(seat)), Look.SOFT)
    return Line(_("vacant") if seat.is_vacant else _("not known who"), Look.WARN)


def _names(seat: ActorSeat) -> Iterator[str]:
    for holder in seat.holders:
        yield f"{holder.name} ({_('acting')})" if holder.acting else holder.name


def _named(seat: ActorSeat) -> str:
    return ", ".join(filter(None, (seat.title, *_names(seat))))


def own_tasks(path: Printed) -> list[Task]:
    """The path as tasks of BPMN, with all we know of it in their notes."""
    numbers = {one.step.code: one.number for one in path.steps}
    plain = [one.step for one in path.steps]
    after = nearness_of({step.code: step for step in plain}).after
    return [
        Task(
            number=one.number,
            title=one.step.title,
            lane=_lane(one.seats),
            kind=TaskKind.SEND if one.step.right is Right.INFORMED else kind_of(one.step),
            after=frozenset(numbers[code] for code in after[one.step.code]),
            condition=condition_words(one.step.condition, path.category_names),
            apart=apart_from(one.step, plain, numbers),
            notes=tuple(_notes(one, path)),
        )
        for one in path.steps
    ]


def _lane(seats: Sequence[ActorSeat]) -> str:
    """The positions, or their unit when it is one and the same."""
    units = {seat.unit for seat in seats}
    if len(seats) > 1 and len(units) == 1 and "" not in units:
        return units.pop()
    return ", ".join(dict.fromkeys(seat.title for seat in seats if seat.title))


def _notes(shown: StepShown, path: Printed) -> Iterator[str]:
    for lines in _cells(shown, path):
        yield from (line.text for line in lines if line.text != shown.step.title)
    known = f"{SOURCES[shown.step.source]}, {CONFIDENCES[shown.step.confidence]}"
    yield _("Known from: %(source)s", source=known)
    yield shown.step.evidence
    yield shown.step.note


def own_terms(path: Printed) -> Terms:
    """The words of the BPMN file."""
    status = status_words(path.confirmed)
    note = _("Version %(number)d: %(status)s", number=path.number, status=status)
    return terms_of(path.client, path.subject, note)
