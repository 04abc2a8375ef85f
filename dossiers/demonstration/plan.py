"""The dossiers of the demonstration as they stand in its files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from dossiers.people.kinds import PositionKind

FOLDER = Path(__file__).parent / "clients"


@dataclass(frozen=True)
class Seat:
    """One line of an outline: its depth, title, holder (empty: vacant), kind and unit."""

    depth: int
    title: str
    holder: str
    kind: PositionKind
    unit: str


@dataclass(frozen=True)
class Step:
    """What became known on one day: `ago` days before now."""

    ago: int
    source: str
    confidence: str = "sure"
    by: str = ""
    outline: str = ""
    deeds: Sequence[Mapping[str, Any]] = ()

    def seats(self) -> Iterator[Seat]:
        """The positions of the outline, managers first; two blanks are one level."""
        for line in self.outline.splitlines():
            depth = (len(line) - len(line.lstrip(" "))) // 2
            title, holder, kind, unit = ([p.strip() for p in line.split("|")] + ["", ""])[:4]
            yield Seat(depth, title, holder, PositionKind(kind or "member"), unit)


@dataclass(frozen=True)
class Planned:
    """One client: card, page of notes, team, and what became known in the course of time.

    `paths` are its approval paths with the deals that walked them.
    """

    card: Mapping[str, Any]
    team: str
    lead: str
    page: str = ""
    english: str = ""
    parent: str = ""
    restricted: bool = False
    steps: Sequence[Step] = field(default_factory=tuple)
    paths: Sequence[Mapping[str, Any]] = ()


def planned() -> list[Planned]:
    """All clients in the order of their files."""
    return [_planned(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _planned(path: Path) -> Planned:
    read = yaml.safe_load(path.read_text("utf-8"))
    steps = tuple(Step(**step) for step in read.pop("steps"))
    return Planned(**read, steps=steps)
