"""The list of clients."""

from flask import render_template, request

from dossiers.clients.kinds import State
from dossiers.clients.listing import (
    Wanted,
    choices_visible_to,
    clients_visible_to,
    count_visible_to,
)
from dossiers.clients.panels import badges_of
from dossiers.clients.views.blueprint import clients
from dossiers.clients.wording import STATE_BADGES, STATE_NAMES
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import reading
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number

_LONGEST = 200
_FILTERS = ("state", "segment", "region", "team", "manager")


@clients.get("/clients")
@needs(Permission.READ)
def index() -> str:
    """All clients in use that one may see; `?state=`, `?segment=` and so on narrow them."""
    wanted = wanted_here()
    part = clients_visible_to(reading(), actor(), wanted, request.args.get("before"))
    return render_template(
        "dossiers/clients/index.html",
        part=part,
        badges=badges_of(reading(), actor(), [line.id for line in part.rows]),
        total=count_visible_to(reading(), actor(), wanted),
        choices=choices_visible_to(reading(), actor()),
        wanted=wanted,
        is_narrowed=any(request.args.get(name) for name in ("text", *_FILTERS)),
        is_filtered=any(request.args.get(name) for name in ("sort", *_FILTERS)),
        state_names=STATE_NAMES,
        state_badges=STATE_BADGES,
        may_make=may(actor(), Permission.EDIT_DOSSIERS),
        may_see_log=may(actor(), Permission.SEE_DOSSIER_LOG),
    )


def wanted_here() -> Wanted:
    """The filters in the address."""
    asked = request.args
    return Wanted(
        state=State(asked["state"]) if asked.get("state") in list(State) else None,
        segment=_text("segment"),
        region=_text("region"),
        team=whole_number(asked.get("team")) or None,
        manager=whole_number(asked.get("manager")) or None,
        mine=asked.get("only") == "mine",
        text=_text("text"),
        newest_first=asked.get("sort") == "newest",
    )


def _text(name: str) -> str:
    return one_line(request.args.get(name, ""))[:_LONGEST]
