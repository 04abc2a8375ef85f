"""What may be confirmed, which page is next, and what several changes of a page come to."""

from collections.abc import Iterable, Sequence

from products.onboarding.weight.queries import Weighed
from products.onboarding.weight.reasons import Reason, ReasonKind
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


def next_after(idents: Sequence[int], ident: int) -> int | None:
    """The one that follows in the list, the first after the last; `None` when there is no other."""
    others = [other for other in idents if other != ident]
    if not others or ident not in idents:
        return others[0] if others else None
    return others[idents.index(ident) % len(others)]


def told_together(versions: Iterable[Weighed]) -> list[Reason]:
    """What the changes of several versions come to, what is exactly known first.

    A fact or title that changed twice is told from its first value to its last, and not at all
    when it was changed back. Other words are told as they changed, for nobody knows whether the
    same figure stood at the same place.
    """
    exact: dict[str, Reason] = {}
    others: dict[Reason, None] = {}
    for reason in (reason for one in versions for reason in one.reasons):
        name = _name(reason)
        if name is None:
            others[reason] = None
        else:
            exact[name] = exact.get(name, reason)._replace(new=reason.new)
    return [one for one in exact.values() if one.old != one.new] + list(others)


def _name(reason: Reason) -> str | None:
    """What a reason is about, where it can be known: the key of a fact, the title."""
    if reason.kind is ReasonKind.TITLE:
        return ""
    return reason.new.partition(":")[0] if reason.kind is ReasonKind.FACT else None
