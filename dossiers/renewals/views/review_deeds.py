"""What a director does in an open review: remarks, follow-ups, signing, leaving it."""

from collections.abc import Callable, Mapping

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.facts.models import Change
from dossiers.people.views.deeds import tell_done
from dossiers.renewals.kinds import Verdict
from dossiers.renewals.reviews.services import (
    Signature,
    Task,
    drop_review,
    give_follow_up,
    remark,
    sign_review,
    withdraw_remark,
)
from dossiers.renewals.views.blueprint import renewals_room
from dossiers.renewals.views.reviews import review_page, room_of
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _
from wiki.pages.facts import as_date
from wiki.pages.forms import whole_number

_AT = "/clients/<int:client_id>/reviews/<int:review_id>"


def _do(
    client_id: int, review_id: int, deed: Callable[[Session], Change], anchor: str
) -> ResponseReturnValue:
    """Do a deed and go back to its place; refused, the page comes with what was typed."""
    room_of(reading(), client_id, review_id)
    here = f"/clients/{client_id}/reviews/{review_id}"
    try:
        with transaction() as session:
            change = deed(session)
            tell_done(change, client_id, here)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return review_page(client_id, review_id, _typed(), refusal)
    return redirect(f"{here}#{anchor}")


def _typed() -> Mapping[str, str]:
    return request.form.to_dict()


@renewals_room.post(f"{_AT}/remarks")
@needs(Permission.REVIEW_DOSSIERS)
def add_remark(client_id: int, review_id: int) -> ResponseReturnValue:
    """Write something beside a line."""
    line, said = request.form.get("line", ""), request.form.get("words", "")
    return _do(
        client_id, review_id,
        lambda session: remark(session, actor(), client_id, review_id, line, said),
        f"line-{line}",
    )  # fmt: skip


@renewals_room.post(f"{_AT}/remarks/<int:remark_id>/withdraw")
@needs(Permission.REVIEW_DOSSIERS)
def take_remark_out(client_id: int, review_id: int, remark_id: int) -> ResponseReturnValue:
    """Take a remark out of the review."""
    return _do(
        client_id, review_id,
        lambda session: withdraw_remark(session, actor(), client_id, review_id, remark_id),
        "changes",
    )  # fmt: skip


@renewals_room.post(f"{_AT}/follow-ups")
@needs(Permission.REVIEW_DOSSIERS)
def add_follow_up(client_id: int, review_id: int) -> ResponseReturnValue:
    """Give a colleague something to do until a day."""
    form = request.form
    user_id = whole_number(form.get("user", "")) or 0
    task = Task(form.get("what", ""), user_id, as_date(form.get("due", "")[:10]))
    return _do(
        client_id, review_id,
        lambda session: give_follow_up(session, actor(), client_id, review_id, task),
        "follow-ups",
    )  # fmt: skip


@renewals_room.post(f"{_AT}/drop")
@needs(Permission.REVIEW_DOSSIERS)
def leave_review(client_id: int, review_id: int) -> ResponseReturnValue:
    """Leave the review unsigned."""
    return _do(
        client_id, review_id,
        lambda session: drop_review(session, actor(), client_id, review_id),
        "",
    )  # fmt: skip


@renewals_room.post(f"{_AT}/sign")
@needs(Permission.REVIEW_DOSSIERS)
def sign(client_id: int, review_id: int) -> ResponseReturnValue:
    """Sign the review; what it looked at is kept for good."""
    room_of(reading(), client_id, review_id)
    form = request.form
    verdict = form.get("verdict", "")
    chosen = Verdict(verdict) if verdict in list(Verdict) else None
    signed = Signature(chosen, form.get("words", ""), form.get("read", ""))
    try:
        with transaction() as session:
            sign_review(session, actor(), client_id, review_id, signed)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return review_page(client_id, review_id, _typed(), refusal)
    flash(_("The review is signed. It never changes, whatever becomes of the dossier."), "success")
    return redirect(f"/clients/{client_id}/reviews/{review_id}")
