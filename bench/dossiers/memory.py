"""A plain memory of a dossier: for each thing one may ask, what was said of each single day.

It knows nothing of rows, periods or databases, so that it can be asked whether those are right.
Days are counted from the first of a trial; the last one stands for all that come after it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dossiers.facts.models import Confidence, Source

DAYS = 24
ALL_DAYS = range(DAYS)

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Where something is known from."""

    source: Source
    confidence: Confidence
    learned_on: date


@dataclass(frozen=True, eq=False, slots=True)
class Said:
    """One saying, which may hold for several days; two of the same words are still two."""

    values: Any
    told: Told

    def says(self, values: Any, told: Told) -> bool:
        """Whether it says just that."""
        return (self.values, self.told) == (values, told)


Days = tuple[Said | None, ...]
_NOTHING: Days = (None,) * DAYS


@dataclass
class Memory:
    """What is believed now of every key and day."""

    days: dict[Key, Days] = field(default_factory=dict)

    def copy(self) -> "Memory":
        """The same, to be changed apart."""
        return Memory(dict(self.days))

    def of(self, key: Key) -> Days:
        """What is believed of the key, day by day."""
        return self.days.get(key, _NOTHING)

    def at(self, key: Key, day: int) -> Said | None:
        """What is believed of the key on that day."""
        return self.of(key)[day]

    def keys(self, *start: Any) -> list[Key]:
        """The keys that begin so and of which anything is believed, in order."""
        found = [key for key, days in self.days.items() if key[: len(start)] == start and any(days)]
        return sorted(found, key=repr)

    def say(self, key: Key, when: Iterable[int], values: Any, told: Told) -> None:
        """Believe this of these days; `values=None` is that it is not so."""
        on = set(when)
        now = {self.at(key, day) for day in on}
        if len(now) == 1 and (known := next(iter(now))) and known.says(values, told):
            return
        said = None if values is None else Said(values, told)
        self.days[key] = tuple(said if day in on else s for day, s in enumerate(self.of(key)))

    def until_next(self, key: Key, day: int) -> range:
        """From that day on, up to the next on which something else is believed of the key."""
        days = self.of(key)
        changes = (d for d in range(day + 1, DAYS) if days[d] is not days[d - 1])
        return range(day, next(changes, DAYS))

    def run(self, key: Key, day: int) -> range:
        """The days around that day for which the same saying holds."""
        return next(days for _said, days in self.runs(key) if day in days)

    def runs(self, key: Key) -> Iterator[tuple[Said, range]]:
        """The sayings of a key, each with its days."""
        days, day = self.of(key), 0
        while day < DAYS:
            stretch = self.until_next(key, day)
            said = days[day]
            if said is not None:
                yield said, stretch
            day = stretch.stop


def differences(before: Memory, after: Memory) -> Mapping[tuple[Key, int], tuple[Any, Any]]:
    """What one deed changed: key and day → what was said before and after."""
    return {
        (key, day): (was, now)
        for key in before.days.keys() | after.days.keys()
        for day, (was, now) in enumerate(zip(before.of(key), after.of(key), strict=True))
        if was is not now
    }
