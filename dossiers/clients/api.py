"""The programs' door to clients: list, make, read as of a day, change, who looks after them."""

from datetime import date
from typing import Any

from flask import jsonify
from spectree import Response
from sqlalchemy.orm import Session

from dossiers.clients.api_shapes import (
    CardIn,
    ChangedOut,
    ClientOut,
    ClientsOut,
    ClientsQuery,
    DutyIn,
    ManagersOut,
    MomentQuery,
    NewClientIn,
    SaidIn,
)
from dossiers.clients.card import Card
from dossiers.clients.changes import newest_change
from dossiers.clients.deeds import note_look
from dossiers.clients.kinds import CardField
from dossiers.clients.listing import ClientLine, Wanted, clients_visible_to
from dossiers.clients.models import Client
from dossiers.clients.provenance import (
    KnownFact,
    Manager,
    card_at,
    managers_at,
    managers_ever,
)
from dossiers.clients.queries import client_visible_to, name_visible_to
from dossiers.clients.rules import check_day, may_edit
from dossiers.clients.services.cards import Said, change_card, create_client
from dossiers.clients.services.managers import assign, release
from dossiers.clients.services.notes import take_as_notes
from dossiers.clients.tax_numbers import has_rule
from dossiers.facts.asking import Moment, end_of
from dossiers.facts.models import Change
from dossiers.facts.writing import Evidence
from wiki import clock
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction
from wiki.locale import _
from wiki.pages.content import one_line

_TAGS = ("dossiers",)
_CHANGED = Response(
    HTTP_200=ChangedOut,
    HTTP_403=Failure,
    HTTP_404=Failure,
    HTTP_409=Failure,
    HTTP_422=Failure,
)


@api.get("/clients")
@needs(Permission.READ)
@spec.validate(query=ClientsQuery, resp=Response(HTTP_200=ClientsOut), tags=_TAGS)
def list_clients(query: ClientsQuery) -> Answer:
    """The clients one may see, by name or the newest changes first."""
    wanted = Wanted(
        state=query.state,
        segment=one_line(query.segment),
        region=one_line(query.region),
        team=query.team,
        manager=query.manager,
        mine=query.mine,
        text=one_line(query.text),
        newest_first=query.sort == "newest",
    )
    part = clients_visible_to(reading(), actor(), wanted, query.before, query.limit)
    following = str(part.next_key) if part.next_key else None
    return jsonify(clients=[_line(line) for line in part.rows], next=following)


@api.post("/clients")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(
    json=NewClientIn,
    resp=Response(HTTP_201=ChangedOut, HTTP_403=Failure, HTTP_409=Failure, HTTP_422=Failure),
    tags=_TAGS,
)
def make_client(json: NewClientIn) -> Answer:
    """Make a client, and take a page for its notes when one is named."""
    person = actor()
    card = Card(team=person.team_id).but(json.changes())
    with transaction() as session:
        client = create_client(session, person, card, _said(json, json.same_name))
        if json.page is not None:
            take_as_notes(session, person, client, json.page)
        return jsonify(_changed(session, client, newest_change(session, client.id))), 201


@api.get("/clients/<int:client_id>")
@needs(Permission.READ)
@spec.validate(query=MomentQuery, resp=Response(HTTP_200=ClientOut, HTTP_404=Failure), tags=_TAGS)
def get_client(client_id: int, query: MomentQuery) -> Answer:
    """One client: its card on a day (`on`), as we knew it on another (`known`)."""
    client = client_visible_to(reading(), actor(), client_id)
    today = clock.today(actor().time_zone)
    for asked in (query.on, query.known):
        check_day(asked or today, today)
    answer = _whole(reading(), client, query.on or today, query.known)
    with transaction() as session:
        note_look(session, actor(), client_id, "card through the API")
    return jsonify(answer)


