"""The first page of a dossier: card, holding, who looks after the client, notes, newest changes."""

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from dossiers.clients.card_lines import ELSEWHERE, card_lines
from dossiers.clients.changes import deeds_of
from dossiers.clients.deed_words import sentence_of
from dossiers.clients.holding import Holding, holding_visible_to
from dossiers.clients.kinds import CardField
from dossiers.clients.notes_page import notes_of
from dossiers.clients.panels import Place, panels_of
from dossiers.clients.provenance import card_at, managers_at
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import may_edit
from dossiers.clients.services.notes import start_notes
from dossiers.clients.tax_numbers import has_rule
from dossiers.clients.views.blueprint import clients, seen_client, today
from dossiers.clients.wording import DUTY_NAMES, STATE_BADGES, STATE_NAMES
from dossiers.facts.asking import Moment
from dossiers.facts.wording import CONFIDENCES, SOURCES
from wiki.accounts.access import actor, needs
from wiki.accounts.queries import team_names
from wiki.accounts.rules import Permission, may
from wiki.database import reading
from wiki.pages.views.blueprint import desk

_NEWEST = 6


@clients.get("/clients/<int:client_id>")
@needs(Permission.READ)
def overview(client_id: int) -> ResponseReturnValue:
    """Everything about the client at a glance; a merged one leads to where it went."""
    client = seen_client(client_id, "card")
    if client.merged_into_id is not None:
        return redirect(f"/clients/{client.merged_into_id}")
    person, moment = actor(), Moment(today())
    known = card_at(reading(), client_id, moment)
    holding = holding_visible_to(reading(), person, client)
    teams = team_names(reading())
    return render_template(
        "dossiers/clients/overview.html",
        client=client,
        known=known,
        lines=card_lines(known, {CardField.PARENT: _parent_in(holding)}, ELSEWHERE),
        holding=holding,
        team=teams.get(client.team_id or 0),
        managers=managers_at(reading(), client_id, moment),
        notes=notes_of(reading(), client),
        deeds=deeds_of(reading(), client_id, limit=_NEWEST),
        first_panels=panels_of(reading(), person, client, Place.FIRST),
        panels=panels_of(reading(), person, client, Place.TEXT),
        side_panels=panels_of(reading(), person, client, Place.ASIDE),
        tax_unchecked=bool(client.tax_number) and not has_rule(client.country),
        may_edit=may_edit(person, client.team_id),
        may_see_log=may(person, Permission.SEE_DOSSIER_LOG),
        sentence_of=sentence_of,
        words=_words(),
    )


def _parent_in(holding: Holding) -> str:
    return holding.above[-1].name if holding.above else ""


def _words() -> dict[str, object]:
    return {
        "duties": DUTY_NAMES,
        "states": STATE_NAMES,
        "badges": STATE_BADGES,
        "sources": SOURCES,
        "confidences": CONFIDENCES,
    }


@clients.get("/clients/<int:client_id>/notes")
@needs(Permission.READ)
def notes(client_id: int) -> ResponseReturnValue:
    """To the notes page; to the dossier while nobody has begun it."""
    client = client_visible_to(reading(), actor(), client_id)
    page = f"/pages/{client.page_id}" if client.page_id else f"/clients/{client_id}#notes"
    return redirect(page)


@clients.post("/clients/<int:client_id>/notes")
@needs(Permission.EDIT_DOSSIERS)
def begin_notes(client_id: int) -> ResponseReturnValue:
    """Make the notes page when there is none yet, and open its form."""
    page_id = start_notes(desk(), actor(), client_id)
    return redirect(f"/pages/{page_id}/edit")
