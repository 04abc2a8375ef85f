"""The editor of a path, and the plain forms that do the same without scripts."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from dossiers.approvals.actors import actors_on
from dossiers.approvals.document import plain_step
from dossiers.approvals.drawing.numbering import numbers_of
from dossiers.approvals.editing.applying import Applied
from dossiers.approvals.editing.drawn import drawn
from dossiers.approvals.editing.shapes import (
    AddStep,
    ChangeStep,
    Edit,
    JoinSteps,
    MoveStep,
    PartSteps,
    RemoveStep,
    SetPath,
)
from dossiers.approvals.forms.places import OrderForm, PathForm, PlaceForm, SeenForm
from dossiers.approvals.forms.step_typed import values_of
from dossiers.approvals.forms.steps import StepForm
from dossiers.approvals.forms.year_days import frozen_as_typed
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.paths.edits import new_code
from dossiers.approvals.shown import steps_shown
from dossiers.approvals.steps import Step
from dossiers.approvals.views.blueprint import approvals_room, today
from dossiers.approvals.views.desk import Desk, ask, desk_of, saved, step_of
from dossiers.facts.asking import Moment
from dossiers.people.reading.choices import few_positions
from wiki.accounts.access import needs
from wiki.accounts.rules import Permission
from wiki.database import reading
from wiki.errors import Refusal
from wiki.locale import _
from wiki.pages.categories import tree

_EDIT = "/clients/<int:client_id>/paths/<int:path_id>/edit"
_BOTH = ["GET", "POST"]


@approvals_room.get(_EDIT)
@needs(Permission.EDIT_DOSSIERS)
def edit_path(client_id: int, path_id: int) -> ResponseReturnValue:
    """The path to draw and change; without scripts a list with a form for each deed."""
    return _editor(desk_of(client_id, path_id))


def _editor(desk: Desk) -> str:
    moment = Moment(today())
    form = StepForm(formdata=None)
    named = (ident for step in desk.document.steps for ident in step.condition.categories)
    form.offer(tree(reading()), named)
    path_form = PathForm(formdata=None)
    return render_template(
        "dossiers/approvals/path_edit.html",
        desk=desk,
        client=desk.client,
        path=desk.path,
        form=form,
        path_form=path_form,
        seen=SeenForm(formdata=None, base=str(desk.base)),
        drawn=drawn(reading(), desk.client.id, Applied(desk.document), moment),
        steps=steps_shown(reading(), desk.client.id, desk.document, moment),
    )


@approvals_room.route(f"{_EDIT}/steps/new", methods=_BOTH)
@needs(Permission.EDIT_DOSSIERS)
def add_path_step(client_id: int, path_id: int) -> ResponseReturnValue:
    """A new step; the address may say `where` it goes, and which `step` and `second` it means."""
    form, place = StepForm(), PlaceForm(formdata=request.form or request.args)
    desk = desk_of(client_id, path_id, form)
    place.offer(desk.steps())
    place.where.data = place.where.data or "last"

    def edit() -> Edit | None:
        step = desk.typing().step(form, _blank())
        if step is None or not place.validate():
            return None
        return AddStep(do="add", put=place.put(), step=plain_step(step))

    return _ask_step(desk, form, edit, place=place)


def _blank() -> Step:
    return Step(new_code(), _("New step"), StepKind.SIGN)


@approvals_room.route(f"{_EDIT}/steps/<code>", methods=_BOTH)
@needs(Permission.EDIT_DOSSIERS)
def change_path_step(client_id: int, path_id: int, code: str) -> ResponseReturnValue:
    """Everything that is known of one step."""
    form = StepForm()
    desk = desk_of(client_id, path_id, form)
    step = step_of(desk, code)
    if not form.is_submitted():
        form = _filled(desk, step)

    def edit() -> Edit | None:
        typed = desk.typing().step(form, step)
        return ChangeStep(do="change", step=plain_step(typed)) if typed else None

    return _ask_step(desk, form, edit, step=step, number=numbers_of(desk.document.by_code)[code])


def _ask_step(desk: Desk, form: StepForm, edit: Any, **more: Any) -> ResponseReturnValue:
    form.offer(tree(reading()), _chosen(form))
    positions = few_positions(reading(), desk.client.id, Moment(today()))
    answer: ResponseReturnValue = ask(desk, form, edit, "path_step", positions=positions, **more)
    return answer


def _chosen(form: StepForm) -> list[int]:
    return [int(one) for one in form.categories.data or () if one.isdecimal() and len(one) < 10]


def _filled(desk: Desk, step: Step) -> StepForm:
    named = frozenset(step.positions) | ({step.deputy} if step.deputy else frozenset())
    seats = actors_on(reading(), desk.client.id, named, Moment(today()))
    many = values_of(step, seats, desk.document.currency)
    lists = {name: many.pop(name) for name in ("categories", "nths")}
    form = StepForm(formdata=None, data={n: v[0] for n, v in many.items()} | lists)
    counted = step.meetings.counted_from if step.meetings else None
    form.counted_from.data, form.base.data = counted, str(desk.base)
    return form


@approvals_room.post(f"{_EDIT}/steps/<code>/remove")
@needs(Permission.EDIT_DOSSIERS)
def remove_path_step(client_id: int, path_id: int, code: str) -> ResponseReturnValue:
    """Without that step; what waited for it waits for those before it."""
    form = SeenForm()
    desk = desk_of(client_id, path_id, form)
    if not form.validate():
        raise Refusal("The form was too old. Nothing was changed. Open the page again.")
    step_of(desk, code)
    return saved(desk, RemoveStep(do="remove", code=code))


@approvals_room.route(f"{_EDIT}/steps/<code>/move", methods=_BOTH)
@needs(Permission.EDIT_DOSSIERS)
def move_path_step(client_id: int, path_id: int, code: str) -> ResponseReturnValue:
    """Another place for that step."""
    form = PlaceForm()
    desk = desk_of(client_id, path_id, form)
    step = step_of(desk, code)
    form.offer([one for one in desk.steps() if one[0] != code])
    answer: ResponseReturnValue = ask(
        desk,
        form,
        lambda: MoveStep(do="move", code=code, put=form.put()),
        "path_step_move",
        step=step,
        number=numbers_of(desk.document.by_code)[code],
    )
    return answer


@approvals_room.route(f"{_EDIT}/order", methods=_BOTH)
@needs(Permission.EDIT_DOSSIERS)
def order_path_steps(client_id: int, path_id: int) -> ResponseReturnValue:
    """Let a step wait for another, or no longer."""
    form = OrderForm()
    desk = desk_of(client_id, path_id, form)
    form.offer(desk.steps())

    def edit() -> Edit:
        first, second = form.first.data, form.second.data
        if form.how.data == "join":
            return JoinSteps(do="join", first=first, second=second)
        return PartSteps(do="part", firsts=[first], seconds=[second])

    answer: ResponseReturnValue = ask(desk, form, edit, "path_order")
    return answer


@approvals_room.route(f"{_EDIT}/path", methods=_BOTH)
@needs(Permission.EDIT_DOSSIERS)
def edit_whole_path(client_id: int, path_id: int) -> ResponseReturnValue:
    """What holds for the whole path: currency, days without decisions, since when, why."""
    form = PathForm()
    desk = desk_of(client_id, path_id, form)
    if not form.is_submitted():
        form.currency.data = desk.document.currency
        form.frozen.data = frozen_as_typed(desk.document.frozen)

    def edit() -> Edit:
        return SetPath(do="path", currency=form.currency.data or "", frozen=form.frozen.data or "")

    answer: ResponseReturnValue = ask(desk, form, edit, "path_whole")
    return answer
