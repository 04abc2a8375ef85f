"""The pages of the answer: who must sign for a purchase, and by when."""

from collections.abc import Sequence

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.approvals.answers import wording
from dossiers.approvals.answers.answer import Answer
from dossiers.approvals.answers.asking import Asking, asking_of
from dossiers.approvals.answers.queries import answer_for
from dossiers.approvals.forms.purchase import PurchaseTyped, purchase_in
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.paths.queries import (
    Version,
    has_newer_draft,
    path_in,
    paths_of,
    version_in_force,
)
from dossiers.approvals.shown import category_names
from dossiers.approvals.views.blueprint import Room, approvals_room, room_of, today
from dossiers.clients.deeds import note_redraw
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import Moment
from wiki.accounts.access import actor
from wiki.database import reading, transaction
from wiki.errors import Refusal
from wiki.locale import language
from wiki.pages.categories import tree
from wiki.pages.forms import whole_number
from wiki.rendering.titles import fold_title


@approvals_room.get("/clients/<int:client_id>/paths/<int:path_id>/answer")
def answer(client_id: int, path_id: int) -> ResponseReturnValue:
    """Who must sign for the purchase that stands in the address, and by when."""
    room = room_of(client_id, path_id)
    typed = purchase_in(request.args)
    version = version_in_force(reading(), path_id, typed.begins(today()) or today())
    with transaction() as session:
        note_redraw(session, actor(), client_id, "answer")
    found, refusal = _answered(room, version, typed)
    return _page(room, version, typed, found, refusal), 200 if found else 422


def _answered(
    room: Room, version: Version, typed: PurchaseTyped
) -> tuple[Answer | None, Refusal | None]:
    """The answer, or what stands against it; neither when the form has something to mend."""
    document = version.document
    question = typed.question(document.currency, tree(reading()), today())
    if question is None:
        return None, None
    try:
        return answer_for(reading(), room.client, document, question, Moment(today())), None
    except Refusal as refusal:
        return None, refusal


def _page(
    room: Room,
    version: Version,
    typed: PurchaseTyped,
    found: Answer | None,
    refusal: Refusal | None,
) -> str:
    return render_template(
        "dossiers/approvals/answer.html",
        client=room.client,
        path=room.path,
        version=version,
        has_newer_draft=has_newer_draft(reading(), room.path, version),
        typed=typed,
        asking=_asking(version, typed),
        answer=found,
        refusal=refusal,
        categories=category_names(reading(), [version.document]),
        words=wording,
        today=today(),
        editable=may_edit(actor(), room.client.team_id) and not room.path.archived,
    )


def _asking(version: Version, typed: PurchaseTyped) -> Asking:
    names = {i: shelf.name(language()) for i, shelf in tree(reading()).shelves.items()}
    return asking_of(version.document, typed.categories, typed.tags, names)


@approvals_room.get("/clients/<int:client_id>/answer")
def choose_path(client_id: int) -> ResponseReturnValue:
    """Choose by which path; one that is chosen, or the only one, answers at once."""
    client = client_visible_to(reading(), actor(), client_id)
    paths = paths_of(reading(), client_id)
    typed = purchase_in(request.args)
    chosen = _chosen(client_id, paths)
    if chosen is not None:
        query = typed.query()
        address = f"/clients/{client_id}/paths/{chosen.id}/answer"
        return redirect(f"{address}?{query}" if query else address)
    return render_template(
        "dossiers/approvals/answer_choose.html",
        client=client,
        paths=paths,
        typed=typed,
        subject=request.args.get("subject", ""),
        editable=may_edit(actor(), client.team_id),
    )


def _chosen(client_id: int, paths: Sequence[ApprovalPath]) -> ApprovalPath | None:
    """The path of that number or subject, or the only one. Raises `Missing` for a wrong number."""
    number = whole_number(request.args.get("path", ""))
    if number:
        return path_in(reading(), client_id, number)
    subject = fold_title(request.args.get("subject", ""))
    if subject:
        return next((path for path in paths if path.subject_folded == subject), None)
    return paths[0] if len(paths) == 1 else None
