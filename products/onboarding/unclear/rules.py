"""What may be asked and answered about a sentence, and by whom."""

import re
from dataclasses import dataclass

from products.onboarding.kinds import MarkState
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.errors import Clash, Forbidden, Refusal
from wiki.pages.content import clean_text

LONGEST_QUESTION = 1_000
LONGEST_ANSWER = 2_000
MOST_OPEN = 100
"""Open marks on one page; more say that the page must be written anew."""
_LONGEST_CHOICE = 2_000
_CHOICE = re.compile(r"(\d{1,9}):(.+)", re.DOTALL)
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A text on the page, and how many letters without blanks stand before it."""

    quote: str
    start: int = 0


def chosen_in(typed: str) -> Chosen:
    """What a form says of the sentence, as «120:The words». Raises `Refusal` for anything else."""
    found = _CHOICE.fullmatch(typed.strip()[:_LONGEST_CHOICE])
    if found is None:
        raise Refusal("Choose the sentence that is unclear. Your question is still in the form.")
    return Chosen(clean_text(found[2]), int(found[1]))


def check_question(typed: str) -> str:
    """The question without blanks around it. Raises `Refusal` unless it has 1 to 1,000 letters."""
    question = clean_text(typed[: 2 * LONGEST_QUESTION]).strip()
    if not _WORD.search(question):
        raise Refusal("Say what is unclear: a few words will do. Nothing was sent yet.")
    if len(question) > LONGEST_QUESTION:
        raise Refusal(
            "The question has more than %(limit)d letters. Nothing was sent and your text is "
            "still in the form: shorten it.",
            limit=LONGEST_QUESTION,
        )
    return question


def check_answer(typed: str) -> str:
    """The answer without blanks around it. Raises `Refusal` unless it has 1 to 2,000 letters."""
    answer = check_word(typed)
    if not _WORD.search(answer):
        raise Refusal("Write the answer, or say that the page was mended. Nothing was sent yet.")
    return answer


def check_word(typed: str) -> str:
    """An answer that may stay empty. Raises `Refusal` when it has more than 2,000 letters."""
    word = clean_text(typed[: 2 * LONGEST_ANSWER]).strip()
    if len(word) > LONGEST_ANSWER:
        raise Refusal(
            "The answer has more than %(limit)d letters. Nothing was sent and your text is still "
            "in the form: shorten it, or write it into the page.",
            limit=LONGEST_ANSWER,
        )
    return word


def may_end(actor: Actor) -> bool:
    """Who may answer and say that a sentence was mended: those who write pages."""
    return may(actor, Permission.WRITE_PAGES)


def may_withdraw(actor: Actor, asked_by: int, state: MarkState) -> bool:
    """Whoever asked, as long as nobody answered."""
    return state is MarkState.OPEN and actor.id == asked_by


def may_reopen(actor: Actor, asked_by: int, state: MarkState) -> bool:
    """Whoever asked, and those who write pages; what was withdrawn only the one who asked."""
    if state is MarkState.OPEN:
        return False
    return actor.id == asked_by or (state is not MarkState.WITHDRAWN and may_end(actor))


def check_open(state: MarkState) -> None:
    """Raise `Clash` when somebody was faster."""
    if state is not MarkState.OPEN:
        raise Clash(
            "This question is settled already: somebody was faster. Nothing was changed. Open it "
            "again if there is more to say."
        )


def check_withdraws(actor: Actor, asked_by: int, state: MarkState) -> None:
    """Raise `Clash` when it is settled, `Forbidden` when somebody else asked."""
    check_open(state)
    if not may_withdraw(actor, asked_by, state):
        raise Forbidden("Only the person who asked can withdraw a question. Nothing was changed.")


def check_reopens(actor: Actor, asked_by: int, state: MarkState) -> None:
    """Raise `Clash` when it is open, `Forbidden` when it is not the person's to open."""
    if state is MarkState.OPEN:
        raise Clash("This question is open already. Nothing was changed.")
    if not may_reopen(actor, asked_by, state):
        raise Forbidden(
            "Only the person who asked can open this question again. Nothing was changed."
        )
