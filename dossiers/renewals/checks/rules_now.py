"""The rules of reviews: checkpoints, which checks are made with which limits, when one neglects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.renewals.checks.kinds import Check
from dossiers.renewals.models import ReviewRules
from wiki.errors import Missing

CHECKPOINTS = (180, 90)


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure that directors set, with its usual value and the least and most that it may be."""

    usual: int
    least: int
    most: int


LIMITS: Mapping[str, Limit] = {
    "met_days": Limit(60, 1, 730),
    "supporters": Limit(2, 1, 20),
    "levels": Limit(2, 1, 10),
    "confirmed_days": Limit(180, 1, 1825),
    "promises": Limit(0, 0, 100),
    "discounts": Limit(0, 0, 100),
    "fact_days": Limit(365, 30, 3650),
    "fact_percent": Limit(25, 0, 100),
    "change_least": Limit(11, 0, 100),
    "change_most": Limit(25, 0, 100),
    "weak_for_risk": Limit(3, 1, 9),
    "neglect_days": Limit(30, 1, 730),
}
"""All figures by their names.

How many positions change their holder or manager in half a year is 11 to 25 percent in public data.
"""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules as they stood under that number; 0 are those of the program.

    `checkpoints` are days before the end of a contract, the farthest first.
    """

    number: int = 0
    checkpoints: tuple[int, ...] = CHECKPOINTS
    off: frozenset[Check] = frozenset()
    limits: Mapping[str, int] = field(
        default_factory=lambda: {name: limit.usual for name, limit in LIMITS.items()}
    )

    @property
    def neglect_days(self) -> int:
        """After so many days without contact and without a next date a client is neglected."""
        return self.limits["neglect_days"]

    @property
    def last_checkpoint(self) -> int:
        """The checkpoint at which "wait and see" is no answer any more."""
        return self.checkpoints[-1]


def rules_in_force(session: Session) -> Rules:
    """The rules by which the machine goes now, in one statement."""
    newest = select(ReviewRules).order_by(ReviewRules.number.desc()).limit(1)
    row = session.scalar(newest)
    return rules_kept(row) if row else Rules()


def rules_numbered(session: Session, number: int | None) -> Rules:
    """The rules of that number, as they were. Raises `Missing`."""
    if not number:
        return Rules()
    row = session.get(ReviewRules, number)
    if row is None:
        raise Missing()
    return rules_kept(row)


def rules_kept(row: ReviewRules) -> Rules:
    """The rules out of their row; a figure that was unknown then has its usual value."""
    kept = row.rules
    limits = {name: kept["limits"].get(name, limit.usual) for name, limit in LIMITS.items()}
    off = frozenset(Check(code) for code in kept["off"] if code in list(Check))
    return Rules(row.number, tuple(kept["checkpoints"]), off, limits)


def plain_rules(rules: Rules) -> dict[str, Any]:
    """The rules as they are kept."""
    return {
        "checkpoints": list(rules.checkpoints),
        "off": sorted(rules.off),
        "limits": dict(rules.limits),
    }
