"""The programs' door to what changed in a chart between two days."""

from datetime import date
from typing import Any

from flask import jsonify
from pydantic import BaseModel, ConfigDict, Field
from spectree import Response

from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.people.api import moment_of
from dossiers.people.chart.compare import Difference, What, changes_between
from dossiers.people.chart.names import Names
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.wording import sentence_of
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction


class ChangesQuery(BaseModel):
    """Which two days; without a second one, today. `known` is the day whose knowledge is asked."""

    model_config = ConfigDict(populate_by_name=True)

    since: date = Field(alias="from")
    to: date | None = None
    known: date | None = None


class DifferenceOut(BaseModel):
    """One difference. `before` and `after` are texts, codes or numbers of positions or persons."""

    what: What
    position: int | None
    person: int | None
    title: str
    before: str | int | bool | None
    after: str | int | bool | None
    kind: str
    sentence: str


class ChangesOut(BaseModel):
    """All differences of the chart between two days."""

    model_config = ConfigDict(populate_by_name=True)

    since: date = Field(alias="from")
    to: date
    changes: list[DifferenceOut]


@api.get("/clients/<int:client_id>/changes")
@needs(Permission.READ)
@spec.validate(
    query=ChangesQuery,
    resp=Response(HTTP_200=ChangesOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=("dossiers",),
)
def chart_changes(client_id: int, query: ChangesQuery) -> Answer:
    """What is new, gone, moved, held or called otherwise in the chart between two days."""
    person = actor()
    client_visible_to(reading(), person, client_id)
    first = moment_of(person, query.since, query.known)
    second = moment_of(person, query.to, query.known)
    before, after = (chart_of(reading(), client_id, moment) for moment in (first, second))
    names = Names.of(before, after)
    found = [_plain(one, names) for one in changes_between(before, after)]
    with transaction() as session:
        note_look(session, person, client_id, "changes")
    return jsonify({"from": before.day.isoformat(), "to": after.day.isoformat(), "changes": found})


def _plain(one: Difference, names: Names) -> dict[str, Any]:
    return {
        "what": one.what.value,
        "position": one.position_id,
        "person": one.person_id,
        "title": names.title(one.position_id),
        "before": one.before,
        "after": one.after,
        "kind": one.detail,
        "sentence": sentence_of(one, names),
    }
