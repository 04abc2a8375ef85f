"""Products side by side as plain rows: their facts, then what they say for a sales talk."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from products.catalogue.selling.parts import Part, PartKind, Parts
from products.catalogue.selling.words import plain
from wiki.pages.showing import ShownFact

MOST_COMPARED = 6
_SAID = (PartKind.AUDIENCE, PartKind.BENEFITS, PartKind.LIMITS)


@dataclass(frozen=True, slots=True)
class CompareCell:
    """What one product says: lines of text, where they lead, and the fact as it is kept."""

    lines: tuple[str, ...] = ()
    url: str = ""
    value: Any = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One thing that is compared; `differs` when the products do not all say the same."""

    key: str
    label: str
    cells: tuple[CompareCell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one product: its facts as shown and as kept, its parts, stale facts."""

    page_id: int
    shown: Sequence[ShownFact]
    facts: Mapping[str, Any]
    parts: Parts
    stale: frozenset[str] = frozenset()


def fact_rows(sides: Sequence[Side]) -> list[CompareRow]:
    """All facts of the products, in the order in which they first appear."""
    labels = {fact.key: fact.label for side in sides for fact in side.shown}
    return [_row(key, label, [_fact(side, key) for side in sides]) for key, label in labels.items()]


def talk_rows(sides: Sequence[Side], names: Mapping[PartKind, str]) -> list[CompareRow]:
    """For whom, why, limits and how many objections are answered; only what some product says."""
    kinds = (*_SAID, PartKind.OBJECTIONS)
    rows = [_row(kind, str(names[kind]), [_told(side, kind) for side in sides]) for kind in kinds]
    return [row for row in rows if any(cell.lines for cell in row.cells)]


def only_differing(rows: Iterable[CompareRow]) -> list[CompareRow]:
    """The rows in which the products do not all say the same."""
    return [row for row in rows if row.differs]


def _row(key: str, label: str, cells: Sequence[CompareCell]) -> CompareRow:
    return CompareRow(key, label, tuple(cells), len({cell.lines for cell in cells}) > 1)


def _fact(side: Side, key: str) -> CompareCell:
    fact = next((fact for fact in side.shown if fact.key == key), None)
    if fact is None or not fact.text:
        return CompareCell()
    return CompareCell((fact.text,), fact.url, side.facts.get(key), key in side.stale)


def _told(side: Side, kind: PartKind) -> CompareCell:
    if kind is PartKind.OBJECTIONS:
        return _objections(side, kind)
    part = side.parts[kind]
    return CompareCell(tuple(plain(text) for text in (*_lines(part), *part.words)))


def _lines(part: Part) -> Iterable[str]:
    """Of a benefit what the client gains, or else what the product has."""
    if part.kind is PartKind.BENEFITS:
        return (benefit or gives or has for has, gives, benefit, _proof in part.rows)
    return (row[0] for row in part.rows)


def _objections(side: Side, kind: PartKind) -> CompareCell:
    count = len(side.parts[kind].rows)
    return CompareCell((str(count),) if count else (), f"/pages/{side.page_id}/selling#{kind}")
