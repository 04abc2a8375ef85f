"""Which checkpoint a contract has come to, and what may be said there: rules over plain values."""

from datetime import date

from dossiers.renewals.checks.rules_now import Rules
from dossiers.renewals.kinds import Verdict
from wiki.errors import Refusal
from wiki.pages.content import one_line

LONGEST_WORDS = 2000


def checkpoint_on(day: date, ends_on: date | None, rules: Rules) -> int:
    """The checkpoint, in days before the end, that opinions of that day belong to.

    Before the first has come, and for an open-ended contract, it is the first.
    """
    left = (ends_on - day).days if ends_on else rules.checkpoints[0]
    come = [one for one in rules.checkpoints if one >= left]
    return min(come, default=rules.checkpoints[0])


def has_come(day: date, ends_on: date | None, rules: Rules) -> bool:
    """Whether any checkpoint has come."""
    return ends_on is not None and (ends_on - day).days <= rules.checkpoints[0]


def verdicts_at(days_before: int, rules: Rules) -> list[Verdict]:
    """How one may see a renewal; "wait and see" is no answer at the last checkpoint."""
    last = days_before <= rules.last_checkpoint
    return [one for one in Verdict if not (last and one is Verdict.WAIT)]


def check_opinion(verdict: Verdict, words: str, days_before: int, rules: Rules) -> str:
    """The words, cleaned.

    Raises `Refusal` for "wait and see" at the last checkpoint, and for no or too many words.
    """
    if verdict not in verdicts_at(days_before, rules):
        raise Refusal(
            "“Wait and see” is no answer any more %(days)d days before the end. Nothing was saved. "
            "Say whether it is safe, at risk or lost.",
            days=days_before,
        )
    said = one_line(words)
    if not said:
        raise Refusal("Say in a sentence why you see it so. Nothing was saved.")
    if len(said) > LONGEST_WORDS:
        raise Refusal(
            "The text has %(length)d characters; %(limit)d is the limit. Nothing was saved. "
            "Shorten it and try again.",
            length=len(said),
            limit=LONGEST_WORDS,
        )
    return said
