"""What may be asked of whoever looks after a category, and who may do what with it."""

import re
from dataclasses import dataclass

from products.onboarding.kinds import GapState
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.errors import Clash, Forbidden, Refusal
from wiki.pages.content import clean_text, one_line

SHORTEST_WORDS = 3
LONGEST_WORDS = 500
LONGEST_ANSWER = 1_000
MOST_OPEN = 50
"""Open questions of one person."""
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_NUMBER = re.compile(r"(?:\S*/pages/)?(\d{1,9})(?:-\S*)?")


@dataclass(frozen=True, slots=True)
class Standing:
    """Of a question: its state, who asked, who is to answer (`None`: the directors)."""

    state: GapState
    asked_by: int
    owner_id: int | None


def check_words(typed: str) -> str:
    """The question on one line. Raises `Refusal` unless it has 3 to 500 letters."""
    words = one_line(typed[: 2 * LONGEST_WORDS])
    if len(words) < SHORTEST_WORDS:
        raise Refusal("Write what you wanted to know: at least three letters. Nothing was sent.")
    if len(words) > LONGEST_WORDS:
        raise Refusal(
            "The question has more than %(limit)d letters. Nothing was sent and your text is "
            "still in the form: shorten it.",
            limit=LONGEST_WORDS,
        )
    return words


def check_answer(typed: str) -> str:
    """The answer in words. Raises `Refusal` unless it has 1 to 1,000 letters."""
    answer = clean_text(typed[: 2 * LONGEST_ANSWER]).strip()
    if not answer:
        raise Refusal("Name the page that answers, or write the answer. Nothing was sent yet.")
    if len(answer) > LONGEST_ANSWER:
        raise Refusal(
            "The answer has more than %(limit)d letters. Nothing was sent and your text is still "
            "in the form: shorten it, or write a page and name it here.",
            limit=LONGEST_ANSWER,
        )
    return answer


def language_of(words: str) -> str:
    """The language of a question: Russian when it has a Cyrillic letter."""
    return "ru" if _CYRILLIC.search(words) else "en"


def page_number_in(typed: str) -> int | None:
    """The number of a page out of its address or a bare number; `None` for a title."""
    found = _NUMBER.fullmatch(typed.strip()[:500])
    return int(found[1]) if found else None


def may_see_all(actor: Actor) -> bool:
    """Who sees the questions of others: those who write pages."""
    return may(actor, Permission.WRITE_PAGES)


def may_answer(actor: Actor) -> bool:
    """Who may answer, not only the one who is asked: those who write pages."""
    return may(actor, Permission.WRITE_PAGES)


def may_drop(actor: Actor, standing: Standing) -> bool:
    """Whoever asked, whoever is to answer, and directors."""
    if standing.state is not GapState.OPEN:
        return False
    return actor.is_director or actor.id in (standing.asked_by, standing.owner_id)


def may_reopen(actor: Actor, standing: Standing) -> bool:
    """The same people, once it is settled."""
    if standing.state is GapState.OPEN:
        return False
    return actor.is_director or actor.id in (standing.asked_by, standing.owner_id)


def may_judge(actor: Actor, standing: Standing) -> bool:
    """Who says whether a page that was found answers: whoever asked, and those who answer."""
    return actor.id == standing.asked_by or may_answer(actor)


def check_open(state: GapState) -> None:
    """Raise `Clash` when somebody was faster."""
    if state is not GapState.OPEN:
        raise Clash(
            "This question is settled already: somebody was faster. Nothing was changed. Open it "
            "again if there is more to say."
        )


def check_drops(actor: Actor, standing: Standing) -> None:
    """Raise `Clash` when it is settled, `Forbidden` when it is not the person's to drop."""
    check_open(standing.state)
    if not may_drop(actor, standing):
        raise Forbidden("Only whoever asked or is to answer can drop it. Nothing was changed.")


def check_reopens(actor: Actor, standing: Standing) -> None:
    """Raise `Clash` when it is open, `Forbidden` when it is not the person's to open."""
    if standing.state is GapState.OPEN:
        raise Clash("This question is open already. Nothing was changed.")
    if not may_reopen(actor, standing):
        raise Forbidden("Only whoever asked or answers can open it again. Nothing was changed.")
