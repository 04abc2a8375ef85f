"""The programs' door to the queue: what waits, what was decided, and deciding."""

from typing import Any

from flask import jsonify
from spectree import Response
from sqlalchemy.orm import Session

from dossiers.deals.api_queue_shapes import (
    DecidedOut,
    DecisionIn,
    QueueOut,
    QueueQuery,
    WhoseIn,
    WhoseOut,
)
from dossiers.deals.matching.creating import decide_new_client
from dossiers.deals.matching.deciding import NOBODY, WAITS, Decision, decide, is_one_of_ours
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.moving import Held
from dossiers.deals.matching.queue import Line, decided_visible_to, queue_visible_to
from dossiers.deals.matching.rows import row_visible_to
from dossiers.deals.matching.suggesting import Suggestion
from dossiers.deals.matching.undoing import take_back
from dossiers.deals.models import Deal
from dossiers.deals.pinning import pin_deal, unpin_deal
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal

_TAGS = ("deals",)
_DECIDED = Response(
    HTTP_200=DecidedOut, HTTP_403=Failure, HTTP_404=Failure, HTTP_409=Failure, HTTP_422=Failure
)


@api.get("/deals/queue")
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(query=QueueQuery, resp=Response(HTTP_200=QueueOut, HTTP_422=Failure), tags=_TAGS)
def list_queue(query: QueueQuery) -> Answer:
    """Companies, products or sellers that wait, with suggestions; or those that are decided."""
    if query.state == "decided":
        part = decided_visible_to(reading(), actor(), query.of, query.page, query.text)
    else:
        part = queue_visible_to(reading(), actor(), query.of, query.page)
    return jsonify(
        lines=[_line(line) for line in part.lines],
        page=part.number,
        pages=part.count,
        total=part.total,
    )


@api.post("/deals/queue/<kind>/<int:ident>")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=DecisionIn, resp=_DECIDED, tags=_TAGS)
def decide_match(kind: str, ident: int, json: DecisionIn) -> Answer:
    """Say which client, page or colleague it is; or none; or that it waits again."""
    of = _kind(kind)
    with transaction() as session:
        row_visible_to(session, actor(), of, ident)
        return jsonify(_decision(_decide(session, of, ident, json)))


@api.post("/deals/queue/<kind>/<int:ident>/back")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(resp=_DECIDED, tags=_TAGS)
def take_match_back(kind: str, ident: int) -> Answer:
    """Take the newest decision back; twice is to decide so again."""
    with transaction() as session:
        return jsonify(_decision(take_back(session, actor(), _kind(kind), ident)))


@api.post("/deals/<int:deal_id>/client")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    json=WhoseIn,
    resp=Response(HTTP_200=WhoseOut, HTTP_403=Failure, HTTP_404=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def set_client(deal_id: int, json: WhoseIn) -> Answer:
    """Give this deal alone to a client, whatever its company is, or no longer."""
    with transaction() as session:
        if json.client is None:
            change = unpin_deal(session, actor(), deal_id)
        else:
            change = pin_deal(session, actor(), deal_id, json.client)
        deal = session.get_one(Deal, deal_id)
        return jsonify(
            id=deal.id,
            client=deal.client_id,
            pinned=deal.pinned,
            change=change.id if change else None,
        )


def _decide(session: Session, kind: Kind, ident: int, json: DecisionIn) -> Decision:
    said = [json.target is not None, json.nobody, json.new_client, json.waits]
    if sum(said) != 1:
        raise Refusal(
            "Just one of target, nobody, new_client and waits must be said. Nothing was changed."
        )
    seen = WAITS if json.only_if_waiting else None
    if json.new_client:
        if kind is not Kind.COMPANY:
            raise Refusal("Only a company can become a new client. Nothing was changed.")
        return decide_new_client(session, actor(), ident, seen)
    held: Held = NOBODY if json.nobody else WAITS
    if json.target is not None:
        held = is_one_of_ours(json.target)
    return decide(session, actor(), kind, ident, held, seen)


def _kind(said: str) -> Kind:
    if said not in list(Kind):
        raise Missing()
    return Kind(said)


def _line(line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "name": line.name,
        "source": line.source,
        "details": list(line.details),
        "deals": line.deals,
        "amounts": [{"currency": s.currency, "amount": f"{s.amount:f}"} for s in line.sums],
        "newest": line.newest.id if line.newest else None,
        "target": line.held.target,
        "target_name": line.target_name or None,
        "nobody": line.held.is_nobody,
        "matched": line.held.matched.value if line.held.matched else None,
        "decided_at": line.decided_at.isoformat() if line.decided_at else None,
        "decided_by": line.decided_by or None,
        "suggestions": [_suggestion(one) for one in line.suggestions],
    }


def _suggestion(one: Suggestion) -> dict[str, Any]:
    return {
        "target": one.ident,
        "name": one.name,
        "whys": [why.value for why in one.whys],
        "exact": one.is_exact,
        "apart": one.is_apart,
        "may_decide": one.may_decide,
    }


def _decision(made: Decision) -> dict[str, Any]:
    return {
        "id": made.ident,
        "name": made.name,
        "target": made.held.target,
        "nobody": made.held.is_nobody,
        "deals": made.deals,
        "others": made.others,
        "change": made.change.id if made.change else None,
    }
