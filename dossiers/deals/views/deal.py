"""The page of one deal, and what is decided there: whose it is, and which runs are its."""

import json
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_names_visible_to, client_typed
from dossiers.clients.rules import may_edit
from dossiers.deals.deal_panels import deal_panels_of
from dossiers.deals.pinning import pin_deal, unpin_deal
from dossiers.deals.queries import deal_visible_to
from dossiers.deals.run_links import link_run, part_run
from dossiers.deals.showing.approval import offer_of, run_lines
from dossiers.deals.showing.changes import changes_shown
from dossiers.deals.showing.deal import DealShown, deal_shown, stages_of
from dossiers.deals.showing.people import people_in_deal
from dossiers.deals.showing.products import day_of, lines_shown
from dossiers.deals.views.blueprint import deals_room, today
from dossiers.facts.models import Change
from dossiers.people.kinds import Aspect
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import say
from wiki.pages.facts import is_web_address
from wiki.pages.forms import whole_number

_LONGEST = 250


@deals_room.get("/deals/<int:deal_id>")
@needs(Permission.READ)
def deal(deal_id: int) -> str:
    """All that is known of a deal; the history of its client keeps that one looked."""
    shown = deal_shown(reading(), actor(), deal_id)
    if shown.home is not None:
        with transaction() as session:
            note_look(session, actor(), shown.home.id, "deal")
    return _page(deal_id)


def _page(deal_id: int, problem: Refusal | None = None, typed: str = "") -> str:
    session, person, day = fresh_reading(), actor(), today()
    shown = deal_shown(session, person, deal_id)
    one, home = shown.deal, shown.home
    lines = lines_shown(session, person, one, day_of(one, day))
    runs = run_lines(session, {one.id: home}, day).get(one.id, [])
    names = [line.run.deal for line in runs]
    decides = _may_decide(shown)
    return render_template(
        "dossiers/deals/deal.html",
        shown=shown,
        deal=one,
        home=home,
        lines=lines,
        then=day_of(one, day),
        people=people_in_deal(session, person, one, home.id if home else None, names, day),
        aspects=Aspect,
        runs=runs,
        offer=offer_of(session, home, one, lines, {line.run.id for line in runs})
        if decides and home
        else None,
        stages=stages_of(session, one.id),
        changes=changes_shown(session, person, one),
        link=_link(shown),
        raw=_raw(shown),
        decides=decides,
        client_names=client_names_visible_to(session, person) if decides else (),
        problem=problem,
        typed=typed,
        panels=deal_panels_of(session, person, one),
        side_panels=deal_panels_of(session, person, one, aside=True),
    )


def _may_decide(shown: DealShown) -> bool:
    """Whether the person may say whose deal it is and which runs are its."""
    if shown.home is None:
        return may(actor(), Permission.EDIT_DOSSIERS)
    return may_edit(actor(), shown.home.team_id)


def _raw(shown: DealShown) -> str:
    """What the source sent, to be read; empty for nothing, and for what names hidden companies."""
    if not shown.deal.raw or not shown.may_show_raw:
        return ""
    return json.dumps(shown.deal.raw, indent=2, ensure_ascii=False, default=str)


def _link(shown: DealShown) -> str:
    """The address of the deal at its source; empty when nobody knows it."""
    said = shown.deal.raw.get("url") if shown.may_show_raw else None
    form = str(shown.source.settings.get("link", ""))
    found = str(said) if said else form.replace("{id}", quote(shown.deal.external_id, safe=""))
    return found if is_web_address(found) and "@" not in urlsplit(found).netloc else ""


@deals_room.post("/deals/<int:deal_id>/client")
@needs(Permission.EDIT_DOSSIERS)
def give_to_client(deal_id: int) -> ResponseReturnValue:
    """Give this deal alone to the client that was typed."""
    deal_visible_to(reading(), actor(), deal_id)
    typed = request.form.get("client", "")[:_LONGEST]

    def do(session: Session) -> Change | None:
        client_id = client_typed(session, actor(), typed)
        if client_id is None:
            raise Refusal("Say which client. Nothing was changed.")
        return pin_deal(session, actor(), deal_id, client_id)

    return _done(deal_id, do, typed)


@deals_room.post("/deals/<int:deal_id>/client/release")
@needs(Permission.EDIT_DOSSIERS)
def release_client(deal_id: int) -> ResponseReturnValue:
    """Let the deal be again of whatever client its company is."""
    deal_visible_to(reading(), actor(), deal_id)
    return _done(deal_id, lambda session: unpin_deal(session, actor(), deal_id))


@deals_room.post("/deals/<int:deal_id>/runs")
@needs(Permission.EDIT_DOSSIERS)
def link_to_run(deal_id: int) -> ResponseReturnValue:
    """A run of the client is this deal's."""
    deal_visible_to(reading(), actor(), deal_id)
    run_id = whole_number(request.form.get("run"))
    return _done(deal_id, lambda session: link_run(session, actor(), deal_id, run_id))


@deals_room.post("/deals/<int:deal_id>/runs/<int:run_id>/part")
@needs(Permission.EDIT_DOSSIERS)
def part_from_run(deal_id: int, run_id: int) -> ResponseReturnValue:
    """A run is not this deal's after all."""
    deal_visible_to(reading(), actor(), deal_id)
    return _done(deal_id, lambda session: part_run(session, actor(), deal_id, run_id))


def _done(
    deal_id: int, do: Callable[[Session], Change | None], typed: str = ""
) -> ResponseReturnValue:
    """Do it and show the deal; else the page with what is wrong and what was typed."""
    here = f"/deals/{deal_id}"
    try:
        with transaction() as session:
            change = do(session)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        if typed:
            return _page(deal_id, refusal, typed), refusal.status
        flash(say(refusal), "danger")
        return redirect(here)
    if change is not None:
        tell_done(change, change.client_id, here)
    return redirect(here)
