"""The chart's page: the drawing for browsers with scripts, a nested list for all others."""

from collections.abc import Mapping
from datetime import date
from hashlib import blake2b
from typing import Any
from urllib.parse import urlencode

from flask import current_app, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import Moment
from dossiers.facts.wording import CONFIDENCES, SOURCES
from dossiers.people import wording
from dossiers.people.api import moment_of
from dossiers.people.chart.collecting import without_collecting
from dossiers.people.chart.indented import entries_of
from dossiers.people.chart.overlays import Overlay, layers, overlay_of
from dossiers.people.chart.queries import seats_of
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.changes import day_in_address
from wiki import clock
from wiki.accounts.access import actor
from wiki.database import reading, transaction
from wiki.kept import KeptAnswers
from wiki.locale import language
from wiki.pages.forms import number_in_address

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


#: Of all lists together; a list of two thousand positions is a tenth of it.
KEPT_BYTES = 8_000_000


@people_room.record_once
def _keep_lists(state: BlueprintSetupState) -> None:
    state.app.extensions["kept_chart_lists"] = KeptAnswers(KEPT_BYTES)


@people_room.get("/clients/<int:client_id>/chart")
def chart(client_id: int) -> ResponseReturnValue:
    """The chart of a day (`on`), as known on another (`known`), or of the branch `root` alone.

    With the way of a decision over it when the address names one: `?path=12`.
    """
    person = actor()
    client = client_visible_to(reading(), person, client_id)
    on, known = (day_in_address(name) for name in ("on", "known"))
    moment, today = moment_of(person, on, known), clock.today(person.time_zone)
    shown = {
        "client": client,
        "day": moment.day,
        "known": known,
        "today": today,
        "may_edit": may_edit(person, client.team_id),
        "overlay": overlay_of(reading(), client, moment, request.args),
    }
    listed = _listed(client, moment, shown)
    with transaction() as session:
        note_look(session, person, client_id, "chart")
    asked = _asked(None if on == today else on, known)
    return render_template(
        "dossiers/people/chart.html",
        listed=listed,
        terms=_terms(),
        asked=asked,
        ways=[(layer, layer.choices(reading(), client_id)) for layer in layers()],
        **shown,
    )


def _listed(client: Client, moment: Moment, shown: Mapping[str, Any]) -> Markup:
    """The nested list, which takes longer than all the rest of the page, kept until it changes."""
    root = request.args.get("root", type=number_in_address)
    overlay: Overlay | None = shown["overlay"]
    told = (language(), shown["today"], shown["known"], shown["may_edit"], overlay)
    key = blake2b(repr((client.id, client.stamp, moment, root, *told)).encode()).hexdigest()
    kept: KeptAnswers = current_app.extensions["kept_chart_lists"]
    known = kept.get(key)
    if known is None:
        with without_collecting():
            snapshot = seats_of(reading(), client.id, moment)
            entries = entries_of(snapshot, root)
        html = render_template(
            "dossiers/people/_chart_list.html",
            entries=entries,
            unplaced=snapshot.unplaced,
            base=f"/clients/{client.id}",
            stops=overlay.at() if overlay else {},
            **shown,
        )
        kept.keep(key, html)
        return Markup(html)  # noqa: S704 - our own template, values escaped
    return Markup(known.decode())  # noqa: S704


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
