"""Taking decisions about companies, products and sellers back, from the queue or the dossier."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.matching.deciding import DECIDED, Decision, check_target, write
from dossiers.deals.matching.kinds import SUBJECTS, Kind
from dossiers.deals.matching.moving import Held, held_by, held_from
from dossiers.deals.matching.rows import locked_row, locked_rows
from dossiers.facts.models import Change
from dossiers.people.editing.aftermath import is_in_force
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Forbidden, Missing
from wiki.history.models import HistoryEntry


def take_back(session: Session, actor: Actor, kind: Kind, ident: int) -> Decision:
    """Let a row, and those that followed it, be what they were before the newest decision.

    Taking back twice is the decision again. What waits then is left alone by the machine. Raises
    `Missing`, `Clash` when a row has moved on since, and what `decide` raises.
    """
    require(actor, Permission.EDIT_DOSSIERS)
    locked_row(session, actor, kind, ident)
    newest = (
        select(HistoryEntry)
        .where(
            HistoryEntry.subject_kind == SUBJECTS[kind].called,
            HistoryEntry.subject_id == ident,
            HistoryEntry.action == DECIDED,
        )
        .order_by(HistoryEntry.id.desc())
        .limit(1)
    )
    entry = session.scalar(newest)
    if entry is None or entry.before is None or entry.after is None:
        raise Missing("Nothing was decided about this yet. Nothing was changed.")
    return _put_back(session, actor, kind, ident, entry.after["rows"], entry.before["rows"])


def follow_undo(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    """The same for a deed of a dossier that is taken back, or done again.

    Raises `Clash` when a company has moved on since, `Forbidden` unless the actor may edit the
    other dossier, too.
    """
    moves: Mapping[str, Any] = first.words["moves"]
    was = {ident: move[0] for ident, move in moves.items()}
    now = {ident: move[1] for ident, move in moves.items()}
    of, to = (was, now) if is_in_force(session, undo) else (now, was)
    try:
        locked_row(session, actor, Kind.COMPANY, first.words["ident"])
        _put_back(session, actor, Kind.COMPANY, first.words["ident"], of, to, tell=False)
    except Missing:
        raise Forbidden(
            "You may not change the other dossier that this concerns. Nothing was changed. "
            "Ask a director."
        ) from None


def _put_back(
    session: Session,
    actor: Actor,
    kind: Kind,
    ident: int,
    of: Mapping[str, Any],
    to: Mapping[str, Any],
    tell: bool = True,
) -> Decision:
    found = locked_rows(session, kind, map(int, of))
    for kept, row in ((of[str(row.id)], row) for row in found.values()):
        if not held_from(kept).means_what(held_by(SUBJECTS[kind], row)):
            raise Clash(
                "This has been decided otherwise since. Nothing was changed. It stands among "
                "what is decided; look there, and change it if it is wrong."
            )
    rows: dict[Any, Held] = {found[int(number)]: held_from(kept) for number, kept in to.items()}
    for target in {held.target for held in rows.values()}:
        check_target(session, actor, kind, target)
    return write(session, actor, kind, found[ident], rows, tell)
