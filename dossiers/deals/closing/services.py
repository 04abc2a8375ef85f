"""Saying why a deal was won or lost. What was said before is kept, and can hold again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import locked_client
from dossiers.deals.closing.models import CloseReason, DealClosing
from dossiers.deals.closing.queries import reason_by_id
from dossiers.deals.closing.rules import Said, check_said
from dossiers.deals.deeds import locked_deal, name_of, note_decision
from dossiers.deals.homes import home_of
from dossiers.deals.models import Deal
from dossiers.facts.models import Change
from dossiers.people.editing.aftermath import is_in_force
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Missing

EXPLAINED = "explain deal"


def explain_deal(session: Session, actor: Actor, deal_id: int, said: Said) -> Change | None:
    """Say why a deal was won or lost; `None` when it is said so already, or has no client.

    Raises `Refusal` when the rules of `check_said` are broken, `Missing`, `Forbidden`.
    """
    deal, client = _places(session, actor, deal_id)
    reason = reason_by_id(session, said.reason_id)
    checked = check_said(said, deal.kind, reason.kind, reason.archived)
    before = newest_closing(session, deal.id)
    if before is not None and checked == Said(before.reason_id, before.words, before.competitor):
        return None
    closing = DealClosing(
        deal_id=deal.id,
        reason_id=reason.id,
        words=checked.words,
        competitor=checked.competitor,
        at=clock.now(),
        by=actor.id,
    )
    session.add(closing)
    session.flush()
    return _let_hold(session, actor, deal, client, before, closing)


def explain_again(session: Session, actor: Actor, deal_id: int, closing_id: int) -> Change | None:
    """Let something that was said earlier hold again; 0 means that nothing is said.

    `None` when it holds already, or the deal has no client. Raises `Missing`, `Forbidden`.
    """
    deal, client = _places(session, actor, deal_id)
    closing = _closing(session, deal.id, closing_id) if closing_id else None
    before = newest_closing(session, deal.id)
    if closing is before:
        return None
    return _let_hold(session, actor, deal, client, before, closing)


def newest_closing(session: Session, deal_id: int) -> DealClosing | None:
    """What holds of a deal now."""
    wanted = select(DealClosing).where(DealClosing.deal_id == deal_id, DealClosing.is_newest)
    return session.scalars(wanted.order_by(DealClosing.id.desc()).limit(1)).first()


def _places(session: Session, actor: Actor, deal_id: int) -> tuple[Deal, Client | None]:
    """The deal and the client in whose dossier it is, both locked."""
    require(actor, Permission.EDIT_DOSSIERS)
    deal = locked_deal(session, actor, deal_id)
    home = home_of(session, deal.client_id)
    return deal, locked_client(session, actor, home.id) if home else None


def _closing(session: Session, deal_id: int, closing_id: int) -> DealClosing:
    closing = session.get(DealClosing, closing_id)
    if closing is None or closing.deal_id != deal_id:
        raise Missing()
    return closing


def _let_hold(
    session: Session,
    actor: Actor,
    deal: Deal,
    client: Client | None,
    before: DealClosing | None,
    closing: DealClosing | None,
) -> Change | None:
    _put(session, actor, deal, before, closing)
    if client is None:
        return None
    told = closing or before
    reason = session.get_one(CloseReason, told.reason_id) if told else None
    names = [reason.name_ru, reason.name_en] if reason else ["", ""]
    words = {"deal": name_of(deal), "ident": deal.id, "reason": names, "said": closing is not None}
    ids = {"was": before.id if before else 0, "now": closing.id if closing else 0}
    return begin_deed(session, actor, client, EXPLAINED, **words, **ids)


def _put(
    session: Session,
    actor: Actor,
    deal: Deal,
    before: DealClosing | None,
    closing: DealClosing | None,
) -> None:
    for one, holds in ((before, False), (closing, True)):
        if one is not None:
            one.is_newest = holds
    told = [_told(session, before), _told(session, closing)]
    note_decision(session, actor, deal, {"reason": told})
    session.flush()


def _told(session: Session, closing: DealClosing | None) -> list[str] | None:
    """The names of the reason as they are now, for the list of the deal's changes."""
    if closing is None:
        return None
    reason = session.get_one(CloseReason, closing.reason_id)
    return [reason.name_ru, reason.name_en]


def follow_undo(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """Let hold what was said before the deed, or after it again. Raises `Clash`."""
    was, now = first.words["was"], first.words["now"]
    to, of = (now, was) if is_in_force(session, undo) else (was, now)
    deal = locked_deal(session, actor, first.words["ident"])
    newest = newest_closing(session, deal.id)
    if (newest.id if newest else 0) != of:
        raise Clash(
            "Somebody has said another reason since. Nothing was changed. Open the deal and "
            "choose the right one there."
        )
    closing = _closing(session, deal.id, to) if to else None
    _put(session, actor, deal, newest, closing)
