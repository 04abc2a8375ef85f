"""The chart's page: the drawing for browsers with scripts, a nested list for all others."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue

from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import may_edit
from dossiers.facts.wording import CONFIDENCES, SOURCES
from dossiers.people import wording
from dossiers.people.api import moment_of
from dossiers.people.chart.indented import entries_of
from dossiers.people.chart.queries import seats_of
from dossiers.people.views.blueprint import people_room
from wiki import clock
from wiki.accounts.access import actor
from wiki.database import reading, transaction
from wiki.pages.facts import as_date

_ENUMERATIONS: Mapping[str, Mapping[Any, Any]] = {
    "role": wording.ROLES,
    "attitude": wording.ATTITUDES,
    "power": wording.POWERS,
    "orientation": wording.ORIENTATIONS,
    "kind": wording.POSITION_KINDS,
    "line": wording.LINE_KINDS,
    "influence": wording.INFLUENCE_KINDS,
    "coverage": wording.COVERAGES,
    "level": wording.LEVELS,
    "reason": wording.END_REASONS,
    "source": SOURCES,
    "confidence": CONFIDENCES,
}


@people_room.get("/clients/<int:client_id>/chart")
def chart(client_id: int) -> ResponseReturnValue:
    """The chart of a day (`on`), as known on another (`known`), or of the branch `root` alone."""
    person = actor()
    client = client_visible_to(reading(), person, client_id)
    on, known = (_day_in_address(name) for name in ("on", "known"))
    moment = moment_of(person, on, known)
    today = clock.today(person.time_zone)
    snapshot = seats_of(reading(), client_id, moment)
    with transaction() as session:
        note_look(session, person, client_id, "chart")
    return render_template(
        "dossiers/people/chart.html",
        client=client,
        entries=entries_of(snapshot, request.args.get("root", type=int)),
        unplaced=snapshot.unplaced,
        count=len(snapshot.seats),
        day=moment.day,
        known=known,
        today=today,
        may_edit=may_edit(person, client.team_id),
        terms=_terms(),
        asked=_asked(None if on == today else on, known),
    )


def _day_in_address(name: str) -> date | None:
    return as_date(request.args.get(name, "")[:10])


def _asked(on: date | None, known: date | None) -> str:
    """What the script will ask of the API, so that the browser can ask it at once."""
    asked = {"on": on, "known": known}
    given = urlencode({name: day.isoformat() for name, day in asked.items() if day})
    return f"?{given}" if given else ""


def _terms() -> dict[str, str]:
    """Every code with its word, and under `….*` the codes of each enumeration in their order."""
    words = {}
    for kind, names in _ENUMERATIONS.items():
        words[f"{kind}.*"] = " ".join(names)
        words.update({f"{kind}.{code}": str(name) for code, name in names.items()})
    return words
