"""Two versions of the policy side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dossiers.deals.discounts.policy import Rule


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule and what it allows before and after; `None` where it is not there."""

    rule: Rule
    before: Decimal | None
    after: Decimal | None

    @property
    def what(self) -> str:
        """One of "added", "removed", "changed", "same"."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "same" if self.before == self.after else "changed"


def compare_rules(before: Sequence[Rule], after: Sequence[Rule]) -> list[Difference]:
    """What became of each rule: those of the later version in their order, then those gone."""
    left: dict[object, list[Rule]] = {}
    for rule in before:
        left.setdefault(_key(rule), []).append(rule)
    found = []
    for rule in after:
        same = left.get(_key(rule))
        found.append(Difference(rule, same.pop(0).percent if same else None, rule.percent))
    gone = [rule for rules in left.values() for rule in rules]
    return [*found, *(Difference(rule, rule.percent, None) for rule in gone)]


def _key(rule: Rule) -> object:
    return (*rule.matter, rule.since, rule.until)
