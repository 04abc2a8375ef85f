"""What the checks look at, of one client, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from dossiers.people.kinds import Attitude


class Lack(StrEnum):
    """What is not right about who signs."""

    GONE = "gone"
    UNKNOWN = "unknown"
    VACANT = "vacant"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Buyer:
    """An economic buyer who works there; only supposed when `is_guess`."""

    person_id: int
    name: str
    is_guess: bool
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class Supporter:
    """Somebody on our side; `levels` are how many stand above each position they hold."""

    person_id: int
    name: str
    levels: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Signing:
    """A position that signs or may veto; `lack` is what is not right about it."""

    path_id: int
    position_id: int
    title: str
    name: str = ""
    person_id: int | None = None
    lack: Lack | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """A path that holds on the day; `unnamed` are steps of which nobody is said to sign them."""

    id: int
    subject: str
    told_on: date | None
    signings: tuple[Signing, ...] = ()
    unnamed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise of ours whose day has passed."""

    id: int
    what: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Discounted:
    """A deal with more discount than was allowed; `is_grounded` when it has a ground."""

    id: int
    name: str
    discount: Decimal
    allowed: Decimal
    is_grounded: bool


@dataclass(frozen=True, slots=True)
class Product:
    """The page of a product that they buy. `overdue` and `verified` count its facts."""

    id: int
    title: str
    is_archived: bool
    verified: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Ground:
    """All of it. `ages` are how many days ago one heard who holds or leads, with how many facts."""

    client_id: int
    day: date
    contract_id: int | None = None
    buyers: tuple[Buyer, ...] = ()
    supporters: tuple[Supporter, ...] = ()
    attitudes: Mapping[int, Attitude] = field(default_factory=dict)
    paths: tuple[Path, ...] = ()
    owed: tuple[Owed, ...] = ()
    discounted: tuple[Discounted, ...] = ()
    products: tuple[Product, ...] = ()
    ages: Mapping[int, int] = field(default_factory=dict)
