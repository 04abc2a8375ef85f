"""The director's list of reasons: everyone reads it, the director changes it."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.deals.closing.models import CloseReason
from dossiers.deals.closing.queries import (
    all_reasons,
    name_of_reason,
    reason_by_id,
    uses_visible_to,
)
from dossiers.deals.closing.reasons import add_reason, archive_reason, change_reason, move_reason
from dossiers.deals.closing.rules import LONGEST_NAME, Named
from dossiers.deals.kinds import DealKind
from dossiers.deals.views.blueprint import deals_room
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _

_AT = "/deals/reasons"


@deals_room.get(_AT)
@needs(Permission.READ)
def reasons() -> str:
    """The reasons for which deals are won and lost, in their order."""
    return _page()


@deals_room.post(_AT)
@needs(Permission.EDIT_REASONS)
def new_reason() -> ResponseReturnValue:
    """Add a reason."""
    return _done(lambda session: add_reason(session, actor(), _typed()), _("The reason was added."))


@deals_room.get(f"{_AT}/<int:reason_id>")
@needs(Permission.EDIT_REASONS)
def reason(reason_id: int) -> str:
    """The form with a reason as it is."""
    return _form(reason_by_id(reading(), reason_id))


@deals_room.post(f"{_AT}/<int:reason_id>")
@needs(Permission.EDIT_REASONS)
def rename(reason_id: int) -> ResponseReturnValue:
    """Call a reason otherwise."""
    reason_by_id(reading(), reason_id)
    return _done(
        lambda session: change_reason(session, actor(), reason_id, _typed()),
        _("The reason was changed; what was said of deals keeps it."),
        reason_id,
    )


@deals_room.post(f"{_AT}/<int:reason_id>/archive")
@needs(Permission.EDIT_REASONS)
def archive(reason_id: int) -> ResponseReturnValue:
    """Offer a reason no longer."""
    said = _("The reason is not offered any more. Deals that have it keep it.")
    return _done(lambda session: archive_reason(session, actor(), reason_id, True), said)


@deals_room.post(f"{_AT}/<int:reason_id>/bring-back")
@needs(Permission.EDIT_REASONS)
def bring_back(reason_id: int) -> ResponseReturnValue:
    """Offer an archived reason again."""
    said = _("The reason is offered again.")
    return _done(lambda session: archive_reason(session, actor(), reason_id, False), said)


@deals_room.post(f"{_AT}/<int:reason_id>/move")
@needs(Permission.EDIT_REASONS)
def move(reason_id: int) -> ResponseReturnValue:
    """Let a reason stand one place earlier or later."""
    step = -1 if request.form.get("to") == "up" else 1
    return _done(lambda session: move_reason(session, actor(), reason_id, step))


def _typed() -> Named:
    form = request.form
    kind = form.get("kind", "")
    return Named(
        form.get("name_ru", "")[: 2 * LONGEST_NAME],
        form.get("name_en", "")[: 2 * LONGEST_NAME],
        DealKind(kind) if kind in (DealKind.WON, DealKind.LOST) else None,
    )


def _done(
    do: Callable[[Session], object], said: str = "", reason_id: int = 0
) -> ResponseReturnValue:
    try:
        with transaction() as session:
            do(session)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        if reason_id:
            return _form(reason_by_id(fresh_reading(), reason_id), _typed(), refusal), 422
        return _page(_typed(), refusal), refusal.status
    if said:
        flash(said, "success")
    return redirect(_AT)


def _page(typed: Named | None = None, problem: Refusal | None = None) -> str:
    listed = all_reasons(reading())
    return render_template(
        "dossiers/deals/reasons.html",
        reasons=[one for one in listed if not one.archived],
        archived=[one for one in listed if one.archived],
        uses=uses_visible_to(reading(), actor()),
        edits=may(actor(), Permission.EDIT_REASONS),
        name_of_reason=name_of_reason,
        typed=typed or Named("", ""),
        problem=problem,
        longest=LONGEST_NAME,
    )


def _form(reason: CloseReason, typed: Named | None = None, problem: Refusal | None = None) -> str:
    return render_template(
        "dossiers/deals/reason.html",
        reason=reason,
        typed=typed or Named(reason.name_ru, reason.name_en, reason.kind),
        problem=problem,
        name_of_reason=name_of_reason,
        longest=LONGEST_NAME,
    )
