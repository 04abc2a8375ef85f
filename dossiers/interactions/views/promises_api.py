"""The programs' door to promises: read them, write one down, end it, move it, hand it on."""

from collections.abc import Callable
from typing import Any

from flask import jsonify
from spectree import Response
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.interactions.promises.api_shapes import (
    EndIn,
    HandIn,
    MoveIn,
    PromiseIn,
    PromisesOut,
    PromisesQuery,
    ToldPromiseOut,
)
from dossiers.interactions.promises.listing import (
    PromiseLine,
    lines_of,
    open_visible_to,
    promise_visible_to,
)
from dossiers.interactions.promises.queries import events_of
from dossiers.interactions.promises.services import Wish, end_promise
from dossiers.interactions.promises.telling import hand_and_tell, make_and_tell, move_and_tell
from dossiers.interactions.views.blueprint import base_url
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import fresh_reading, reading, transaction

_TAGS = ("dossiers",)
_SEEN = Response(HTTP_200=ToldPromiseOut, HTTP_404=Failure)
_FAILURES = {"HTTP_403": Failure, "HTTP_404": Failure, "HTTP_409": Failure, "HTTP_422": Failure}
_DONE = Response(HTTP_200=ToldPromiseOut, **_FAILURES)


@api.get("/promises")
@needs(Permission.READ)
@spec.validate(query=PromisesQuery, resp=Response(HTTP_200=PromisesOut), tags=_TAGS)
def get_promises(query: PromisesQuery) -> Answer:
    """Open promises of all clients that you may see, the first due first, at most 500."""
    lines = open_visible_to(reading(), actor(), query.only)
    return jsonify(promises=[_told(line) for line in lines])


@api.get("/clients/<int:client_id>/promises")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=PromisesOut, HTTP_404=Failure), tags=_TAGS)
def get_client_promises(client_id: int) -> Answer:
    """What was promised in a dossier, by us and by them, open and ended."""
    client = client_visible_to(reading(), actor(), client_id)
    lines = lines_of(reading(), actor(), client.id)
    with transaction() as session:
        note_look(session, actor(), client_id, "promises")
    return jsonify(promises=[_told(line) for line in lines])


@api.get("/promises/<int:promise_id>")
@needs(Permission.READ)
@spec.validate(resp=_SEEN, tags=_TAGS)
def get_promise(promise_id: int) -> Answer:
    """A promise and what became of it."""
    answer, client_id = _told_wholly(promise_id)
    with transaction() as session:
        note_look(session, actor(), client_id, "promise")
    return jsonify(answer)


@api.post("/clients/<int:client_id>/promises")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=PromiseIn, resp=Response(HTTP_201=ToldPromiseOut, **_FAILURES), tags=_TAGS)
def post_promise(client_id: int, json: PromiseIn) -> Answer:
    """Write down a promise."""
    check_may_edit(actor(), client_visible_to(reading(), actor(), client_id).team_id)
    who = (json.colleague, json.person, json.contact)
    wish = Wish(json.by_us, json.what, json.due, *who, json.made)
    with transaction() as session:
        ident = make_and_tell(session, actor(), client_id, wish, base_url()).id
    return jsonify(_told_wholly(ident)[0]), 201


@api.post("/promises/<int:promise_id>/end")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=EndIn, resp=_DONE, tags=_TAGS)
def post_promise_end(promise_id: int, json: EndIn) -> Answer:
    """The promise was kept, or not; the same sent twice is done once."""

    def end(session: Session, client: int) -> None:
        said = (json.kept, json.words, json.on)
        end_promise(session, actor(), client, promise_id, *said)

    return _done(promise_id, end)


@api.post("/promises/<int:promise_id>/move")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=MoveIn, resp=_DONE, tags=_TAGS)
def post_promise_move(promise_id: int, json: MoveIn) -> Answer:
    """The promise is due on another day; its colleague gets a letter when you are another."""

    def move(session: Session, client: int) -> None:
        said = (json.due, json.why, base_url())
        move_and_tell(session, actor(), client, promise_id, *said)

    return _done(promise_id, move)


@api.post("/promises/<int:promise_id>/hand")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=HandIn, resp=_DONE, tags=_TAGS)
def post_promise_hand(promise_id: int, json: HandIn) -> Answer:
    """Another colleague looks after the promise, and gets a letter."""

    def hand(session: Session, client: int) -> None:
        said = (json.colleague, json.why, base_url())
        hand_and_tell(session, actor(), client, promise_id, *said)

    return _done(promise_id, hand)


def _done(promise_id: int, do: Callable[[Session, int], None]) -> Answer:
    """Sight first, then the deed, then how the promise stands."""
    line = promise_visible_to(reading(), actor(), promise_id)
    check_may_edit(actor(), client_visible_to(reading(), actor(), line.client_id).team_id)
    with transaction() as session:
        do(session, line.client_id)
    return jsonify(_told_wholly(promise_id)[0])


def _told_wholly(promise_id: int) -> tuple[dict[str, Any], int]:
    session = fresh_reading()
    line = promise_visible_to(session, actor(), promise_id)
    return {**_told(line), "events": _events(session, promise_id)}, line.client_id


def _told(line: PromiseLine) -> dict[str, Any]:
    one = line.promise
    person = {"id": one.person_id, "name": line.person} if one.person_id else None
    return {
        "id": one.id,
        "client": line.client_id,
        "client_name": line.client,
        "by_us": one.by_us,
        "what": one.what,
        "due": one.due_on.isoformat(),
        "state": one.state.value,
        "made": one.made_on.isoformat(),
        "ended": one.ended_on.isoformat() if one.ended_on else None,
        "colleague": {"id": one.user_id, "name": line.holder},
        "person": person,
        "contact": one.interaction_id,
    }


def _events(session: Session, promise_id: int) -> list[dict[str, Any]]:
    return [
        {
            "deed": event.deed.value,
            "on": event.happened_on.isoformat(),
            "words": event.words,
            "by": author,
            "due": event.due_on.isoformat() if event.due_on else None,
            "colleague": holder,
            "taken_back": event.taken_back_in is not None,
        }
        for event, author, holder in events_of(session, promise_id)
    ]