@api.patch("/clients/<int:client_id>")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=CardIn, resp=_CHANGED, tags=_TAGS)
def patch_client(client_id: int, json: CardIn) -> Answer:
    """Give fields of the card new values; those that are left out stay."""
    with transaction() as session:
        said = _said(json, json.same_name)
        change = change_card(session, actor(), client_id, json.changes(), said)
        client = session.get_one(Client, client_id)
        return jsonify(_changed(session, client, change.id if change else None))


@api.get("/clients/<int:client_id>/managers")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=ManagersOut, HTTP_404=Failure), tags=_TAGS)
def get_managers(client_id: int) -> Answer:
    """Everybody who ever looked after the client."""
    client_visible_to(reading(), actor(), client_id)
    managers = [_manager(one) for one in managers_ever(reading(), client_id)]
    with transaction() as session:
        note_look(session, actor(), client_id, "team")
    return jsonify(managers=managers)


@api.post("/clients/<int:client_id>/managers")
@for_programs
@needs(Permission.EDIT_DOSSIERS)
@spec.validate(json=DutyIn, resp=_CHANGED, tags=_TAGS)
def set_manager(client_id: int, json: DutyIn) -> Answer:
    """Let a colleague look after the client, or no longer."""
    with transaction() as session:
        change = _set_duty(session, client_id, json)
        client = session.get_one(Client, client_id)
        return jsonify(_changed(session, client, change.id if change else None))


def _set_duty(session: Session, client_id: int, json: DutyIn) -> Change | None:
    if json.duty is None:
        return release(session, actor(), client_id, json.user, _said(json))
    return assign(session, actor(), client_id, json.user, json.duty, _said(json))


def _said(json: SaidIn, is_another: bool = False) -> Said:
    today = clock.today(actor().time_zone)
    check_day(json.learned_on or today, today)
    evidence = Evidence(json.source, json.confidence, json.learned_on, one_line(json.note))
    return Said(evidence, None if json.always else json.since or today, is_another)


def _line(line: ClientLine) -> dict[str, Any]:
    values = line._asdict()
    del values["name_folded"]
    return {**values, "changed_at": line.changed_at.isoformat(), "url": line.url}


def _changed(session: Session, client: Client, change: int | None) -> dict[str, Any]:
    unchecked = client.tax_number and not has_rule(client.country)
    notice = _("Tax numbers of that country cannot be checked here; it is kept as typed.")
    session.flush()
    return {
        "id": client.id,
        "change": change,
        "version": client.stamp,
        "notice": notice if unchecked else None,
    }


def _whole(session: Session, client: Client, day: date, known: date | None) -> dict[str, Any]:
    moment = Moment(day, end_of(known, actor().time_zone) if known else None)
    card = card_at(session, client.id, moment)
    facts = dict(card.facts)
    if not name_visible_to(session, actor(), card.card.parent):
        facts.pop(CardField.PARENT.value, None)
    return {
        "id": client.id,
        "url": f"/clients/{client.id}",
        "version": client.stamp,
        "change": newest_change(session, client.id),
        "may_edit": may_edit(actor(), client.team_id),
        "merged_into": client.merged_into_id,
        "notes": f"/pages/{client.page_id}" if client.page_id else None,
        "on": day.isoformat(),
        "known": known.isoformat() if known else None,
        "card": {code: _fact(fact) for code, fact in facts.items()},
        "managers": [_manager(one) for one in managers_at(session, client.id, moment)],
    }


def _fact(fact: KnownFact) -> dict[str, Any]:
    return {
        "value": fact.value,
        "since": _iso(fact.since),
        "until": _iso(fact.until),
        "source": fact.source.value,
        "confidence": fact.confidence.value,
        "learned_on": fact.learned_on.isoformat(),
        "note": fact.note,
        "recorded_at": fact.recorded_at.isoformat(),
        "recorded_by": fact.recorded_by,
    }


def _manager(one: Manager) -> dict[str, Any]:
    return {
        "user": one.user_id,
        "name": one.name,
        "duty": one.duty.value,
        "since": _iso(one.since),
        "until": _iso(one.until),
        "source": one.source.value,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
