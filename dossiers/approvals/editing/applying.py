"""Doing one edit of a path that nobody has saved yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from dossiers.approvals.amounts import check_currency
from dossiers.approvals.document import PathDocument, document_from, plain_document, step_from
from dossiers.approvals.editing.shapes import (
    AddStep,
    ChangeStep,
    Edit,
    FillStep,
    JoinSteps,
    MoveStep,
    PartSteps,
    Put,
    RemoveStep,
    SetPath,
)
from dossiers.approvals.forms.step_typed import StepTyping
from dossiers.approvals.forms.steps import StepForm
from dossiers.approvals.forms.year_days import frozen_typed
from dossiers.approvals.paths import edits
from dossiers.approvals.steps import Step
from wiki.errors import Refusal


class Mistyped(Refusal):
    """Fields of a step's form are wrong; `problems` are sentences by the names of fields."""

    def __init__(self, problems: Mapping[str, list[str]]) -> None:
        super().__init__("Mend the fields that are marked; the step is unchanged until then.")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Applied:
    """The path after an edit, and the step that it was about."""

    document: PathDocument
    step: str = ""


def applied(document: PathDocument, edit: Edit, typing: StepTyping) -> Applied:
    """The path after the edit. Raises `Refusal`, and `Mistyped` for fields of a form."""
    done = _done(document, edit, typing)
    # Limits hold for the whole, too: steps may have become too many.
    return replace(done, document=document_from(plain_document(done.document)))


def _done(document: PathDocument, edit: Edit, typing: StepTyping) -> Applied:
    match edit:
        case ChangeStep():
            step = _as_before(document, edit.step)
            return Applied(edits.change_step(document, step), step.code)
        case FillStep():
            return Applied(edits.change_step(document, _filled(document, edit, typing)), edit.code)
        case SetPath():
            currency, frozen = check_currency(edit.currency), frozen_typed(edit.frozen)
            return Applied(edits.set_path(document, currency, frozen))
        case _:
            return _placed(document, edit)


def _placed(
    document: PathDocument, edit: AddStep | RemoveStep | MoveStep | JoinSteps | PartSteps
) -> Applied:
    """The path with other places: steps there, gone, elsewhere, waiting or not."""
    match edit:
        case AddStep():
            step = _new(edit.step)
            return Applied(put_by(edit.put)(document, step), step.code)
        case RemoveStep():
            return Applied(edits.remove_step(document, edit.code))
        case MoveStep():
            return Applied(moved(document, edit.code, edit.put), edit.code)
        case JoinSteps():
            return Applied(edits.join(document, edit.first, edit.second), edit.second)
        case PartSteps():
            return Applied(_parted(document, edit), edit.seconds[0])


def put_by(put: Put) -> edits.Put:
    """How a step is put where it is wanted. Raises `Refusal` when the place is not named."""
    if put.where == "first":
        return edits.add_first
    if put.where == "last":
        return edits.add_last
    if put.where == "between" and put.firsts and put.seconds:
        firsts, seconds = frozenset(put.firsts), frozenset(put.seconds)
        return lambda document, step: edits.add_among(document, firsts, seconds, step)
    if put.where == "between" or not put.step:
        raise Refusal("Say beside, behind or between which steps it goes. Nothing was changed.")
    code, add = put.step, edits.add_after if put.where == "after" else edits.add_beside
    return lambda document, step: add(document, code, step)


def moved(document: PathDocument, code: str, put: Put) -> PathDocument:
    """The path with the step where it is wanted; beside itself it stays where it is."""
    if code in {put.step, *(put.firsts or ()), *(put.seconds or ())}:
        return document
    return edits.move_step(document, code, put_by(put))


def _new(plain: Mapping[str, Any]) -> Step:
    return step_from({**plain, "code": edits.new_code(), "after": []})


def _as_before(document: PathDocument, plain: Mapping[str, Any]) -> Step:
    """The step with what it waited for: places are changed by moving only."""
    step = step_from(plain)
    old = document.by_code.get(step.code)
    return replace(step, after=old.after) if old else step


def _filled(document: PathDocument, edit: FillStep, typing: StepTyping) -> Step:
    old = edits.step_in(document, edit.code)
    typed = MultiDict((name, one) for name, many in edit.values.items() for one in many)
    form = StepForm(typed, meta={"csrf": False})
    form.categories.choices = []
    step = typing.step(form, old)
    if step is None:
        raise Mistyped({name or "": list(map(str, said)) for name, said in form.errors.items()})
    return step


def _parted(document: PathDocument, edit: PartSteps) -> PathDocument:
    for second in edit.seconds:
        for first in edit.firsts:
            document = edits.part(document, first, second)
    return document
