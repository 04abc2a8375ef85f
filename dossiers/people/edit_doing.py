"""From the shape of an edit to the service that does it."""

from dataclasses import dataclass, replace
from functools import singledispatch

from dossiers.facts.models import Change
from dossiers.people import edit_shapes as shapes
from dossiers.people.editing import employments, judging, lines, persons, positions
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.uses import Instead
from dossiers.people.kinds import EndReason
from dossiers.people.models import Person
from wiki.errors import Refusal


@dataclass(frozen=True)
class Done:
    """The change that an edit made, and the position or person that is new or was meant.

    An edit is one change, so it is taken back as one.
    """

    change: Change
    position: int | None = None
    person: int | None = None


@singledispatch
def do_edit(edit: object, _pen: Pen) -> Done:
    """Do the edit with the pen. Raises whatever the service of its kind raises."""
    raise TypeError(f"no edit: {edit!r}")


@do_edit.register
def _(edit: shapes.AddPosition, pen: Pen) -> Done:
    wanted = positions.Wanted(edit.title, edit.unit, edit.position_kind, is_known=edit.is_known)
    change, position_id = positions.add_position(pen, wanted, edit.manager)
    if edit.person is None and not edit.name.strip():
        return Done(change, position_id)
    person = _person(pen, edit.person, edit.name, change)
    how = employments.Appointment(acting=edit.acting)
    employments.place(pen, change, person.id, position_id, how)
    return Done(change, position_id, person.id)


@do_edit.register
def _(edit: shapes.ChangePosition, pen: Pen) -> Done:
    said = edit.model_dump(include={"title", "unit", "code", "is_known"}, exclude_none=True)
    if edit.position_kind is not None:
        said["kind"] = edit.position_kind
    wanted = replace(positions.wanted_now(pen, edit.position), **said)
    return Done(positions.change_position(pen, edit.position, wanted), edit.position)


@do_edit.register
def _(edit: shapes.MovePosition, pen: Pen) -> Done:
    return Done(positions.move_position(pen, edit.position, edit.manager), edit.position)


@do_edit.register
def _(edit: shapes.OrderPosition, pen: Pen) -> Done:
    return Done(positions.order_position(pen, edit.position, edit.rank), edit.position)


@do_edit.register
def _(edit: shapes.RemovePosition, pen: Pen) -> Done:
    instead = None if edit.instead is None else Instead(_number(edit.instead))
    return Done(positions.remove_position(pen, edit.position, edit.reports, instead))


def _number(instead: int | str) -> int | None:
    return instead if isinstance(instead, int) else None


@do_edit.register
def _(edit: shapes.DrawLine, pen: Pen) -> Done:
    return Done(lines.draw_line(pen, edit.from_, edit.to, edit.line), edit.from_)


@do_edit.register
def _(edit: shapes.RemoveLine, pen: Pen) -> Done:
    return Done(lines.remove_line(pen, edit.from_, edit.to, edit.line), edit.from_)


@do_edit.register
def _(edit: shapes.Appoint, pen: Pen) -> Done:
    predecessor = None if edit.predecessor == "stays" else EndReason(edit.predecessor)
    how = employments.Appointment(edit.main, edit.acting, predecessor)
    if edit.person is None:
        change, person = employments.appoint_named(pen, edit.position, edit.name, how)
        return Done(change, edit.position, person.id)
    person = employments.person_of(pen, edit.person)
    return Done(employments.appoint(pen, edit.position, person, how), edit.position, person.id)


@do_edit.register
def _(edit: shapes.EndEmployment, pen: Pen) -> Done:
    if edit.position is None:
        change = employments.leave_client(pen, edit.person, edit.reason)
    else:
        change = employments.end_employment(pen, edit.person, edit.position, edit.reason)
    return Done(change, edit.position, edit.person)


@do_edit.register
def _(edit: shapes.Judge, pen: Pen) -> Done:
    change = judging.judge(pen, edit.person, edit.aspect, edit.value, edit.deal)
    return Done(change, person=edit.person)


@do_edit.register
def _(edit: shapes.Unjudge, pen: Pen) -> Done:
    change = judging.withdraw_judgement(pen, edit.person, edit.aspect, edit.value, edit.deal)
    return Done(change, person=edit.person)


@do_edit.register
def _(edit: shapes.DrawTie, pen: Pen) -> Done:
    wanted = judging.Tie(edit.from_, edit.to, edit.influence, edit.strength, edit.both_ways)
    return Done(judging.tie(pen, wanted), person=edit.from_)


@do_edit.register
def _(edit: shapes.RemoveTie, pen: Pen) -> Done:
    wanted = judging.Tie(edit.from_, edit.to, edit.influence)
    return Done(judging.untie(pen, wanted), person=edit.from_)


@do_edit.register
def _(edit: shapes.Acquaint, pen: Pen) -> Done:
    how = judging.Acquainted(edit.coverage, edit.level, edit.wanted, edit.wanted_by, edit.evidence)
    return Done(judging.acquaint(pen, edit.user, edit.person, how), person=edit.person)


def _person(pen: Pen, person_id: int | None, name: str, change: Change) -> Person:
    if person_id is not None:
        return employments.person_of(pen, person_id)
    if not name.strip():
        raise Refusal("Say who holds the position. Nothing was changed.")
    return persons.person_called_under(pen, change, name)
