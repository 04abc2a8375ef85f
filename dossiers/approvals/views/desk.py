"""What the plain pages of editing share: the path that somebody has before them, and saving it."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from dossiers.approvals.document import PathDocument
from dossiers.approvals.drawing.numbering import in_shown_order, numbers_of
from dossiers.approvals.editing.applying import Mistyped, applied
from dossiers.approvals.editing.shapes import Edit
from dossiers.approvals.forms.places import Steps
from dossiers.approvals.forms.step_typed import StepTyping
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import version_numbered
from dossiers.approvals.paths.services import Draft, save_version
from dossiers.approvals.views.blueprint import room_of, today
from dossiers.clients.models import Client
from dossiers.clients.rules import check_may_edit
from dossiers.people.forms.said import number_of
from dossiers.people.rules import check_day
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import say


class Desk(NamedTuple):
    """The version of a path that somebody edits, and its number."""

    client: Client
    path: ApprovalPath
    document: PathDocument
    base: int

    @property
    def address(self) -> str:
        """Where the path is edited."""
        return f"/clients/{self.client.id}/paths/{self.path.id}/edit"

    def steps(self) -> Steps:
        """Code and name of each step, in the order in which they are shown."""
        steps = self.document.by_code
        numbers = numbers_of(steps)
        return [(step.code, f"{numbers[step.code]} {step.title}") for step in in_shown_order(steps)]

    def typing(self) -> StepTyping:
        """Reads what is typed about a step."""
        document = self.document
        return StepTyping(
            reading(), self.client.id, today(), document.currency, document.positions()
        )


def desk_of(client_id: int, path_id: int, form: Any = None) -> Desk:
    """The path as the reader of the form had it, else as it is now.

    Raises `Missing` for absent and unseen, `Forbidden` for those who may only read.
    """
    room = room_of(client_id, path_id)
    check_may_edit(actor(), room.client.team_id)
    seen = number_of(form.base) if form is not None else 0
    number = seen if 0 < seen <= room.path.newest else room.path.newest
    document = version_numbered(reading(), path_id, number).document
    if form is not None:
        form.base.data = str(number)
    return Desk(room.client, room.path, document, number)


def step_of(desk: Desk, code: str) -> Any:
    """A step of the path. Raises `Missing`."""
    found = desk.document.by_code.get(code)
    if found is None:
        raise Missing()
    return found


def ask(desk: Desk, form: Any, edit: Callable[[], Edit | None], page: str, **more: Any) -> Any:
    """The page of a form, or, when it was sent, the edit saved as a new version."""
    if not form.is_submitted():
        return show(desk, form, page, **more)
    try:
        asked = edit() if form.validate() else None
        if asked is not None:
            return saved(desk, asked, **_whole(form))
    except Mistyped as refusal:
        form.form_errors.append(say(refusal))
    except Refusal as refusal:
        form.form_errors.append(say(refusal))
        return show(desk, form, page, **more), refusal.status
    return show(desk, form, page, **more), 422


def _whole(form: Any) -> dict[str, Any]:
    """What a form of the whole path says of the version."""
    if "why" not in form:
        return {}
    return {"valid_from": form.valid_from.data, "why": form.why.data or ""}


def show(desk: Desk, form: Any, page: str, **more: Any) -> str:
    """The page of a form about the path or one of its steps."""
    template = f"dossiers/approvals/{page}.html"
    return render_template(
        template, desk=desk, client=desk.client, path=desk.path, form=form, **more
    )


def saved(
    desk: Desk, edit: Edit, valid_from: date | None = None, why: str = ""
) -> ResponseReturnValue:
    """Save the edited path as a new version and go back to the editor."""
    check_day(valid_from or today(), today())
    document = applied(desk.document, edit, desk.typing()).document
    draft = Draft(document, desk.base, valid_from, why)
    with transaction() as session:
        kept = save_version(session, actor(), desk.client.id, desk.path.id, draft)
    tell_done(kept.change, desk.client.id, desk.address)
    return redirect(desk.address)
