"""From the forms of a position's page to the services that do what they ask."""

from collections.abc import Mapping
from dataclasses import replace

from dossiers.facts.models import Change
from dossiers.people.editing import lines, positions
from dossiers.people.editing.employments import (
    Appointment,
    appoint,
    appoint_named,
    end_employment,
    person_of,
    place,
)
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.persons import person_called_under
from dossiers.people.editing.uses import Instead
from dossiers.people.forms.positions import (
    STAYS,
    EndForm,
    HolderForm,
    LineForm,
    ManagerForm,
    NewPositionForm,
    NoLineForm,
    RemoveForm,
    WhatForm,
)
from dossiers.people.forms.said import number_of, typed
from dossiers.people.kinds import EndReason, LineKind, PositionKind
from dossiers.people.models import Person
from dossiers.people.reading.choices import number_in, position_meant
from dossiers.people.rules import choice_in
from dossiers.people.views.deeds import Question
from wiki.errors import Refusal


def position_in(pen: Pen, text: str) -> int | None:
    """The position of the dossier that somebody typed. Raises `Refusal`."""
    return position_meant(pen.session, pen.client.id, pen.day, text)


def person_in(pen: Pen, text: str) -> Person | None:
    """The person whose number stands behind the typed name; `None` when none does."""
    number = number_in(text)
    return person_of(pen, number) if number else None


def _new(form: NewPositionForm, pen: Pen, _ident: int) -> Change:
    manager = position_in(pen, typed(form.manager))
    wanted = positions.Wanted(typed(form.title), typed(form.unit), PositionKind(form.kind.data))
    change, ident = positions.add_position(pen, wanted, manager)
    holder = typed(form.holder).strip()
    if holder:
        person = person_in(pen, holder) or person_called_under(pen, change, holder)
        place(pen, change, person.id, ident, Appointment(acting=form.acting.data))
    return change


def _title(form: WhatForm, pen: Pen, ident: int) -> Change:
    wanted = replace(
        positions.wanted_now(pen, ident),
        title=typed(form.title),
        unit=typed(form.unit),
        kind=PositionKind(form.kind.data),
        code=typed(form.code),
        is_known=form.is_known.data,
    )
    return positions.change_position(pen, ident, wanted)


def _manager(form: ManagerForm, pen: Pen, ident: int) -> Change:
    return positions.move_position(pen, ident, position_in(pen, typed(form.manager)))


def appointment(form: HolderForm) -> Appointment:
    """How somebody holds a position from now on, as the form says."""
    before = form.predecessor.data
    return Appointment(
        not form.additional.data, form.acting.data, None if before == STAYS else EndReason(before)
    )


def _holder(form: HolderForm, pen: Pen, ident: int) -> Change:
    person = person_in(pen, typed(form.holder))
    if person:
        return appoint(pen, ident, person, appointment(form))
    return appoint_named(pen, ident, typed(form.holder), appointment(form))[0]


def _end(form: EndForm, pen: Pen, ident: int) -> Change:
    return end_employment(pen, number_of(form.person), ident, EndReason(form.reason.data))


def _line(form: LineForm, pen: Pen, ident: int) -> Change:
    other = position_in(pen, typed(form.other))
    if other is None:
        raise Refusal("Say which position. Nothing was changed.")
    return lines.draw_line(pen, ident, other, LineKind(form.kind.data))


def _no_line(form: NoLineForm, pen: Pen, _ident: int) -> Change:
    kind = choice_in(LineKind, typed(form.kind))
    return lines.remove_line(pen, number_of(form.start), number_of(form.end), kind)


def _remove(form: RemoveForm, pen: Pen, ident: int) -> Change:
    reports = positions.Reports(form.reports.data)
    return positions.remove_position(pen, ident, reports, _instead(form, pen))


def _instead(form: RemoveForm, pen: Pen) -> Instead | None:
    """What was typed beats the tick; `None` when neither was said."""
    position = position_in(pen, typed(form.instead))
    return Instead(position) if position or form.nobody.data else None


NEW = Question(NewPositionForm, _new)
QUESTIONS: Mapping[str, Question] = {
    "title": Question(WhatForm, _title),
    "manager": Question(ManagerForm, _manager),
    "holder": Question(HolderForm, _holder),
    "end": Question(EndForm, _end),
    "line": Question(LineForm, _line),
    "no-line": Question(NoLineForm, _no_line),
    "remove": Question(RemoveForm, _remove),
}
