"""Writing a version of the policy; what it says of deals is worked out by the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.discounts.documents import Ground, check_grounds, check_rules, document_of
from dossiers.deals.discounts.models import DiscountPolicy
from dossiers.deals.discounts.policy import Rule, WhoKind
from dossiers.deals.discounts.renewal import want_renewal
from dossiers.deals.discounts.versions import newest_policy
from wiki import clock
from wiki.accounts.actor import Actor, Role
from wiki.accounts.models import Team, User
from wiki.accounts.rules import Permission, require
from wiki.errors import Clash, Refusal
from wiki.history.services import record
from wiki.pages.content import one_line
from wiki.pages.models import Category

LONGEST_WHY = 300
EARLIEST = date(1990, 1, 1)
LATEST = date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Draft:
    """A version as somebody wrote it; `base` is the number of the version it was made from."""

    rules: Sequence[Rule]
    grounds: Sequence[Ground]
    valid_from: date | None
    why: str
    base: int


def save_policy(session: Session, actor: Actor, draft: Draft) -> DiscountPolicy:
    """Write the next version, and let the deals be judged anew.

    Raises `Forbidden`, `Refusal` for what cannot be meant, and `Clash` when somebody else has
    saved a version since.
    """
    require(actor, Permission.EDIT_DISCOUNT_POLICY)
    newest = newest_policy(session)
    number = newest.number if newest else 0
    if number != draft.base:
        raise Clash(
            "Somebody else has saved version %(number)d since. Nothing was saved. Open the policy "
            "in another window, and bring yours in step with it.",
            number=number,
        )
    check_draft(session, draft)
    document = document_of(draft.rules, draft.grounds)
    policy = DiscountPolicy(
        number=number + 1,
        rules=document,
        valid_from=draft.valid_from,
        why=one_line(draft.why),
        saved_at=clock.now(),
        saved_by=actor.id,
    )
    session.add(policy)
    session.flush()
    record(
        session, actor, "save discount policy", "discount policy", policy.id, None, _told(policy)
    )
    want_renewal(session, actor.id)
    return policy


def check_draft(session: Session, draft: Draft) -> None:
    """Raise `Refusal` for a draft that cannot be saved."""
    if draft.valid_from is None or not EARLIEST <= draft.valid_from <= LATEST:
        raise Refusal("Say from which day on the policy holds, such as 2026-03-31.")
    why = one_line(draft.why)
    if not 0 < len(why) <= LONGEST_WHY:
        raise Refusal("Say in 1 to %(limit)d characters why the policy changes.", limit=LONGEST_WHY)
    check_rules(draft.rules)
    check_grounds(draft.grounds)
    _check_known(session, draft.rules)


def _check_known(session: Session, rules: Sequence[Rule]) -> None:
    """Raise `Refusal` when a rule names somebody or a category that there is not."""
    teams = {str(ident) for ident in session.scalars(select(Team.id))}
    people = {str(ident) for ident in session.scalars(select(User.id))}
    categories = set(session.scalars(select(Category.id)))
    known = {
        WhoKind.EVERYBODY: {""},
        WhoKind.ROLE: {role.value for role in Role},
        WhoKind.TEAM: teams,
        WhoKind.COLLEAGUE: people,
    }
    for number, rule in enumerate(rules, 1):
        if rule.whom not in known[rule.who]:
            raise Refusal("Choose whom it is for.", row=number)
        if rule.category_id is not None and rule.category_id not in categories:
            raise Refusal("There is no such category.", row=number)


def _told(policy: DiscountPolicy) -> dict[str, object]:
    return {
        "number": policy.number,
        "valid_from": policy.valid_from.isoformat(),
        "why": policy.why,
        "rules": policy.rules,
    }
