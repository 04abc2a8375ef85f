"""What may stand in a review and in a follow-up, and who may write it."""

from datetime import date

from dossiers.renewals.kinds import FollowUpState, ReviewState
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Forbidden, Refusal
from wiki.pages.content import one_line

LONGEST_REMARK = 2000
LONGEST_WORDS = 10_000
LONGEST_WHAT = 500
LONGEST_RESULT = 1000
LONGEST_LINE = 120
LATEST = date(2100, 1, 1)


def check_directs(actor: Actor) -> None:
    """Raise `Forbidden` unless the person is a director."""
    if not actor.is_director:
        raise Forbidden(
            "Only a director opens, writes and signs reviews. Nothing was changed. Ask a director."
        )


def check_open(state: ReviewState) -> None:
    """Raise `Clash` for a review that is signed or dropped."""
    if state is not ReviewState.OPEN:
        raise Clash(
            "This review is signed or dropped, so nothing is written into it any more. Nothing was "
            "changed. Open a new review."
        )


def text_of(typed: str, longest: int) -> str:
    """Words that somebody must give. Raises `Refusal` for none and for more than `longest`."""
    text = words_of(typed, longest)
    if not text:
        raise Refusal("Nothing was written. Nothing was changed. Write what you mean.")
    return text


def words_of(typed: str, longest: int) -> str:
    """Words that may be none. Raises `Refusal` for more than `longest` characters."""
    text = typed.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > longest:
        raise Refusal(
            "The text has %(length)d characters; %(limit)d is the limit. Nothing was changed. "
            "Shorten it and try again.",
            length=len(text),
            limit=longest,
        )
    return text


def what_of(typed: str) -> str:
    """What is to be done, on one line. Raises `Refusal` as `text_of`."""
    return text_of(one_line(typed), LONGEST_WHAT)


def check_due(due_on: date | None, today: date) -> date:
    """The day until which something is to be done. Raises `Refusal` for none and for a past one."""
    if due_on is None or not today <= due_on < LATEST:
        raise Refusal(
            "A follow-up needs a day from today on. Nothing was changed. Choose the day until "
            "which it is to be done."
        )
    return due_on


def check_may_end(actor: Actor, user_id: int, state: FollowUpState) -> None:
    """Raise unless the person may end a follow-up: whoever has it, or a director."""
    if actor.id != user_id and not actor.is_director:
        raise Forbidden(
            "This follow-up was given to somebody else. Nothing was changed. Tell them, or ask a "
            "director."
        )
    if state is not FollowUpState.OPEN:
        raise Clash("This follow-up has ended before. Nothing was changed. Open it again first.")
