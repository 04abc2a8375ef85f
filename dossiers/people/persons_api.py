"""The programs' door to people: one person, and everybody at a client."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import jsonify
from pydantic import BaseModel, ConfigDict, Field
from spectree import Response

from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.facts.asking import Moment
from dossiers.facts.models import ALWAYS, FOREVER
from dossiers.people.chart.snapshot import Acquaintance, Known
from dossiers.people.queries import dossiers_of, person_visible_to
from dossiers.people.reading.judged import Judged, TieShown, acquaintances_at, judged_at, ties_of
from dossiers.people.reading.listing import PeoplePage, PersonRow, Show, people_at
from dossiers.people.reading.places import Place, places_of
from dossiers.people.reading.reached import Contact, contacts_of, other_names_of
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction
from wiki.pages.content import one_line

_TAGS = ("dossiers",)
_LAST_PAGE = 10_000


class PersonQuery(BaseModel):
    """In which dossier's context; without it, the one of the newest place."""

    client: int | None = None


class PeopleQuery(BaseModel):
    """Which people: who works there now, who worked there, or all; whose names hold `q`."""

    show: Show = Show.NOW
    q: str = Field(default="", max_length=200)
    page: int = Field(default=1, ge=1, le=_LAST_PAGE)


class PersonOut(BaseModel):
    """A person, as far as the asker sees the dossiers; what says nothing is left out."""

    model_config = ConfigDict(extra="allow")

    id: int
    name: str
    client: int
    otherNames: list[str]  # noqa: N815 - as scripts write it
    places: list[dict[str, object]]
    contacts: list[dict[str, object]]
    judgements: list[dict[str, object]]
    ties: list[dict[str, object]]
    acquaintances: list[dict[str, object]]


class PeopleOut(BaseModel):
    """One part of the people at a client; `pages` is the number of parts."""

    total: int
    page: int
    pages: int
    people: list[dict[str, object]]


@api.get("/persons/<int:person_id>")
@needs(Permission.READ)
@spec.validate(query=PersonQuery, resp=Response(HTTP_200=PersonOut, HTTP_404=Failure), tags=_TAGS)
def get_person(person_id: int, query: PersonQuery) -> Answer:
    """A person with names, contacts, places, and what is thought of them in one dossier."""
    who, session = actor(), reading()
    person = person_visible_to(session, who, person_id)
    dossiers = dossiers_of(session, who, person.id)
    chosen = next((d for d in dossiers if d.id == query.client), dossiers[0])
    day = clock.today(who.time_zone)
    idents, moment = [person.id], Moment(day)
    judged = judged_at(session, chosen.id, idents, moment).get(person.id, ())
    ours = acquaintances_at(session, chosen.id, idents, moment).get(person.id, ())
    answer = {
        "id": person.id,
        "name": person.name,
        "client": chosen.id,
        "otherNames": list(other_names_of(session, who, person.id)),
        "places": _all(_place, places_of(session, who, idents, day).get(person.id, ())),
        "contacts": _all(_contact, contacts_of(session, who, idents, day).get(person.id, ())),
        "judgements": _all(_judged, judged),
        "ties": _all(_tie, ties_of(session, chosen.id, person.id, day)),
        "acquaintances": _all(_acquaintance, ours),
    }
    with transaction() as writing:
        for dossier in dossiers:
            note_look(writing, who, dossier.id, "person")
    return jsonify(answer)


@api.get("/clients/<int:client_id>/people")
@needs(Permission.READ)
@spec.validate(query=PeopleQuery, resp=Response(HTTP_200=PeopleOut, HTTP_404=Failure), tags=_TAGS)
def get_people(client_id: int, query: PeopleQuery) -> Answer:
    """Everybody at a client, by name, fifty at a time."""
    who = actor()
    client_visible_to(reading(), who, client_id)
    asked = PeoplePage((), 0, query.page, query.show, one_line(query.q))
    page = people_at(reading(), who, client_id, clock.today(who.time_zone), asked)
    with transaction() as session:
        note_look(session, who, client_id, "people")
    people = _all(_row, page.rows)
    return jsonify(total=page.total, page=page.number, pages=page.count, people=people)


def _all(tell: Any, things: Iterable[Any]) -> list[dict[str, Any]]:
    """What each of them says, without what says nothing."""
    return [
        {name: value for name, value in tell(thing).items() if value not in (None, "", False, [])}
        for thing in things
    ]


def _row(one: PersonRow) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "former": not one.is_here,
        "places": _all(_place, one.places),
        "wentTo": _place(one.went_to) if one.went_to else None,
        "judgements": _all(_judged, one.judged),
        "contacts": _all(_contact, one.contacts),
        "acquaintances": _all(_acquaintance, one.acquaintances),
    }


def _day(day: date) -> str | None:
    return None if day in (ALWAYS, FOREVER) else day.isoformat()


def _known(known: Known) -> dict[str, Any]:
    return {
        "since": _day(known.since),
        "source": known.source.value,
        "confidence": known.confidence.value,
        "learnedOn": known.learned_on.isoformat(),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        **_known(place.known),
        "client": place.client_id,
        "clientName": place.client,
        "position": place.position_id,
        "title": place.title,
        "acting": place.acting,
        "additional": not place.main,
        "until": _day(place.end),
        "endReason": place.end_reason.value if place.end_reason else None,
    }


def _contact(contact: Contact) -> dict[str, Any]:
    return {
        **_known(contact.known),
        "kind": contact.kind.value,
        "value": contact.value,
        "standing": contact.standing.value,
    }


def _judged(one: Judged) -> dict[str, Any]:
    said = {"aspect": one.aspect.value, "value": one.value, "deal": one.deal, "note": one.note}
    return {**_known(one.known), **said}


def _tie(one: TieShown) -> dict[str, Any]:
    return {
        **_known(one.known),
        "person": one.other_id,
        "name": one.other,
        "kind": one.kind.value,
        "inward": one.inward,
        "strength": one.strength,
        "bothWays": one.both_ways,
        "note": one.note,
    }


def _acquaintance(one: Acquaintance) -> dict[str, Any]:
    return {
        **_known(one.known),
        "user": one.user_id,
        "name": one.user,
        "coverage": one.coverage.value,
        "level": one.level.value if one.level else None,
        "wanted": one.wanted.value if one.wanted else None,
        "wantedBy": one.wanted_by.isoformat() if one.wanted_by else None,
        "evidence": one.evidence,
    }
