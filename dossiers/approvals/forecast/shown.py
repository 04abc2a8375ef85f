"""A kept forecast as pages and programs show it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from dossiers.approvals.forecast.outlook import Bar, StepOutlook
from dossiers.approvals.models import SignatureForecast


@dataclass(frozen=True, slots=True)
class Shown:
    """A forecast with its reasons.

    `runs` is from how many finished runs it was made, `wanted_chance` and `managers_chance` the
    shares of walks that had ended by these days, when there are such.
    """

    made_on: date
    early: date
    likely: date
    late: date
    managers_date: date | None
    days: tuple[int, ...]
    runs: int
    walks: int
    is_far: bool
    bars: tuple[Bar, ...]
    steps: tuple[StepOutlook, ...]
    wanted_chance: float | None
    managers_chance: float | None

    @property
    def holding(self) -> list[StepOutlook]:
        """The steps that hold it up, the heaviest first."""
        return [step for step in self.steps if step.weight > 0]


def shown_of(kept: SignatureForecast) -> Shown:
    """Read a forecast as it was kept."""
    basis = kept.basis
    chances = basis.get("chances", {})
    return Shown(
        kept.made_on,
        kept.early,
        kept.likely,
        kept.late,
        kept.managers_date,
        tuple(basis.get("days", ())),
        basis.get("runs", 0),
        basis.get("walks", 0),
        basis.get("is_far", False),
        tuple(Bar(_day(start), _day(end), share) for start, end, share in basis.get("bars", ())),
        tuple(_step(step) for step in basis.get("steps", ())),
        chances.get("wanted"),
        chances.get("managers"),
    )


def _step(plain: dict[str, Any]) -> StepOutlook:
    ends = (_day(plain[name]) for name in ("early", "likely", "late"))
    return StepOutlook(plain["code"], plain["title"], plain["critical"], plain["days"], *ends)


def _day(text: str) -> date:
    return date.fromisoformat(text)
