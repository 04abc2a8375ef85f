"""The programs' door to deals: push one or many, list, read."""

from typing import Any

from flask import jsonify, request
from spectree import Response
from sqlalchemy import ColumnElement

from dossiers.clients.deeds import note_look
from dossiers.deals.api_answers import deals_after, line_json, whole_json
from dossiers.deals.api_shapes import (
    MOST_AT_ONCE,
    AllTakenOut,
    DealsIn,
    DealsOut,
    DealsQuery,
    OneDealIn,
    TakenOut,
    WholeDealOut,
)
from dossiers.deals.kinds import DealKind
from dossiers.deals.listing import Wanted
from dossiers.deals.models import Deal, DealSource
from dossiers.deals.pushing import CHANGED, CREATED, REFUSED, SAME, Taken, push_deals
from dossiers.deals.showing.deal import deal_shown
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction
from wiki.errors import Refusal
from wiki.locale import say
from wiki.pages.content import one_line

_TAGS = ("deals",)
_LONGEST_SOURCE = 100


@api.post("/deals")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    json=OneDealIn,
    resp=Response(HTTP_200=TakenOut, HTTP_201=TakenOut, HTTP_403=Failure, HTTP_422=Failure),
    tags=_TAGS,
    skip_validation=True,
)
def push_deal() -> Answer:
    """Create a deal, or change it: source and external_id say which one it is."""
    source, deal = _sent("deal")
    with transaction() as session:
        (taken,) = push_deals(session, actor(), source, [deal])
        if taken.refusal is not None:
            raise taken.refusal
    return jsonify(_taken(taken)), 201 if taken.result == CREATED else 200


@api.post("/deals/bulk")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    json=DealsIn,
    resp=Response(HTTP_200=AllTakenOut, HTTP_403=Failure, HTTP_422=Failure),
    tags=_TAGS,
    skip_validation=True,
)
def push_many() -> Answer:
    """Up to a thousand deals: those in order are written, each is answered by itself.

    Safe to repeat, also after an answer that never came.
    """
    source, deals = _sent("deals")
    if not isinstance(deals, list):
        raise Refusal("deals must be a list of deals. Nothing was written.")
    if len(deals) > MOST_AT_ONCE:
        raise Refusal(
            "These are more than %(limit)d deals. Nothing was written. Send them in parts; what "
            "was sent before stays.",
            limit=MOST_AT_ONCE,
        )
    with transaction() as session:
        taken = push_deals(session, actor(), source, deals)
    counts = {name: sum(one.result == name for one in taken) for name in _RESULTS}
    return jsonify(results=[_taken(one) for one in taken], **counts)


_RESULTS = (CREATED, CHANGED, SAME, REFUSED)


def _sent(what: str) -> tuple[str, Any]:
    """The name of the source and the deal or deals. Raises `Refusal` for another request."""
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or set(body) != {"source", what}:
        raise Refusal(
            "The request must be a JSON object with just the fields source and %(what)s. Nothing "
            "was written.",
            what=what,
        )
    name = one_line(body["source"]) if isinstance(body["source"], str) else ""
    if not 0 < len(name) <= _LONGEST_SOURCE:
        raise Refusal(
            "source must be a text of 1 to %(limit)d characters: the name of the program whose "
            "deals these are. Nothing was written.",
            limit=_LONGEST_SOURCE,
        )
    return name, body[what]


def _taken(one: Taken) -> dict[str, Any]:
    return {
        "external_id": one.external_id,
        "result": one.result,
        "id": one.ident,
        "error": say(one.refusal) if one.refusal else None,
    }


@api.get("/deals")
@needs(Permission.READ)
@spec.validate(query=DealsQuery, resp=Response(HTTP_200=DealsOut, HTTP_422=Failure), tags=_TAGS)
def list_deals(query: DealsQuery) -> Answer:
    """The deals that one may see, by their numbers."""
    wanted = Wanted(
        kind=DealKind(query.kind) if query.kind else None,
        pipeline=one_line(query.pipeline),
        stage=one_line(query.stage),
        client=query.client,
        closed_from=query.closed_from,
        closed_until=query.closed_until,
        without=query.without,
        gone=query.gone,
        mine=query.mine,
        text=one_line(query.text),
    )
    rows = deals_after(reading(), actor(), wanted, _more(query), query.after or 0, query.limit + 1)
    shown = rows[: query.limit]
    return jsonify(
        deals=[line_json(row) for row in shown],
        next=shown[-1].id if len(rows) > query.limit else None,
    )


def _more(query: DealsQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.source:
        found.append(DealSource.name == one_line(query.source))
    if query.external_id:
        found.append(Deal.external_id == one_line(query.external_id))
    if query.changed_since is not None:
        if query.changed_since.tzinfo is None:
            raise Refusal(
                "changed_since must be a moment with its time zone such as "
                "“2026-03-31T09:00:00+03:00”."
            )
        found.append(Deal.changed_at >= query.changed_since)
    return found


@api.get("/deals/<int:deal_id>")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=WholeDealOut, HTTP_404=Failure), tags=_TAGS)
def get_deal(deal_id: int) -> Answer:
    """One deal with all that is known of it; the history of its client keeps that one looked."""
    shown = deal_shown(reading(), actor(), deal_id)
    answer = whole_json(reading(), actor(), shown)
    if shown.home is not None:
        with transaction() as session:
            note_look(session, actor(), shown.home.id, "deal")
    return jsonify(answer)
