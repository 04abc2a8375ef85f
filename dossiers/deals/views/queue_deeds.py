"""Decisions that are made in the queue: one, many at once, and taking one back."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.clients.queries import client_typed
from dossiers.deals.matching.creating import decide_new_client
from dossiers.deals.matching.deciding import NOBODY, WAITS, Decision, decide, is_one_of_ours
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.moving import Held
from dossiers.deals.matching.rows import row_visible_to
from dossiers.deals.matching.typed import LONGEST, meant_by
from dossiers.deals.matching.undoing import take_back
from dossiers.deals.pinning import pin_deal
from dossiers.deals.queries import deal_visible_to
from dossiers.deals.views.blueprint import deals_room
from dossiers.deals.views.queue import DEALS, Sent, alone_page, decided_page, waiting_page
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.addresses import safe_next
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _, ngettext, say
from wiki.pages.forms import whole_number

_MOST_SAID = 5


@deals_room.post("/deals/queue/<kind>/<int:ident>")
@needs(Permission.EDIT_DOSSIERS)
def decide_one(kind: str, ident: int) -> ResponseReturnValue:
    """One decision: `to` names one of ours, `typed` too; else `act` is nobody, new or wait."""
    of = _kind(kind)
    try:
        with transaction() as session:
            row_visible_to(session, actor(), of, ident)
            decision = _decide(session, of, ident)
    except Refusal as refusal:
        sent = Sent(refusal, ident, request.form.get("typed", "")[:LONGEST])
        page = decided_page if request.form.get("state") == "decided" else waiting_page
        return page(of, sent), refusal.status
    _tell(decision)
    return redirect(_onwards(kind))


def _decide(session: Session, kind: Kind, ident: int) -> Decision:
    person, act, seen = actor(), request.form.get("act", ""), _seen()
    if act == "new" and kind is Kind.COMPANY:
        return decide_new_client(session, person, ident, seen)
    if act in _PLAIN:
        return decide(session, person, kind, ident, _PLAIN[act], seen)
    target = whole_number(request.form.get("to"))
    target = target or meant_by(session, person, kind, request.form.get("typed", ""))
    return decide(session, person, kind, ident, is_one_of_ours(target), seen)


_PLAIN = {"nobody": NOBODY, "wait": WAITS}


def _seen() -> Held | None:
    """What the person saw it to be: a number, "nobody", or "waits"."""
    said = request.form.get("seen", "")
    if said in ("nobody", "waits"):
        return NOBODY if said == "nobody" else WAITS
    return Held(whole_number(said)) if whole_number(said) else None


@deals_room.post("/deals/queue/<kind>/many")
@needs(Permission.EDIT_DOSSIERS)
def decide_many(kind: str) -> ResponseReturnValue:
    """Accept ticked suggestions, each by itself: one that is refused does not stop the others."""
    of = _kind(kind)
    done, refused = 0, dict[int, Refusal]()
    for pick in dict.fromkeys(request.form.getlist("pick")):
        ident, target = (whole_number(part) for part in (*pick.split(":"), "")[:2])
        try:
            with transaction() as session:
                decide(session, actor(), of, ident, is_one_of_ours(target), WAITS)
            done += 1
        except Refusal as refusal:
            refused[ident] = refusal
    if done:
        flash(ngettext("%(num)d decision is kept.", "%(num)d decisions are kept.", done), "success")
    for why in list(refused.values())[:_MOST_SAID]:
        flash(say(why), "danger")
    if refused:
        first = next(iter(refused.values()))
        return waiting_page(of, Sent(first, ticked=tuple(refused))), first.status
    return redirect(_onwards(kind))


@deals_room.post("/deals/queue/<kind>/<int:ident>/back")
@needs(Permission.EDIT_DOSSIERS)
def take_decision_back(kind: str, ident: int) -> ResponseReturnValue:
    """Take the newest decision about a row back, or, when that was such a one, decide again."""
    of = _kind(kind)
    try:
        with transaction() as session:
            decision = take_back(session, actor(), of, ident)
    except Missing:
        raise
    except Refusal as refusal:
        flash(say(refusal), "danger")
    else:
        _tell(decision)
    return redirect(safe_next(request.form.get("next"), url_for("deals_room.queue", tab=kind)))


@deals_room.post("/deals/queue/deals/<int:ident>")
@needs(Permission.EDIT_DOSSIERS)
def decide_deal(ident: int) -> ResponseReturnValue:
    """Give one deal without a company to a client."""
    deal_visible_to(reading(), actor(), ident)
    typed = request.form.get("typed", "")[:LONGEST]
    try:
        with transaction() as session:
            target = whole_number(request.form.get("to"))
            target = target or _client(session, typed)
            change = pin_deal(session, actor(), ident, target)
    except Refusal as refusal:
        return alone_page(Sent(refusal, ident, typed)), refusal.status
    if change is not None:
        tell_done(change, change.client_id, url_for("deals_room.queue", tab=DEALS))
    return redirect(_onwards(DEALS))


def _client(session: Session, typed: str) -> int:
    found = client_typed(session, actor(), typed)
    if found is None:
        raise Refusal("Nothing was chosen. Nothing was changed. Choose one, then send it.")
    return found


def _kind(said: str) -> Kind:
    if said not in list(Kind):
        raise Missing()
    return Kind(said)


def _onwards(tab: str, row: int = 0) -> str:
    """The same page of the queue, at that row, else at the one after what was decided."""
    row = row or whole_number(request.form.get("following"))
    page, state = whole_number(request.form.get("page")), request.form.get("state")
    return url_for(
        "deals_room.queue",
        tab=tab,
        state="decided" if state == "decided" else None,
        page=page if page > 1 else None,
        _anchor=f"row-{row}" if row else None,
    )


def _tell(decision: Decision) -> None:
    """Say what was decided, with a button that takes it back."""
    said = _SENTENCES[decision.kind](decision)
    if decision.others:
        said += " " + ngettext(
            "The same name in %(num)d other source follows.",
            "The same name in %(num)d other sources follows.",
            decision.others,
        )
    if decision.deals:
        said += " " + ngettext("%(num)d deal moved.", "%(num)d deals moved.", decision.deals)
    address = url_for(
        "deals_room.take_decision_back", kind=decision.kind.value, ident=decision.ident
    )
    values = {"next": _onwards(decision.kind.value, decision.ident)}
    offer = {"text": _("Take it back"), "address": address, "values": values}
    flash({"text": said, "button": offer}, "success")  # type: ignore[arg-type]


def _sentence(ours: Callable[[Any], str], nobody: Callable[[Any], str]) -> Callable[[Any], str]:
    def say_it(decision: Decision) -> str:
        if decision.held.waits:
            return _("%(name)s waits for a decision again.", name=decision.name)
        return (nobody if decision.held.is_nobody else ours)(decision)

    return say_it


_SENTENCES: dict[Kind, Callable[[Any], str]] = {
    Kind.COMPANY: _sentence(
        lambda d: _("It is remembered which client %(name)s is.", name=d.name),
        lambda d: _("%(name)s is none of our clients; that is remembered.", name=d.name),
    ),
    Kind.PRODUCT: _sentence(
        lambda d: _("It is remembered which product %(name)s is.", name=d.name),
        lambda d: _("%(name)s is none of our products; that is remembered.", name=d.name),
    ),
    Kind.SELLER: _sentence(
        lambda d: _("It is remembered which colleague %(name)s is.", name=d.name),
        lambda d: _("%(name)s is none of our colleagues; that is remembered.", name=d.name),
    ),
}
