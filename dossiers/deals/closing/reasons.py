"""Changing the list of reasons. Codes stay, and what was said of deals keeps its reason."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.closing.models import CloseReason
from dossiers.deals.closing.queries import all_reasons, reason_by_id
from dossiers.deals.closing.rules import Named, check_named, check_room, code_for
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.history.services import record

KIND = "close reason"


def add_reason(session: Session, actor: Actor, named: Named) -> CloseReason:
    """Add a reason at the end of the list. Raises `Refusal`, `Forbidden`."""
    reasons = _locked(session, actor)
    check_room(sum(not one.archived for one in reasons))
    checked = check_named(named, _names(reasons, named, None))
    reason = CloseReason(
        code=code_for(checked.name_en, {one.code for one in reasons}),
        name_ru=checked.name_ru,
        name_en=checked.name_en,
        kind=checked.kind,
        rank=max((one.rank for one in reasons), default=0) + 1,
        archived=False,
    )
    session.add(reason)
    session.flush()
    record(session, actor, "create", KIND, reason.id, None, _state(reason))
    return reason


def change_reason(session: Session, actor: Actor, reason_id: int, named: Named) -> None:
    """Call a reason otherwise, or let it be for other deals. Raises `Refusal`, `Missing`."""
    reasons = _locked(session, actor)
    reason = reason_by_id(session, reason_id)
    checked = check_named(named, _names(reasons, named, reason))
    before = _state(reason)
    reason.name_ru, reason.name_en, reason.kind = checked.name_ru, checked.name_en, checked.kind
    _tell(session, actor, "change", reason, before)


def archive_reason(session: Session, actor: Actor, reason_id: int, archived: bool) -> None:
    """Offer a reason no longer, or again; what was said of deals stays. Raises `Missing`."""
    reasons = _locked(session, actor)
    reason = reason_by_id(session, reason_id)
    if not archived and reason.archived:
        check_room(sum(not one.archived for one in reasons))
    before = _state(reason)
    reason.archived = archived
    _tell(session, actor, "archive" if archived else "bring back", reason, before)


def move_reason(session: Session, actor: Actor, reason_id: int, step: int) -> None:
    """Let a reason stand one place earlier (-1) or later (1) among those in use."""
    shown = [one for one in _locked(session, actor) if not one.archived]
    reason = reason_by_id(session, reason_id)
    if reason.archived or step not in (-1, 1):
        return
    place = shown.index(reason) + step
    if 0 <= place < len(shown):
        before, other = _state(reason), shown[place]
        reason.rank, other.rank = other.rank, reason.rank
        if reason.rank == other.rank:
            reason.rank += step
        _tell(session, actor, "move", reason, before)


def _locked(session: Session, actor: Actor) -> list[CloseReason]:
    """All reasons; whoever changes the list waits for the change before."""
    require(actor, Permission.EDIT_REASONS)
    session.execute(select(CloseReason.id).with_for_update())
    return all_reasons(session)


def _names(reasons: list[CloseReason], named: Named, but: CloseReason | None) -> set[str]:
    """The names that are taken among reasons for the same deals."""
    others = (one for one in reasons if one is not but and one.kind == named.kind)
    return {name.casefold() for one in others for name in (one.name_ru, one.name_en)}


def _tell(
    session: Session, actor: Actor, action: str, reason: CloseReason, before: Mapping[str, Any]
) -> None:
    after = _state(reason)
    if after != before:
        record(session, actor, action, KIND, reason.id, before, after)


def _state(reason: CloseReason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "name_ru": reason.name_ru,
        "name_en": reason.name_en,
        "kind": reason.kind,
        "rank": reason.rank,
        "archived": reason.archived,
    }
