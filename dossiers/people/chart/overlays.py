"""Numbered steps laid over a chart: the way of a decision through the hierarchy.

Packages above say here which ways there are; one is asked for in the address by the layer's name,
such as `?path=12`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.asking import Moment

LONGEST_VALUE = 40


class Choice(NamedTuple):
    """A way that can be drawn, and what it is called in a list."""

    value: str
    text: str


class Stop(NamedTuple):
    """A step with its number, at the positions of the chart that act in it.

    `who` tells who they are, or why nobody is seen; `state` is a code with its word in `said`.
    """

    number: str
    title: str
    who: str
    positions: tuple[int, ...] = ()
    state: str = ""
    said: str = ""

    @property
    def whole(self) -> str:
        """Number, title and state in one line."""
        return ", ".join(filter(None, (f"{self.number} {self.title}", self.said)))


class Arrow(NamedTuple):
    """From a position to one that acts next."""

    from_id: int
    to_id: int


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is laid over the chart of a day; `address` is where one reads more of it.

    `layer` and `value` are what the address of the chart asks for.
    """

    layer: str
    value: str
    title: str
    note: str
    address: str
    stops: tuple[Stop, ...]
    arrows: tuple[Arrow, ...]

    def at(self) -> Mapping[int, Sequence[Stop]]:
        """The stops of each position, in their order."""
        found: dict[int, list[Stop]] = defaultdict(list)
        for stop in self.stops:
            for position in stop.positions:
                found[position].append(stop)
        return found


@dataclass(frozen=True, slots=True)
class Layer:
    """Ways of one kind. The caller of both functions has found the client with sight checked.

    `overlay` answers `None` for a value that names nothing in this dossier.
    """

    name: str
    label: object
    choices: Callable[[Session, int], Sequence[Choice]]
    overlay: Callable[[Session, Client, Moment, str], Overlay | None]


_layers: dict[str, Layer] = {}


def know_layer(layer: Layer) -> None:
    """Let charts show ways of this kind."""
    _layers[layer.name] = layer


def layers() -> Iterator[Layer]:
    """All kinds of ways, in the order in which they were told."""
    yield from _layers.values()


def overlay_of(
    session: Session, client: Client, moment: Moment, asked: Mapping[str, str]
) -> Overlay | None:
    """The first way that an address asks for and that there is; values by names of layers."""
    for layer in layers():
        value = asked.get(layer.name, "")[:LONGEST_VALUE]
        found = layer.overlay(session, client, moment, value) if value else None
        if found is not None:
            return found
    return None
