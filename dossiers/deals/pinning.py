"""Giving one deal to a client, whatever client its company is, and taking that back.

Both dossiers tell of it, and from both it is taken back as any other deed.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import locked_client
from dossiers.deals.deeds import locked_deal, name_of, note_decision
from dossiers.deals.homes import home_of
from dossiers.deals.models import Deal, DealCompany
from dossiers.facts.models import Change
from dossiers.people.editing.aftermath import is_in_force
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Forbidden, Missing

GIVEN, LEFT = "give deal", "lose deal"
_Place = list[object]
"""The client of a deal (`None`: none), and whether it is pinned."""


def pin_deal(session: Session, actor: Actor, deal_id: int, client_id: int) -> Change | None:
    """Give this deal alone to a client; `None` when it is so already.

    Raises `Missing`, and `Forbidden` unless the actor may edit both dossiers.
    """
    require(actor, Permission.EDIT_DOSSIERS)
    deal = locked_deal(session, actor, deal_id)
    return _move(session, actor, deal, [client_id, True])


def unpin_deal(session: Session, actor: Actor, deal_id: int) -> Change | None:
    """Let the deal be again of whatever client its company is; `None` when it is so already."""
    require(actor, Permission.EDIT_DOSSIERS)
    deal = locked_deal(session, actor, deal_id)
    company = select(DealCompany.client_id).where(DealCompany.id == deal.company_id)
    return _move(session, actor, deal, [session.scalar(company), False])


def _move(session: Session, actor: Actor, deal: Deal, place: _Place) -> Change | None:
    was: _Place = [deal.client_id, deal.pinned]
    if was == place:
        return None
    here = _dossier(session, actor, deal.client_id)
    there = _dossier(session, actor, place[0])
    words = {"deal": name_of(deal), "ident": deal.id, "was": was, "now": place}
    change = None
    if here is not None and here is not there:
        change = begin_deed(session, actor, here, LEFT, **words)
    if there is not None:
        change = begin_deed(session, actor, there, GIVEN, **words)
    put_place(session, actor, deal, place)
    return change


def _dossier(session: Session, actor: Actor, client_id: object) -> Client | None:
    """The dossier in which a client's deals are shown, for somebody who may change it.

    A client that the actor may not see is as absent as one that there is not.
    """
    if not isinstance(client_id, int):
        return None
    home = home_of(session, client_id)
    if home is None:
        raise Missing()
    return locked_client(session, actor, home.id)


def put_place(session: Session, actor: Actor, deal: Deal, place: _Place) -> None:
    """Let the deal be of that client; the change of the deal keeps whose it was."""
    before = deal.client_id
    deal.client_id = place[0] if isinstance(place[0], int) else None
    deal.pinned = bool(place[1])
    note_decision(session, actor, deal, {"client": [before, deal.client_id]})


def follow_undo(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """Let the deal be of whom it was before, or after.

    Raises `Clash` when it has moved on since, `Forbidden` unless both dossiers may be edited.
    """
    was, now = first.words["was"], first.words["now"]
    to, of = (now, was) if is_in_force(session, undo) else (was, now)
    deal = session.get(Deal, first.words["ident"])
    if deal is None or [deal.client_id, deal.pinned] != of:
        raise Clash(
            "The deal has been given to another client since. Nothing was changed. Open the deal "
            "and give it to the right client there."
        )
    try:
        for client_id in (to[0], of[0]):
            _dossier(session, actor, client_id)
    except Missing:
        raise Forbidden(
            "You may not change the other dossier that this concerns. Nothing was changed. "
            "Ask a director."
        ) from None
    put_place(session, actor, deal, to)
