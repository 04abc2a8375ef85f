"""Why a purchase does not need a step, and what else would have to hold."""

from dataclasses import dataclass, replace

from dossiers.approvals.purchases import Condition, Purchase
from dossiers.approvals.steps import Step

UNSAID = "?"
"""The currency of an amount that nobody has said: whatever depends on it is then not sure."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A step that the purchase does not need, and that part of its condition which fails."""

    number: str
    step: Step
    failing: Condition


def failing_part(condition: Condition, purchase: Purchase) -> Condition:
    """The condition without all that holds for the purchase."""
    left = condition
    if not condition.categories or condition.categories & purchase.categories:
        left = replace(left, categories=frozenset())
    if condition.new_vendor in (None, purchase.new_vendor):
        left = replace(left, new_vendor=None)
    if condition.personal_data in (None, purchase.personal_data):
        left = replace(left, personal_data=None)
    if condition.currency != purchase.currency or condition.allows(purchase.amount):
        left = replace(left, amount_from=None, amount_to=None)
    return replace(left, tags=condition.tags - purchase.tags)
