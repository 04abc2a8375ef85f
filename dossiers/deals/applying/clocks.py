"""Joining what is known of a deal with a record that came, whatever the order in which they come.

Each field is a register in which the last writer wins (Shapiro et al., "A comprehensive study of
Convergent and Commutative Replicated Data Types", 2011): its clock is the time at which the source
says it changed the record, and of two values of one time the greater one holds.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Joined:
    """The values after the record, their clocks, and which of them are other than before."""

    values: Mapping[str, Any]
    clocks: Mapping[str, str]
    changed: frozenset[str]


def join(
    values: Mapping[str, Any],
    clocks: Mapping[str, str],
    said: Mapping[str, Any],
    updated_at: datetime | None,
    received_at: datetime,
    anew: bool = False,
) -> Joined:
    """What is known after a record that says these fields.

    A record that does not say when it was updated is as new as the moment in which it came, but
    one that says nothing new leaves the clocks alone. With `anew` somebody reads the records of a
    time otherwise than before, so of two values of one time the one that came later holds.
    """
    moment = _text(updated_at or received_at)
    known, times, changed = dict(values), _spread(clocks), set[str]()
    for name, value in said.items():
        if updated_at is None and name in times and known.get(name) == value:
            continue
        before, time = known.get(name), times.get(name, "")
        if moment < time or (moment == time and not _prevails(value, before, anew)):
            continue
        if before != value or name not in times:
            changed.add(name)
        known[name], times[name] = value, moment
    return Joined(known, _gathered(times), frozenset(changed))


def _prevails(value: Any, before: Any, anew: bool) -> bool:
    """Whether it holds against another value of the same time."""
    return value != before and (anew or _rank(value) > _rank(before))


def _spread(clocks: Mapping[str, str]) -> dict[str, str]:
    """The clock of each field that was ever said."""
    return {name: time for time, names in clocks.items() for name in names.split()}


def _gathered(times: Mapping[str, str]) -> dict[str, str]:
    """The same in few words, for most records say all fields at once: clock → names of fields."""
    found: dict[str, list[str]] = {}
    for name in sorted(times):
        found.setdefault(times[name], []).append(name)
    return {time: " ".join(names) for time, names in sorted(found.items())}


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _rank(value: Any) -> str:
    """A text by which two values of one time are ordered, the same on every machine."""
    return json.dumps(value, default=plain, sort_keys=True, ensure_ascii=False)


def plain(value: Any) -> Any:
    """A value of a field as JSON has it."""
    if value is None or isinstance(value, str | int | float | list | dict):
        return json.loads(json.dumps(value, default=plain)) if isinstance(value, list) else value
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return str(value)
