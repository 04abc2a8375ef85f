"""What a list can hold. Each package makes its own sorts known; the rest of the way is the same."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from flask_babel import LazyString
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.lists.plans import Chosen, Plan, Thing
from wiki.lists.sheets import Sheet
from wiki.pages.saving import Desk


@dataclass(frozen=True, slots=True)
class ListField:
    """What a column can mean; `words` are the headings by which it is known, best first."""

    name: str | LazyString
    words: Sequence[str] = ()
    help: str | LazyString = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What is asked of a file beside its columns: a choice when it has choices, else a text."""

    code: str
    name: str | LazyString
    help: str | LazyString = ""
    choices: Sequence[tuple[str, str | LazyString]] = ()
    default: str = ""
    longest: int = 100
    offers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SortWords:
    """What the pages of a sort say."""

    title: LazyString
    about: LazyString
    done: LazyString
    look: LazyString
    kept: LazyString | None = None


@dataclass(frozen=True, slots=True)
class By:
    """Which file does it."""

    file_name: str
    load_id: int


class Writer(ABC):
    """Writes the things of one plan, part after part."""

    @abstractmethod
    def prepare(self, things: Sequence[Thing]) -> None:
        """Do what takes long and needs no transaction."""

    @abstractmethod
    def write(self, session: Session, thing: Thing) -> None:
        """Write one thing. Raises `Refusal` when it can no longer be; then nothing of it stays."""

    @abstractmethod
    def finish(self, session: Session) -> None:
        """Do what is to be done once, behind all of them."""


class Sort(ABC):
    """A sort of list. `frame` is the template around its pages, `room` the address they lead to."""

    code: ClassVar[str]
    address: ClassVar[str]
    room: ClassVar[str]
    frame: ClassVar[str]
    permission: ClassVar[Permission]
    words: ClassVar[SortWords]

    @abstractmethod
    def fields(self, session: Session) -> Mapping[str, ListField]:
        """What columns can mean, by code."""

    def settings(self, session: Session, actor: Actor) -> Sequence[Setting]:
        """What is asked beside the columns."""
        return ()

    @abstractmethod
    def check(self, chosen: Chosen) -> None:
        """Raise `Refusal` when nothing can be done with these columns."""

    @abstractmethod
    def plan(self, session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> Plan:
        """What the list would do for this person now. Raises `Refusal`, `Forbidden`."""

    @abstractmethod
    def writer(self, desk: Desk, actor: Actor, plan: Plan, by: By) -> Writer:
        """Who writes the plan."""


@dataclass
class _Known:
    sorts: dict[str, Sort] = field(default_factory=dict)


_known = _Known()


def register_sort(sort: Sort) -> None:
    """Let lists of this sort be known, so that the worker can write them."""
    _known.sorts[sort.code] = sort


def sort_called(code: str) -> Sort:
    """The sort of that code; `KeyError` when nobody has registered it."""
    return _known.sorts[code]
