"""How the card was on a day, as known on another; and everything that was done in the dossier."""

from flask import render_template, request

from dossiers.clients.card_lines import CardLine, card_lines
from dossiers.clients.card_words import NOT_TO_BE_UNDONE
from dossiers.clients.changes import deeds_of
from dossiers.clients.deed_words import sentence_of
from dossiers.clients.kinds import CardField
from dossiers.clients.provenance import KnownCard, card_at, managers_at
from dossiers.clients.queries import name_visible_to
from dossiers.clients.rules import may_edit
from dossiers.clients.views.blueprint import asked_day, clients, seen_client, today
from dossiers.clients.wording import DUTY_NAMES
from dossiers.facts.asking import Moment, end_of
from dossiers.facts.wording import CONFIDENCES, SOURCES
from wiki.accounts.access import actor, needs
from wiki.accounts.queries import team_names
from wiki.accounts.rules import Permission
from wiki.database import reading
from wiki.pages.forms import number_in_address

PART = 50


@clients.get("/clients/<int:client_id>/history")
@needs(Permission.READ)
def history(client_id: int) -> str:
    """`?on=` is the day in the world, `?known=` the day of our knowledge, `?before=` a change."""
    client = seen_client(client_id, "history")
    day, known = asked_day("on") or today(), asked_day("known")
    moment = Moment(day, end_of(known, actor().time_zone) if known else None)
    before = request.args.get("before", type=number_in_address)
    deeds = deeds_of(reading(), client_id, before, PART + 1)
    card = card_at(reading(), client_id, moment)
    return render_template(
        "dossiers/clients/history.html",
        client=client,
        day=day,
        known=known,
        today=today(),
        lines=_lines(card),
        managers=managers_at(reading(), client_id, moment),
        deeds=deeds[:PART],
        more=deeds[PART - 1].deed.id if len(deeds) > PART else None,
        is_first_part=before is None,
        may_edit=may_edit(actor(), client.team_id),
        not_to_be_undone=NOT_TO_BE_UNDONE,
        sentence_of=sentence_of,
        words={"duties": DUTY_NAMES, "sources": SOURCES, "confidences": CONFIDENCES},
    )


def _lines(known: KnownCard) -> list[CardLine]:
    """All fields; of a parent that the reader may not see there is none."""
    names = {
        CardField.PARENT: name_visible_to(reading(), actor(), known.card.parent),
        CardField.TEAM: team_names(reading()).get(known.card.team or 0, ""),
    }
    return card_lines(known, names)
