"""Rows that mean one client, brought together. Pure, and the same in whatever order rows come.

A row that could belong to two is refused, and so are all rows of a client that contradict each
other: which of them is right, only a person can say.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from dossiers.clients.importing.entries import Entry
from dossiers.clients.importing.identity import Keys
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title

Group = list[Entry]
Refused = dict[int, Refusal]
_MOST_NAMED = 10


def gather(entries: Iterable[Entry]) -> tuple[list[Group], Refused]:
    """The rows by clients, those of the first rows first, and the rows that could mean two."""
    refused: Refused = {}
    taxed: dict[str, list[Group]] = defaultdict(list)
    loose: list[Group] = []
    for entry in sorted(entries, key=lambda one: one.row):
        if entry.keys.tax:
            taxed[entry.keys.tax].append([entry])
        else:
            loose.append([entry])
    firm = [group for same in taxed.values() for group in _by_country(same, refused)]
    for of in (_domains, _names):
        firm, loose = _joined(firm, loose, of, refused)
    return sorted((*firm, *loose), key=lambda group: group[0].row), refused


def merged(group: Group) -> Entry:
    """What all rows of a client say together. Raises `Refusal` when they contradict each other."""
    if len(group) == 1:
        return group[0]
    whole = Entry(group[0].row, {})
    for name in sorted({name for entry in group for name in entry.said}):
        whole.said[name] = _one(group, name, [entry.said.get(name) for entry in group])
    whole.parent = _one(group, "parent", [entry.parent for entry in group]) or ""
    whole.manager = _one(group, "manager", [entry.manager for entry in group])
    whole.place = _one(group, "country", [entry.place for entry in group]) or ""
    whole.place_heading = next((e.place_heading for e in group if e.place_heading), "")
    whole.tax_country = next((e.tax_country for e in group if e.tax_country), "")
    for heading in sorted({heading for entry in group for heading in entry.further}):
        values = [entry.further.get(heading) for entry in group]
        whole.further[heading] = _one(group, heading, values)
    return whole


def keys_of(group: Group) -> Keys:
    """All keys of a client's rows."""
    keys = [entry.keys for entry in group]
    return Keys(
        next((one.tax for one in keys if one.tax), ""),
        next((one.country for one in keys if one.country), ""),
        frozenset().union(*(one.domains for one in keys)),
        frozenset().union(*(one.names for one in keys)),
    )


def rows_of(group: Group) -> tuple[int, ...]:
    """The numbers of its rows."""
    return tuple(sorted(entry.row for entry in group))


def _one(group: Group, name: str, values: Sequence[Any]) -> Any:
    """The one value that is said; lists are put together. Raises `Refusal` for two."""
    said = [value for value in values if value not in (None, "")]
    if said and isinstance(said[0], tuple):
        return tuple(sorted({part for value in said for part in value}))
    different = {_folded(name, value) for value in said}
    if len(different) > 1:
        numbers = ", ".join(map(str, rows_of(group)[:_MOST_NAMED]))
        raise Refusal(
            "Rows %(rows)s are of one client and differ in “%(field)s”. None of them went in; "
            "write it in one way.",
            rows=numbers,
            field=name[:100],
        )
    return said[0] if said else None


def _folded(name: str, value: Any) -> Any:
    return fold_title(value) if name == "parent" else value


def _by_country(same: Sequence[Group], refused: Refused) -> Iterator[Group]:
    """Rows of one tax number: one client, unless they name several countries."""
    by_country: dict[str, Group] = defaultdict(list)
    for (entry,) in same:
        by_country[entry.keys.country].append(entry)
    nowhere = by_country.pop("", [])
    if len(by_country) > 1:
        refused |= {entry.row: _means_two() for entry in nowhere}
        yield from by_country.values()
        return
    yield sorted(
        (*nowhere, *(e for some in by_country.values() for e in some)), key=lambda e: e.row
    )


def _domains(group: Group) -> Iterable[Hashable]:
    return keys_of(group).domains


def _names(group: Group) -> Iterable[Hashable]:
    return keys_of(group).names


def _joined(
    firm: Sequence[Group],
    loose: Sequence[Group],
    of: Callable[[Group], Iterable[Hashable]],
    refused: Refused,
) -> tuple[list[Group], list[Group]]:
    """Groups without a tax number joined by a key: with each other, and with one that has it.

    Those that have tax numbers stay apart: the numbers say that they are different.
    """
    bonds = _Bonds(len(loose))
    for places in _places(loose, of).values():
        bonds.tie(places)
    owners = _places(firm, of)
    found, remaining = [list(group) for group in firm], []
    for places in bonds.parts():
        together = [entry for place in places for entry in loose[place]]
        keys = {key for place in places for key in of(loose[place])}
        near = {owner for key in keys for owner in owners.get(key, ())}
        if len(near) > 1:
            refused.update({entry.row: _means_two() for entry in together})
        elif near:
            found[near.pop()] += together
        else:
            remaining.append(sorted(together, key=lambda entry: entry.row))
    return [sorted(group, key=lambda entry: entry.row) for group in found], remaining


def _places(
    groups: Sequence[Group], of: Callable[[Group], Iterable[Hashable]]
) -> Mapping[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place, group in enumerate(groups):
        for key in of(group):
            found[key].append(place)
    return found


class _Bonds:
    """Which of so many things belong together."""

    def __init__(self, count: int) -> None:
        self._heads = list(range(count))

    def tie(self, places: Sequence[int]) -> None:
        for place in places[1:]:
            self._heads[self._head(place)] = self._head(places[0])

    def parts(self) -> Iterable[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._heads)):
            found[self._head(place)].append(place)
        return found.values()

    def _head(self, place: int) -> int:
        while self._heads[place] != place:
            self._heads[place] = self._heads[self._heads[place]]
            place = self._heads[place]
        return place


def _means_two() -> Refusal:
    return Refusal(
        "The row fits two clients of this file whose tax numbers differ. Write the tax number "
        "into the row."
    )
