"""A deal as a forecast sees it, and how things stood on a day: which had ended, which went on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dossiers.deals.kinds import DealKind

Stage = tuple[str, str]
"""A stage by its pipeline and its name."""


@dataclass(frozen=True, slots=True)
class Story:
    """One deal. `began` is when it is first known; amounts are whole units of its currency.

    `listed` is what it comes to at list price: what could be said of it while it went on, whatever
    its end. Sources often set the amount of a lost deal to zero.
    `stages` are the stages at which it was under way, by the day from which on; `said` is its
    managers' own probability in percent.
    """

    ident: int
    pipeline: str
    kind: DealKind
    began: date | None
    planned: date | None
    closed: date | None
    amount: int | None
    listed: int | None = None
    stages: Sequence[tuple[date, str]] = ()
    said: int | None = None

    def expected_amount(self) -> int | None:
        """What one could expect it to come to while it went on, as far as it is known."""
        if self.kind is DealKind.OPEN and self.amount is not None:
            return self.amount
        return self.listed

    def stage_on(self, day: date) -> Stage | None:
        """At which stage it was on that day, as far as anybody knows."""
        seen = [stage for since, stage in self.stages if since <= day]
        return (self.pipeline, seen[-1]) if seen else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the deals stood on a day: those decided until then, and those under way."""

    day: date
    ended: Sequence[Story]
    under_way: Sequence[Story]


def standing_on(stories: Sequence[Story], day: date) -> Standing:
    """How the deals stood at the end of a day, as far as their dates tell."""
    ended = [one for one in stories if _has_ended(one, day)]
    return Standing(day, ended, [one for one in stories if _goes_on(one, day)])


def _has_ended(story: Story, day: date) -> bool:
    return story.kind is not DealKind.OPEN and story.closed is not None and story.closed <= day


def _goes_on(story: Story, day: date) -> bool:
    """Of a deal that has ended since, one must know that it was there already."""
    if story.kind is DealKind.OPEN:
        return story.began is None or story.began <= day
    return (
        story.closed is not None
        and story.closed > day
        and story.began is not None
        and story.began <= day
    )
