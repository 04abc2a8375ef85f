"""The reviews of a dossier in the browser: the list, one of them, the dossier as it was signed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to, dossier_ids
from dossiers.interactions.promises.holders import holders_of
from dossiers.renewals.kinds import ReviewState
from dossiers.renewals.models import Contract, Review
from dossiers.renewals.reviews import wording
from dossiers.renewals.reviews.listing import names_of
from dossiers.renewals.reviews.looking import Look, look_of
from dossiers.renewals.reviews.queries import (
    earlier_follow_ups,
    follow_ups_of,
    remarks_of,
    review_in,
    reviews_of,
)
from dossiers.renewals.reviews.sealing import digest_of, is_intact
from dossiers.renewals.reviews.services import open_review, verdicts_of
from dossiers.renewals.reviews.telling import told_changes, told_section
from dossiers.renewals.snapshot.shape import SECTIONS
from dossiers.renewals.views.blueprint import renewals_room, today
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing, Refusal
from wiki.pages.forms import number_in_address, whole_number

_AT = "/clients/<int:client_id>/reviews"
_LINES = 200


class Room(NamedTuple):
    """A client and one of its reviews, for a reader who may see them."""

    client: Client
    review: Review


def room_of(session: Session, client_id: int, review_id: int) -> Room:
    """Raises `Missing` for absent and unseen alike."""
    client = client_visible_to(session, actor(), client_id)
    return Room(client, review_in(session, actor(), client_id, review_id))


@renewals_room.get(_AT)
@needs(Permission.READ)
def reviews(client_id: int) -> ResponseReturnValue:
    """The reviews of a dossier, the newest first."""
    client = client_visible_to(reading(), actor(), client_id)
    rows = reviews_of(reading(), actor(), client_id)
    return render_template(
        "dossiers/renewals/reviews/list.html",
        client=client,
        rows=rows,
        names=names_of(reading(), [one.signed_by or one.opened_by for one in rows]),
        contracts=_contracts(reading(), client_id) if actor().is_director else [],
        chosen=request.args.get("contract", type=number_in_address),
        may_review=actor().is_director and client.merged_into_id is None,
        has_open=any(one.state is ReviewState.OPEN for one in rows),
        words=wording,
    )


def _contracts(session: Session, client_id: int) -> Sequence[Contract]:
    wanted = select(Contract).where(
        Contract.client_id.in_(dossier_ids(client_id)), Contract.archived.is_(False)
    )
    return session.scalars(wanted.order_by(Contract.ends_on.desc(), Contract.id).limit(200)).all()


@renewals_room.post(_AT)
@needs(Permission.REVIEW_DOSSIERS)
def begin_review(client_id: int) -> ResponseReturnValue:
    """Open a review, or go on in the one that is open."""
    client_visible_to(reading(), actor(), client_id)
    contract = whole_number(request.form.get("contract", "")) or None
    with transaction() as session:
        review = open_review(session, actor(), client_id, contract)
        address = f"/clients/{client_id}/reviews/{review.id}"
    return redirect(address)


@renewals_room.get(f"{_AT}/<int:review_id>")
@needs(Permission.READ)
def review(client_id: int, review_id: int) -> ResponseReturnValue:
    """What changed, what the checks saw, what was said and wanted; signed or to be signed."""
    room_of(reading(), client_id, review_id)
    with transaction() as session:
        note_look(session, actor(), client_id, "review")
    return review_page(client_id, review_id)


def review_page(
    client_id: int, review_id: int, typed: Mapping[str, str] | None = None,
    refusal: Refusal | None = None,
) -> ResponseReturnValue:  # fmt: skip
    """The page of a review; with what was typed and why it was refused."""
    session = fresh_reading()
    room = room_of(session, client_id, review_id)
    look = look_of(session, client_id, room.review, today())
    page = render_template(
        "dossiers/renewals/reviews/review.html",
        **_shown(session, room, look),
        typed=typed or {},
        refusal=refusal,
        asked=(typed or {}).get("line") or request.args.get("line", "")[:120],
    )
    return page, refusal.status if refusal else 200


def _shown(session: Session, room: Room, look: Look) -> dict[str, Any]:
    client, row = room
    remarks, given = remarks_of(session, row.id), follow_ups_of(session, row.id)
    earlier = earlier_follow_ups(session, row, client.id)
    writable = row.state is ReviewState.OPEN and actor().is_director
    people = [*(one.by for one in remarks), *(one.user_id for one in (*given, *earlier))]
    people += [row.opened_by, row.signed_by, look.since.signed_by if look.since else None]
    return {
        "client": client,
        "review": row,
        "look": look,
        "sections": told_changes(look),
        "remarks": remarks,
        "given": given,
        "earlier": earlier,
        "names": names_of(session, people),
        "contract": session.get(Contract, row.contract_id) if row.contract_id else None,
        "writable": writable,
        "colleagues": holders_of(session, client) if writable else [],
        "read": digest_of(look.after) if writable else "",
        "intact": row.state is ReviewState.SIGNED and is_intact(session, row),
        "verdicts": verdicts_of(session, row, today()),
        "today": today(),
        "words": wording,
    }


@renewals_room.get(f"{_AT}/<int:review_id>/dossier")
@needs(Permission.READ)
def reviewed_dossier(client_id: int, review_id: int) -> ResponseReturnValue:
    """The dossier as it was when a review was signed, section by section."""
    client, row = room_of(reading(), client_id, review_id)
    section = request.args.get("section", SECTIONS[0])
    if row.state is not ReviewState.SIGNED or section not in SECTIONS:
        raise Missing()
    page = max(1, request.args.get("page", 1, type=number_in_address))
    return render_template(
        "dossiers/renewals/reviews/dossier.html",
        client=client,
        review=row,
        told=told_section(row.snapshot, section, (page - 1) * _LINES, _LINES),
        counts={code: len(row.snapshot.get(code, {})) for code in SECTIONS},
        page=page,
        has_more=len(row.snapshot.get(section, {})) > page * _LINES,
        words=wording,
    )
