"""What a manager's deeds mean, told day by day: the same as `dossiers.people.editing`, plainly."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from bench.dossiers.memory import ALL_DAYS, DAYS, Key, Memory, Said, Told, differences
from dossiers.people.editing.positions import Reports
from dossiers.people.kinds import EndReason, LineKind

_STAYS = (EndReason.UNKNOWN, EndReason.MOVED_INSIDE)


class Refused(Exception):
    """The deed cannot be; nothing was changed."""


@dataclass(frozen=True)
class Job:
    """How somebody holds a position."""

    main: bool = True
    acting: bool = False
    reason: EndReason | None = None


@dataclass
class Oracle:
    """What is believed now, and what was believed after every change."""

    now: Memory = field(default_factory=Memory)
    past: list[tuple[datetime, Memory]] = field(default_factory=list)
    changes: dict[int, tuple[Memory, Memory]] = field(default_factory=dict)

    def known_at(self, moment: datetime) -> Memory:
        """What was believed at that moment."""
        before = [memory for at, memory in self.past if at <= moment]
        return before[-1] if before else Memory()

    def keep(self, change: int, moment: datetime, after: Memory) -> None:
        """The deed was done: remember what is believed after it."""
        self.changes[change] = (self.now, after)
        self.past.append((moment, after))
        self.now = after

    def taken_back(self, change: int) -> Memory:
        """What is believed without that change. Raises `Refused` when it was built upon."""
        after = self.now.copy()
        for (key, day), (was, now) in differences(*self.changes[change]).items():
            if after.at(key, day) is not now:
                raise Refused
            days = list(after.of(key))
            days[day] = was
            after.days[key] = tuple(days)
        if list(Deed(after, 0, None).faults()):
            raise Refused
        return after


@dataclass(frozen=True)
class Deed:
    """Somebody does one thing that is true from `day` on; `memory` is changed."""

    memory: Memory
    day: int
    told: Told | None

    def add(self, position: int, title: str, manager: int | None) -> None:
        """A new position."""
        days = self._stands(manager) if manager else range(self.day, DAYS)
        self._say(("seat", position), range(self.day, DAYS), (title, 0))
        if manager:
            self._say(("line", position), days, manager)

    def change(self, position: int, title: str) -> None:
        """Another title."""
        self._stands(position)
        key = ("seat", position)
        said = self.memory.at(key, self.day)
        assert said is not None
        self._say(key, self.memory.until_next(key, self.day), (title, said.values[1]))

    def order(self, position: int, rank: int) -> None:
        """Another place among its equals."""
        self._stands(position)
        key = ("seat", position)
        said = self.memory.at(key, self.day)
        assert said is not None
        self._say(key, self.memory.until_next(key, self.day), (said.values[0], rank))

    def move(self, position: int, manager: int | None) -> None:
        """Another manager, as long as both are there and nothing later is known."""
        days = set(self._stands(position))
        if manager:
            days &= set(self._stands(manager))
        if manager == position:
            raise Refused
        key = ("line", position)
        days &= set(self.memory.until_next(key, self.day))
        self._say(key, days, manager)
        if self.circles():
            raise Refused

    def remove(self, position: int, reports: Reports) -> None:
        """It is no more; its reports, day by day, are handed to its manager of that day."""
        self._stands(position)
        ended = {position}
        if reports is Reports.BRANCH:
            ended |= {below for below in self._positions() if position in self._above(below)}
        elif reports is Reports.LIFT:
            self._lift(position)
        gone = range(self.day, DAYS)
        for one in ended:
            self._say(("seat", one), gone, None)
            self._say(("line", one), gone, None)
        self._end_lines_to(ended)
        self._free(ended)

    def _lift(self, position: int) -> None:
        above = list(self.memory.runs(("line", position)))
        for key in self.memory.keys("line"):
            for said, days in list(self.memory.runs(key)):
                for manager, when in above if said.values == position else ():
                    both = [d for d in days if d in when and d >= self.day]
                    self._say(key, both, manager.values)

    def _end_lines_to(self, ended: set[int]) -> None:
        for key in self.memory.keys("line"):
            to = [d for d in self._later() if self._manager(key[1], d) in ended]
            self._say(key, to, None)
        for key in self.memory.keys("side"):
            if ended & {key[1], key[2]}:
                self._say(key, self._later(), None)

    def _free(self, ended: set[int]) -> None:
        """Whoever holds one of them stays at the client without a place, as long as they would."""
        held = [key for key in self.memory.keys("job") if key[2] in ended]
        found = [(key, s, days) for key in held for s, days in self.memory.runs(key)]
        found = [one for one in found if one[2].stop > self.day]
        for key, said, days in sorted(found, key=lambda one: (one[0][2], one[0][1], one[2].start)):
            self._close(key, said.values, days, EndReason.UNKNOWN)
            left = [day for day in days if day >= self.day]
            self._say(("job", key[1], None), left, Job())

    def _close(self, key: Key, job: Job, days: range, reason: EndReason) -> None:
        before = [day for day in days if day < self.day]
        self._say(key, before, Job(job.main, job.acting, reason))
        self._say(key, [day for day in days if day >= self.day], None)

    def hire(self, person: int, name: str) -> None:
        """Somebody new at the client, place not known."""
        self._say(("name", person), ALL_DAYS, name)
        key = ("job", person, None)
        self._say(key, self.memory.until_next(key, self.day), Job())

    def appoint(
        self, position: int, person: int, job: Job, predecessor: EndReason | None = None
    ) -> None:
        """The person holds the position, as long as it is there and nothing later is known."""
        stands = self._stands(position)
        self._check_person(person)
        if predecessor:
            for other in self.holders(position):
                if other != person:
                    self.end(other, position, predecessor)
        key = ("job", person, position)
        days = [day for day in self.memory.until_next(key, self.day) if day in stands]
        held = self.memory.at(key, self.day)
        reason = held.values.reason if held else None
        self._say(key, days, Job(job.main, job.acting, reason))
        self._say(("job", person, None), days, None)

    def end(self, person: int, position: int | None, reason: EndReason) -> None:
        """The person no longer holds it; perhaps stays at the client without a place."""
        if position:
            self._stands(position)
        key = ("job", person, position)
        said = self.memory.at(key, self.day)
        if said is None:
            raise Refused
        self._close(key, said.values, self.memory.run(key, self.day), reason)
        if position and reason in _STAYS and not self.jobs(person):
            placeless = ("job", person, None)
            self._say(placeless, self.memory.until_next(placeless, self.day), Job())

    def leave(self, person: int, reason: EndReason) -> None:
        """The person no longer works there."""
        self._check_person(person)
        jobs = self.jobs(person)
        if not jobs:
            raise Refused
        for position in jobs:
            key = ("job", person, position)
            said = self.memory.at(key, self.day)
            assert said is not None
            self._close(key, said.values, self.memory.run(key, self.day), reason)

    def rename(self, person: int, name: str, always: bool) -> None:
        """Another name from now on, or it was always so."""
        self._check_person(person)
        key = ("name", person)
        self._say(key, ALL_DAYS if always else self.memory.until_next(key, self.day), name)

    def draw(self, one: int, other: int, kind: LineKind) -> None:
        """A line beside the solid ones."""
        days = set(self._stands(one)) & set(self._stands(other))
        if one == other:
            raise Refused
        key = ("side", one, other, kind)
        days &= set(self.memory.until_next(key, self.day))
        self._say(key, days, ())

    def erase(self, one: int, other: int, kind: LineKind) -> None:
        """No such line any more."""
        self._stands(one)
        self._stands(other)
        key = ("side", one, other, kind)
        self._say(key, self.memory.until_next(key, self.day), None)

    def _say(self, key: Key, days: Iterable[int], values: object) -> None:
        assert self.told is not None
        self.memory.say(key, days, values, self.told)

    def _later(self) -> range:
        return range(self.day, DAYS)

    def _stands(self, position: int) -> range:
        """From the day on, as long as the position is there. Raises `Refused` when it is not."""
        seat = self.memory.of(("seat", position))
        if seat[self.day] is None:
            raise Refused
        return range(self.day, next((d for d in self._later() if seat[d] is None), DAYS))

    def _check_person(self, person: int) -> None:
        if not self.memory.keys("job", person):
            raise Refused

    def _positions(self) -> list[int]:
        return [key[1] for key in self.memory.keys("seat")]

    def _manager(self, position: int, day: int) -> int | None:
        said = self.memory.at(("line", position), day)
        return said.values if said else None

    def _above(self, position: int) -> list[int]:
        """All managers on the deed's day, the nearest first."""
        return list(self._way_up(position, self.day))

    def _way_up(self, position: int, day: int) -> Iterator[int]:
        found = self._manager(position, day)
        for _step in range(len(self.memory.days)):
            if found is None:
                return
            yield found
            found = self._manager(found, day)

    def holders(self, position: int) -> list[int]:
        """Who holds it on the deed's day."""
        keys = [key for key in self.memory.keys("job") if key[2] == position]
        return [key[1] for key in keys if self.memory.at(key, self.day)]

    def jobs(self, person: int) -> list[int | None]:
        """What the person holds on the deed's day; `None` is a place that nobody knows."""
        return [key[2] for key in self.memory.keys("job", person) if self.memory.at(key, self.day)]

    def circles(self) -> bool:
        """Whether on some day somebody stands above themselves."""
        return any(p in self._way_up(p, d) for p in self._positions() for d in ALL_DAYS)

    def faults(self) -> Iterator[str]:
        """What no dossier may say: circles, and whatever hangs on a position that is not there."""
        if self.circles():
            yield "a circle"
        for key, days in self.memory.days.items():
            for day, said in enumerate(days):
                if said and not all(self.memory.at(need, day) for need in _needs(key, said)):
                    yield f"{key} on day {day}"


def _needs(key: Key, said: Said) -> list[Key]:
    """What must be there on a day on which this is so."""
    if key[0] == "line":
        return [("seat", key[1]), ("seat", said.values)]
    if key[0] == "side":
        return [("seat", key[1]), ("seat", key[2])]
    if key[0] == "job":
        return [("name", key[1]), *([("seat", key[2])] if key[2] else [])]
    return []
