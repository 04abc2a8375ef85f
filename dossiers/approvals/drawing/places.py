"""Where steps stand side by side, so that arrows do not cross.

A path is taken apart into what comes one after another and what is done side by side
(Valdes, Tarjan, Lawler: series-parallel partial orders, 1979). Each part has its own stretch of
the width, so nothing of one crosses anything of another. What cannot be taken apart so is put in
order by the middles of its neighbours (Sugiyama, Tagawa, Toda, 1981).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dossiers.approvals.drawing.levels import row_numbers
from dossiers.approvals.drawing.nearness import Nearness, nearness_of
from dossiers.approvals.drawing.weaving import woven
from dossiers.approvals.steps import Steps

Trunk = Mapping[int, float]
"""Where the line down from a step passes the rows below it, by row."""


@dataclass(frozen=True, slots=True)
class Places:
    """The middles of steps in columns from the left, and where their lines pass other rows."""

    width: float
    middles: Mapping[str, float]
    trunks: Mapping[str, Trunk] = field(default_factory=dict)

    def moved(self, by: float) -> "Places":
        """All of it farther to the right."""
        trunks = {
            code: {row: place + by for row, place in trunk.items()}
            for code, trunk in self.trunks.items()
        }
        middles = {code: middle + by for code, middle in self.middles.items()}
        return Places(self.width, middles, trunks)


def places_of(steps: Steps) -> Places:
    """The places of all steps. Raises `Refusal` for a circle."""
    if not steps:
        return Places(0.0, {})
    return _Placing(nearness_of(steps), row_numbers(steps)).place(list(steps))


@dataclass(frozen=True, slots=True)
class _Placing:
    near: Nearness
    rows: Mapping[str, int]

    def place(self, codes: Sequence[str]) -> Places:
        if len(codes) == 1:
            return Places(1.0, {codes[0]: 0.5})
        beside = self.near.parts(codes, compared=True)
        if len(beside) > 1:
            return _beside([self.place(part) for part in beside])
        behind = self.near.parts(codes, compared=False)
        if len(behind) > 1:
            return _behind([self.place(part) for part in behind])
        return self._woven(codes)

    def _woven(self, codes: Sequence[str]) -> Places:
        width, middles, trunks = woven(codes, self.rows, self.near.after)
        return Places(width, middles, trunks)


def _beside(parts: Iterable[Places]) -> Places:
    reached = 0.0
    placed: list[Places] = []
    for part in parts:
        placed.append(part.moved(reached))
        reached += part.width
    return _joined(reached, placed)


def _behind(parts: Sequence[Places]) -> Places:
    width = max(part.width for part in parts)
    return _joined(width, [part.moved((width - part.width) / 2) for part in parts])


def _joined(width: float, parts: Iterable[Places]) -> Places:
    middles: dict[str, float] = {}
    trunks: dict[str, Trunk] = {}
    for part in parts:
        middles |= part.middles
        trunks |= part.trunks
    return Places(width, middles, trunks)
