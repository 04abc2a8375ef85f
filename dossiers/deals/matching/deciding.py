"""Deciding who or what a company, product or seller of a source is: once, and for ever.

Later loads keep a decision. The same name in other sources follows when it waits. Each decision
stands in the history and, where a client is concerned, in its dossier; from both it can be taken
back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import locked_client
from dossiers.deals.homes import home_of
from dossiers.deals.kinds import Matched
from dossiers.deals.matching.kinds import SUBJECTS, Kind
from dossiers.deals.matching.moving import Held, held_by, put
from dossiers.deals.matching.rows import locked_row, same_names
from dossiers.facts.models import Change
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Missing, Refusal
from wiki.history.services import record
from wiki.pages.models import Page

GIVEN, LEFT = "give company", "lose company"
DECIDED = "decide match"
WAITS, NOBODY = Held(), Held(None, Matched.PERSON, True)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: of whom, how many deals moved, and in which other sources it holds, too."""

    kind: Kind
    ident: int
    name: str
    held: Held
    deals: int = 0
    others: int = 0
    change: Change | None = None


def is_one_of_ours(target: int) -> Held:
    """It is the client, page or colleague of that number, as a person decided."""
    return Held(target, Matched.PERSON)


def decide(
    session: Session, actor: Actor, kind: Kind, ident: int, held: Held, seen: Held | None = None
) -> Decision:
    """Let a row be that from now on; its deals and the same names elsewhere follow.

    `seen` is what the person saw it to be. Raises `Missing` for what the actor may not see,
    `Clash` when somebody else has decided meanwhile, `Forbidden` unless the actor may edit the
    dossiers concerned, `Refusal` for a page or colleague that is no more.
    """
    require(actor, Permission.EDIT_DOSSIERS)
    row = locked_row(session, actor, kind, ident)
    before = held_by(SUBJECTS[kind], row)
    if seen is not None and not seen.means_what(before):
        raise Clash(
            "Somebody else has decided about %(name)s meanwhile. Nothing was changed. It stands "
            "among what is decided; look there, and change it if it is wrong.",
            name=row.name,
        )
    check_target(session, actor, kind, held.target)
    rows = {row: held}
    if before.waits and not held.waits:
        rows |= dict.fromkeys(same_names(session, kind, row), held)
    return write(session, actor, kind, row, rows)


def check_target(session: Session, actor: Actor, kind: Kind, target: int | None) -> None:
    """Raise unless a company, product or seller may be that."""
    if target is None:
        return
    if kind is Kind.COMPANY:
        dossier_of(session, actor, target)
    elif kind is Kind.PRODUCT:
        page = session.get(Page, target)
        if page is None or page.audience not in actor.audiences or page.room is not None:
            raise Missing("There is no such page. Nothing was changed.")
        if page.archived:
            raise Refusal(
                "The page %(title)s is archived. Nothing was changed. Take one in use, or bring "
                "the page back first.",
                title=page.title,
            )
    else:
        user = session.get(User, target)
        if user is None or user.deactivated_at is not None:
            raise Missing("There is no such colleague. Nothing was changed.")


def dossier_of(session: Session, actor: Actor, client_id: int | None) -> Client | None:
    """The dossier in which a client's deals are shown, locked, for somebody who may change it."""
    if client_id is None:
        return None
    home = home_of(session, client_id)
    if home is None:
        raise Missing("There is no such client. Nothing was changed.")
    return locked_client(session, actor, home.id)


def write(
    session: Session,
    actor: Actor,
    kind: Kind,
    row: Any,
    rows: Mapping[Any, Held],
    tell: bool = True,
) -> Decision:
    """Write these rows, of which `row` is the one that was decided, with deeds and history.

    With `tell` off the deed stands in the dossier already.
    """
    subject = SUBJECTS[kind]
    before = {one: held_by(subject, one) for one in rows}
    now = rows[row]
    if all(held == before[one] for one, held in rows.items()):
        return Decision(kind, row.id, row.name, now)
    dossiers = _dossiers(session, actor, kind, before[row], now)
    deals = put(session, actor.id, kind, rows)
    record(
        session, actor, DECIDED, subject.called, row.id,
        {"rows": {str(one.id): held.as_json() for one, held in before.items()}},
        {"rows": {str(one.id): held.as_json() for one, held in rows.items()}},
    )  # fmt: skip
    change = None
    if tell:
        change = _tell(session, actor, row, dossiers, before, rows)
    return Decision(kind, row.id, row.name, now, deals, len(rows) - 1, change)


def _dossiers(
    session: Session, actor: Actor, kind: Kind, before: Held, now: Held
) -> Sequence[Client | None]:
    """Of whom it was, and of whom it is now."""
    if kind is not Kind.COMPANY:
        return (None, None)
    return [dossier_of(session, actor, held.target) for held in (before, now)]


def _tell(
    session: Session,
    actor: Actor,
    row: Any,
    dossiers: Sequence[Client | None],
    before: Mapping[Any, Held],
    rows: Mapping[Any, Held],
) -> Change | None:
    """Both dossiers tell of it; the change of the one that it goes to, else of that it leaves."""
    was, now = dossiers
    moves = {str(one.id): [before[one].as_json(), held.as_json()] for one, held in rows.items()}
    words = {"company": row.name, "ident": row.id, "moves": moves}
    change = None
    if was is not None and was is not now:
        change = begin_deed(session, actor, was, LEFT, **words)
    if now is not None and was is not now:
        change = begin_deed(session, actor, now, GIVEN, **words)
    return change
