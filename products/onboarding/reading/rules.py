"""What may be confirmed, and what several changes of a page come to."""

from collections.abc import Iterable

from products.onboarding.weight.reasons import Reason
from wiki.errors import Refusal


def check_version(revision: int, newest: int) -> None:
    """Raise `Refusal` when the page has no such version."""
    if not 1 <= revision <= newest:
        raise Refusal(
            "This page has no version %(number)d. Nothing was changed: read the page as it is now "
            "and confirm that.",
            number=revision,
        )


def check_no_questions(waiting: int) -> None:
    """Raise `Refusal` while questions wait: their answers are the confirmation."""
    if waiting:
        raise Refusal(
            "Questions about this page wait for you. Nothing was changed: answer them, and the "
            "page counts as read."
        )


def told_together(reasons: Iterable[Reason]) -> list[Reason]:
    """What changes one after another come to: 900 to 950 and 950 to 990 is 900 to 990.

    What was changed back is not told.
    """
    told: list[Reason] = []
    for reason in reasons:
        before = next((one for one in told if _goes_on(one, reason)), None)
        if before is None:
            told.append(reason)
            continue
        place = told.index(before)
        told[place] = before._replace(new=reason.new)
    return [one for one in told if not one.old or one.old != one.new]


def _goes_on(before: Reason, reason: Reason) -> bool:
    return bool(reason.old) and before.kind == reason.kind and before.new == reason.old
