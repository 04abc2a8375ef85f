"""What a connector can do, and what it must be told. One for each kind of program."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from dossiers.deals.kinds import SourceKind
from dossiers.deals.record import DealRecord
from wiki.errors import Refusal

Place = Mapping[str, Any]
"""How far a connector has read, as JSON; only the connector itself understands it."""


Known = Callable[[Sequence[str]], Mapping[str, datetime | None]]
"""Of which of these deals we know what their source said, and of which moment that is."""


@dataclass(frozen=True, slots=True)
class Found:
    """That the source answers, and how many deals it has for us."""

    deals: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A deal that cannot be taken over, and why."""

    external_id: str
    problem: Refusal


@dataclass(frozen=True, slots=True)
class Page:
    """Some changed deals, where to go on, and how many are left as far as the source says."""

    records: Sequence[DealRecord]
    unreadable: Sequence[Unreadable]
    place: Place
    left: int | None
    is_last: bool


class Connector(Protocol):
    """One source that is asked. All but `check` are called by the worker alone.

    Every call may take as long as the network takes and raises `PullError`.
    """

    def check(self) -> Found:
        """Whether address and key are right and deals can be read."""
        ...

    def begin(self, place: Place) -> Place:
        """Where a visit begins that follows one which ended at `place` (empty: the first).

        It goes back far enough to meet what was written before then and became visible after.
        """
        ...

    def page(self, place: Place, known: Known, failures: int) -> Page:
        """The next changed deals by (changed, number), the same again when asked again.

        Those that are known as they are may be left out. After failures in a row it asks for
        fewer at once, so that a source that answers only now and then is read all the same.
        """
        ...

    def idents(self) -> Iterator[Sequence[str]]:
        """The numbers of all deals that the source has now, some at a time."""
        ...

    def read(self, idents: Sequence[str]) -> Page:
        """These deals as they are now; those that are gone are left out."""
        ...


@dataclass(frozen=True, slots=True)
class Setting:
    """Something a connector must be told; the texts are translated where they are shown."""

    name: str
    label: str
    help: str = ""
    required: bool = True
    longest: int = 200
    example: str = ""
    check: Callable[[str], str] = str
    """Puts what was typed in order. Raises `Refusal`."""


@dataclass(frozen=True, slots=True)
class ConnectorKind:
    """A kind of program that can be asked, and how to get a connector to it."""

    kind: SourceKind
    name: str
    settings: tuple[Setting, ...]
    key_label: str
    key_help: str
    open: Callable[[Mapping[str, Any], str], Connector]
    """From the settings and the key."""


_kinds: dict[SourceKind, ConnectorKind] = {}


def register_connector(kind: ConnectorKind) -> None:
    """Let sources of this kind be asked."""
    _kinds[kind.kind] = kind


def connector_kinds() -> Mapping[SourceKind, ConnectorKind]:
    """All kinds of programs that can be asked."""
    return _kinds
