"""Half-open stretches of days, and what is left of one when another is cut out of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dossiers.facts.kinds import ALWAYS, FOREVER


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` on, up to but not with `end`."""

    start: date = ALWAYS
    end: date = FOREVER

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def is_empty(self) -> bool:
        """Whether it has no day."""
        return self.start >= self.end

    def meets(self, other: "Period") -> bool:
        """Whether some day is in both."""
        return self.start < other.end and other.start < self.end

    def with_(self, other: "Period") -> "Period":
        """The days that are in both; may be empty."""
        return Period(max(self.start, other.start), min(self.end, other.end))

    def without(self, other: "Period") -> Iterator["Period"]:
        """What is left of it, in at most two parts."""
        if not self.meets(other):
            yield self
            return
        if self.start < other.start:
            yield Period(self.start, other.start)
        if other.end < self.end:
            yield Period(other.end, self.end)


EVER = Period()


def since(day: date) -> Period:
    """From that day on."""
    return Period(day, FOREVER)
