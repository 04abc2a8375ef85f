"""The ground of a discount: why it was given, who asked for it, who approved it.

The newest one holds and the older ones stay. The dossier of the client tells of each, and takes it
back as any other deed.
"""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.queries import locked_client
from dossiers.deals.deeds import locked_deal, name_of, note_decision
from dossiers.deals.discounts.models import DiscountGround
from dossiers.deals.discounts.versions import grounds_of
from dossiers.deals.homes import home_of
from dossiers.deals.models import Deal
from dossiers.facts.models import Change
from dossiers.people.editing.aftermath import is_in_force
from dossiers.people.reading.names import people_here
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Refusal
from wiki.history.services import record
from wiki.pages.content import clean_text, one_line
from wiki.rendering.titles import fold_title

GIVEN, WITHDRAWN = "give discount ground", "withdraw discount ground"
LONGEST_WORDS = 1000
LONGEST_NAME = 200
#: As many people of a client are offered, and known by their names.
MOST_PEOPLE = 500


@dataclass(frozen=True, slots=True)
class GroundSaid:
    """What somebody says of a discount; `asked_by` is a name as it was typed."""

    ground: str
    words: str = ""
    asked_by: str = ""
    approved_by: int | None = None


def ground_of(session: Session, deal_id: int) -> DiscountGround | None:
    """The ground that holds."""
    wanted = select(DiscountGround).where(
        DiscountGround.deal_id == deal_id, DiscountGround.is_newest.is_(True)
    )
    return session.scalars(wanted).first()


def give_ground(session: Session, actor: Actor, deal_id: int, said: GroundSaid) -> Change | None:
    """Say why a deal has its discount; `None` for a deal that is in no dossier.

    Raises `Missing`, `Forbidden` unless the actor may edit the dossier, and `Refusal` for what
    cannot be meant.
    """
    require(actor, Permission.EDIT_DOSSIERS)
    deal = locked_deal(session, actor, deal_id)
    _check(session, said)
    before = ground_of(session, deal.id)
    row = _row(session, actor, deal, said)
    session.add(row)
    session.flush()
    _let_hold(session, deal.id, row.id)
    return _tell(session, actor, deal, GIVEN, before, row)


def withdraw_ground(session: Session, actor: Actor, deal_id: int) -> Change | None:
    """Let the deal have no ground. Raises what `give_ground` raises."""
    require(actor, Permission.EDIT_DOSSIERS)
    deal = locked_deal(session, actor, deal_id)
    before = ground_of(session, deal.id)
    if before is None:
        raise Refusal("The deal has no ground. Nothing was changed.")
    _let_hold(session, deal.id, None)
    return _tell(session, actor, deal, WITHDRAWN, before, None)


def follow_undo(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """Let the ground hold that held before the deed, or the one after it.

    Raises `Clash` when another one has been given since.
    """
    was, now = first.words["was"], first.words["now"]
    to, of = (now, was) if is_in_force(session, undo) else (was, now)
    deal = locked_deal(session, actor, first.words["ident"])
    held = ground_of(session, deal.id)
    if (held.id if held else None) != of:
        raise Clash(
            "Another ground has been given since. Nothing was changed. Open the deal and say there "
            "which one holds."
        )
    _let_hold(session, deal.id, to)
    row = session.get(DiscountGround, to) if to is not None else None
    note_decision(session, actor, deal, {"ground": [_code(held), _code(row)]})


def _check(session: Session, said: GroundSaid) -> None:
    if said.ground not in {one.code for one in grounds_of(session) if not one.archived}:
        raise Refusal("Choose the ground. Nothing was changed.")
    if len(clean_text(said.words)) > LONGEST_WORDS:
        raise Refusal(
            "The words have at most %(limit)d characters. Nothing was changed. Shorten them.",
            limit=LONGEST_WORDS,
        )
    if len(one_line(said.asked_by)) > LONGEST_NAME:
        raise Refusal(
            "A name has at most %(limit)d characters. Nothing was changed.", limit=LONGEST_NAME
        )
    if said.approved_by is not None and session.get(User, said.approved_by) is None:
        raise Refusal("Choose who approved it. Nothing was changed.")


def _row(session: Session, actor: Actor, deal: Deal, said: GroundSaid) -> DiscountGround:
    asked_by = one_line(said.asked_by)
    return DiscountGround(
        deal_id=deal.id,
        ground=said.ground,
        words=clean_text(said.words),
        asked_by=asked_by,
        asked_by_id=_person_called(session, deal, asked_by),
        approved_by_id=said.approved_by,
        at=clock.now(),
        by=actor.id,
        is_newest=False,
    )


def _person_called(session: Session, deal: Deal, name: str) -> int | None:
    """The one person of the client's dossier who is called so; `None` for none or several."""
    home = home_of(session, deal.client_id)
    if home is None or not name:
        return None
    people, folded = people_here(session, home.id, MOST_PEOPLE), fold_title(name)
    found = [person.id for person in people if fold_title(person.text) == folded]
    return found[0] if len(found) == 1 else None


def _let_hold(session: Session, deal_id: int, ground_id: int | None) -> None:
    session.execute(
        update(DiscountGround)
        .where(DiscountGround.deal_id == deal_id)
        .values(is_newest=DiscountGround.id == ground_id if ground_id is not None else False)
        .execution_options(synchronize_session="fetch")
    )


def _tell(
    session: Session,
    actor: Actor,
    deal: Deal,
    action: str,
    before: DiscountGround | None,
    row: DiscountGround | None,
) -> Change | None:
    """Keep it in the deal's changes, and in the dossier or the history of the house."""
    codes = [_code(before), _code(row)]
    note_decision(session, actor, deal, {"ground": codes})
    home = home_of(session, deal.client_id)
    if home is None:
        told = {"deal": deal.id, "ground": codes[1]}
        record(session, actor, action, "deal", deal.id, {"ground": codes[0]}, told)
        return None
    client = locked_client(session, actor, home.id)
    return begin_deed(
        session,
        actor,
        client,
        action,
        deal=name_of(deal),
        ident=deal.id,
        was=before.id if before else None,
        now=row.id if row else None,
    )


def _code(ground: DiscountGround | None) -> str | None:
    return ground.ground if ground else None
