"""Saying why deals were won or lost: on the page of a deal, and in the list of the unexplained."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.deals.closing.queries import name_of_reason, reasons_for
from dossiers.deals.closing.rules import LONGEST_COMPETITOR, LONGEST_WORDS, Said
from dossiers.deals.closing.services import explain_again, explain_deal
from dossiers.deals.closing.unexplained import Asked, unexplained_visible_to
from dossiers.deals.kinds import DealKind
from dossiers.deals.queries import deal_visible_to
from dossiers.deals.views.blueprint import deals_room
from dossiers.facts.models import Change
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, say
from wiki.pages.forms import whole_number
from wiki.paging import Pager


@deals_room.get("/deals/unexplained")
@needs(Permission.EDIT_DOSSIERS)
def unexplained() -> str:
    """The closed deals of which nobody has said why."""
    asked = Asked(
        DealKind.WON if request.args.get("kind") == DealKind.WON else DealKind.LOST,
        request.args.get("only") == "mine",
        whole_number(request.args.get("page")),
    )
    found = unexplained_visible_to(reading(), actor(), asked)
    return render_template(
        "dossiers/deals/unexplained.html",
        asked=asked,
        found=found,
        pager=Pager(found.number, found.count),
        reasons=reasons_for(reading(), asked.kind),
        name_of_reason=name_of_reason,
        here=request.full_path.rstrip("?"),
        longest=LONGEST_WORDS,
    )


@deals_room.post("/deals/<int:deal_id>/reason")
@needs(Permission.EDIT_DOSSIERS)
def explain(deal_id: int) -> ResponseReturnValue:
    """Say why the deal was won or lost."""
    said = Said(
        whole_number(request.form.get("reason")),
        request.form.get("words", "")[: 2 * LONGEST_WORDS],
        request.form.get("competitor", "")[: 2 * LONGEST_COMPETITOR],
    )

    def do(session: Session) -> Change | None:
        if not said.reason_id:
            raise Refusal("Choose one reason. Nothing was saved.")
        return explain_deal(session, actor(), deal_id, said)

    return _done(deal_id, do, said)


@deals_room.post("/deals/<int:deal_id>/reason/<int:closing_id>/hold")
@needs(Permission.EDIT_DOSSIERS)
def hold_again(deal_id: int, closing_id: int) -> ResponseReturnValue:
    """Let something that was said earlier hold again; 0 takes back what is said now."""
    return _done(deal_id, lambda session: explain_again(session, actor(), deal_id, closing_id))


def _done(
    deal_id: int, do: Callable[[Session], Change | None], said: Said | None = None
) -> ResponseReturnValue:
    deal_visible_to(reading(), actor(), deal_id)
    back = _back(deal_id)
    try:
        with transaction() as session:
            change = do(session)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        if said:
            return _form(deal_id, said, refusal), refusal.status
        flash(say(refusal), "danger")
        return redirect(back)
    if change is not None:
        tell_done(change, change.client_id, back)
    else:
        flash(_("The reason is written down."), "success")
    return redirect(back)


def _form(deal_id: int, said: Said, refusal: Refusal) -> str:
    """What was typed, once more, with the reasons as they are by now."""
    session = fresh_reading()
    deal = deal_visible_to(session, actor(), deal_id)
    return render_template(
        "dossiers/deals/explain.html",
        deal=deal,
        said=said,
        problem=say(refusal),
        reasons=reasons_for(session, deal.kind),
        name_of_reason=name_of_reason,
        next=request.form.get("next", ""),
        longest=(LONGEST_WORDS, LONGEST_COMPETITOR),
    )


def _back(deal_id: int) -> str:
    """The list from which one came, else the page of the deal."""
    typed = request.form.get("next", "")
    return typed if typed.startswith("/deals/unexplained") else f"/deals/{deal_id}#reason"
