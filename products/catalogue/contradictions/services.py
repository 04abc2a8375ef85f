"""Saying that two numbers do not contradict each other, and taking that back."""

from sqlalchemy.orm import Session

from products.catalogue.care.models import Contradiction
from products.catalogue.contradictions.checks import check_word
from products.catalogue.contradictions.queries import seen_contradiction
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.history.services import record

KIND = "contradiction"
"""What the history calls it."""


def say_is_none(session: Session, actor: Actor, contradiction_id: int, word: str) -> Contradiction:
    """Both numbers are right, and why; it stays so until one of the numbers changes.

    Raises `Missing` unless the actor may see both pages, `Forbidden` when the role does not allow
    it, `Refusal` without a word.
    """
    row = seen_contradiction(session, actor, contradiction_id, lock=True)
    require(actor, Permission.WRITE_PAGES)
    return _decide(session, actor, row, True, check_word(word))


def take_back(session: Session, actor: Actor, contradiction_id: int) -> Contradiction:
    """It is a contradiction after all. Raises as `say_is_none` does."""
    row = seen_contradiction(session, actor, contradiction_id, lock=True)
    require(actor, Permission.WRITE_PAGES)
    return _decide(session, actor, row, False, "")


def _decide(
    session: Session, actor: Actor, row: Contradiction, is_none: bool, word: str
) -> Contradiction:
    before = {"is_none": row.is_none, "word": row.word}
    after = {"is_none": is_none, "word": word}
    if before != after:
        row.is_none, row.word = is_none, word
        row.decided_at, row.decided_by = clock.now(), actor.id
        record(session, actor, "decide", KIND, row.id, before, after)
    return row
