"""What differs between two snapshots of one dossier. Pure, and exact: nothing missing, nothing new.

A line that is new or gone is one difference; of a line that is in both, each field that differs is
one. A position under another manager is "moved"; one whose manager is the same position, held by
others, has a "new manager", which is said only when it has not moved.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from dossiers.renewals.snapshot.shape import LABEL, SECTIONS, Fields, Lines, Snapshot


class What(StrEnum):
    """What became of a line."""

    NEW = "new"
    GONE = "gone"
    MOVED = "moved"
    MANAGER = "manager"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `before` and `after` are whole lines for new and gone, else field values."""

    section: str
    line: str
    what: What
    label: str
    field: str = ""
    before: Any = None
    after: Any = None

    def plain(self) -> dict[str, Any]:
        """The difference as JSON values, to be kept."""
        return asdict(self) | {"what": self.what.value}


def difference_from(plain: dict[str, Any]) -> Difference:
    """The difference that was kept so."""
    return Difference(**{**plain, "what": What(plain["what"])})


def compare(before: Snapshot, after: Snapshot) -> list[Difference]:
    """All differences, section by section, in the order of the newer snapshot."""
    return [one for section in SECTIONS for one in _section(section, before, after)]


def _section(section: str, before: Snapshot, after: Snapshot) -> Iterator[Difference]:
    old: Lines = before.get(section, {})
    new: Lines = after.get(section, {})
    for name, line in new.items():
        if name in old:
            yield from _line(section, name, old[name], line)
        else:
            yield Difference(section, name, What.NEW, line[LABEL], after=line)
    for name, line in old.items():
        if name not in new:
            yield Difference(section, name, What.GONE, line[LABEL], before=line)


def _line(section: str, name: str, old: Fields, new: Fields) -> Iterator[Difference]:
    moved = old.get("manager") != new.get("manager")
    for field in dict.fromkeys((*new, *old)):
        was, now = old.get(field), new.get(field)
        if field == LABEL or was == now or (field == "manager_people" and moved):
            continue
        yield Difference(section, name, _what(section, field), new[LABEL], field, was, now)


def _what(section: str, field: str) -> What:
    if section != "positions":
        return What.CHANGED
    return {"manager": What.MOVED, "manager_people": What.MANAGER}.get(field, What.CHANGED)
