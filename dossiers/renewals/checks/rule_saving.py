"""Writing the next version of the rules of reviews."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from dossiers.renewals.checks.kinds import Check
from dossiers.renewals.checks.rules_now import LIMITS, Rules, plain_rules, rules_in_force
from dossiers.renewals.models import ReviewRules
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Refusal
from wiki.history.services import record
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number

LONGEST_WHY = 300
MOST_CHECKPOINTS = 4
FARTHEST = 730


@dataclass(frozen=True, slots=True)
class Draft:
    """Rules as a director wrote them; `base` is the number of those they were made from."""

    rules: Rules
    why: str
    base: int


def save_rules(session: Session, actor: Actor, draft: Draft) -> ReviewRules:
    """Keep the rules under the next number; those before stay with what they judged.

    Raises `Forbidden` for all but directors, `Refusal` for what cannot be meant, and `Clash` when
    somebody else has saved rules since.
    """
    require(actor, Permission.REVIEW_DOSSIERS)
    why = check_rules(draft)
    before = rules_in_force(session)
    if before.number != draft.base:
        raise Clash(
            "Somebody else has changed the rules in the meantime. Nothing was saved. Look at the "
            "rules as they are now, and change them once more."
        )
    kept, number = plain_rules(draft.rules), before.number + 1
    row = ReviewRules(number=number, rules=kept, why=why, saved_at=clock.now(), saved_by=actor.id)
    session.add(row)
    session.flush()
    record(session, actor, "save review rules", "review rules", number, plain_rules(before), kept)
    return row


def check_rules(draft: Draft) -> str:
    """Why they change, on one line. Raises `Refusal` for rules that nobody could go by."""
    points = draft.rules.checkpoints
    if not 0 < len(points) <= MOST_CHECKPOINTS or not all(0 < p <= FARTHEST for p in points):
        raise Refusal(
            "Say at which days before the end opinions are given: one to %(most)d numbers from 1 "
            "to %(farthest)d, such as 180, 90. Nothing was saved.",
            most=MOST_CHECKPOINTS,
            farthest=FARTHEST,
        )
    for name, value in draft.rules.limits.items():
        if not LIMITS[name].least <= value <= LIMITS[name].most:
            raise Refusal(
                "%(value)d is no limit here: it must be between %(least)d and %(most)d. Nothing "
                "was saved.",
                value=value,
                least=LIMITS[name].least,
                most=LIMITS[name].most,
            )
    if draft.rules.limits["change_least"] > draft.rules.limits["change_most"]:
        raise Refusal("The least share of changes is larger than the most. Nothing was saved.")
    why = one_line(draft.why)
    if not 0 < len(why) <= LONGEST_WHY:
        raise Refusal(
            "Say in 1 to %(limit)d characters why the rules change. Nothing was saved.",
            limit=LONGEST_WHY,
        )
    return why


def draft_typed(typed: Mapping[str, str]) -> Draft:
    """The rules that a form says. Raises `Refusal` for what is no number."""
    off = frozenset(code for code in Check if f"on-{code}" not in typed)
    said = typed.get("checkpoints", "")[:100].replace(";", ",")
    points = {_number(part) for part in said.split(",")}
    limits = {name: _number(typed.get(name, "")) for name in LIMITS}
    rules = Rules(0, tuple(sorted(points, reverse=True)), off, limits)
    why = typed.get("why", "")[: 4 * LONGEST_WHY]
    return Draft(rules, why, whole_number(typed.get("base")) or 0)


def _number(text: str) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise Refusal(
            "“%(text)s” is no whole number. Nothing was saved. Mend it and save again.",
            text=text[:40],
        )
    return int(text)
