"""What boxes for a position, a person or a client suggest while one types: options for htmx."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue

from dossiers.clients.queries import client_visible_to
from dossiers.people.reading import choices, names
from dossiers.people.reading.choices import Choice
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.deeds import day_asked, today
from wiki.accounts.access import actor
from wiki.database import reading
from wiki.pages.content import one_line
from wiki.pages.forms import number_in_address


@people_room.get("/clients/<int:client_id>/positions/suggest")
def suggest_positions(client_id: int) -> ResponseReturnValue:
    """Positions whose titles or holders hold what was typed, without the branch below `outside`."""
    client_visible_to(reading(), actor(), client_id)
    day = day_asked(request.args.get("on", "")) or today()
    found = choices.positions_on(reading(), client_id, day)
    outside = request.args.get("outside", type=number_in_address)
    if outside:
        branch = choices.branch_of(reading(), outside, day)
        found = [choice for choice in found if choice.id not in branch]
    return _options(choices.suggested(found, _typed()))


@people_room.get("/clients/<int:client_id>/people/suggest")
def suggest_people(client_id: int) -> ResponseReturnValue:
    """People whose names hold what was typed, those of the client first."""
    client_visible_to(reading(), actor(), client_id)
    return _options(names.people_near(reading(), actor(), client_id, _typed()))


@people_room.get("/persons/clients")
def suggest_clients() -> ResponseReturnValue:
    """Clients whose names hold what was typed."""
    found = names.clients_near(reading(), actor(), _typed(), choices.MOST_SUGGESTED)
    return _options(found)


def _typed() -> str:
    """What stands in the box: htmx sends it under the box's own name, which `field` tells."""
    return one_line(request.args.get(request.args.get("field", "q"), "")[:200])


def _options(found: Sequence[Choice]) -> str:
    return render_template("dossiers/people/_options.html", choices=found)
