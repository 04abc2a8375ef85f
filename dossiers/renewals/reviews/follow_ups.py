"""Ending follow-ups with a result, dropping them with a reason, opening them again."""

from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import locked_client
from dossiers.facts.models import Change
from dossiers.renewals.kinds import FollowUpState
from dossiers.renewals.models import FollowUp
from dossiers.renewals.reviews.listing import follow_up_visible_to
from dossiers.renewals.reviews.rules import (
    LONGEST_RESULT,
    check_directs,
    check_may_end,
    text_of,
)
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Missing

ENDED = "end follow-up"
REOPENED = "reopen follow-up"


def end_follow_up(
    session: Session, actor: Actor, follow_up_id: int, result: str, done: bool = True
) -> Change:
    """Say what came of a follow-up. Only a director drops one that was not done, with a reason.

    Raises `Missing`, `Forbidden` for a colleague's, `Clash` when it has ended, and `Refusal`
    without words.
    """
    client, row = _locked(session, actor, follow_up_id)
    check_may_end(actor, row.user_id, row.state)
    if not done:
        check_directs(actor)
    words = text_of(result, LONGEST_RESULT)
    state = FollowUpState.DONE if done else FollowUpState.DROPPED
    row.state, row.result = state, words
    row.ended_at, row.ended_by = clock.now(), actor.id
    return begin_deed(
        session, actor, client, ENDED,
        ident=row.id, what=row.what, state=state.value, result=words, by=actor.id,
    )  # fmt: skip


def reopen_follow_up(session: Session, actor: Actor, follow_up_id: int) -> Change:
    """It is to be done after all; what was said of its end stays in the history."""
    client, row = _locked(session, actor, follow_up_id)
    check_may_end(actor, row.user_id, FollowUpState.OPEN)
    if row.state is FollowUpState.OPEN:
        raise Clash("This follow-up is open. Nothing was changed.")
    change = begin_deed(
        session, actor, client, REOPENED,
        ident=row.id, what=row.what, state=row.state.value, result=row.result, by=row.ended_by,
    )  # fmt: skip
    put_open(row)
    return change


def put_open(row: FollowUp) -> None:
    """As if it had never ended."""
    row.state, row.result, row.ended_at, row.ended_by = FollowUpState.OPEN, "", None, None


def _locked(session: Session, actor: Actor, follow_up_id: int) -> tuple[Client, FollowUp]:
    """The client in whose dossier it stands, locked, and the follow-up as it is by then."""
    found = follow_up_visible_to(session, actor, follow_up_id)
    client = locked_client(session, actor, _home(session, found.client_id))
    row = session.get(FollowUp, follow_up_id, populate_existing=True)
    if row is None:
        raise Missing()
    return client, row


def _home(session: Session, client_id: int) -> int:
    """The dossier to which a client leads that was merged into another."""
    client = session.get_one(Client, client_id)
    while client.merged_into_id is not None:
        client = session.get_one(Client, client.merged_into_id)
    return client.id
