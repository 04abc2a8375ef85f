"""A word or number of its own in every field of a dossier, to see which of them come out where."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from babel.dates import format_date
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Enum,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    select,
    update,
)
from sqlalchemy.orm import Session

from dossiers.approvals.document import PathDocument, document_from, plain_document
from wiki.clock import now
from wiki.database import Base, UtcDateTime
from wiki.money import Money

#: Tables that tell of a client: those of these packages, and the page with its notes.
PACKAGES = (
    "dossiers.approvals.",
    "dossiers.clients.",
    "dossiers.facts.",
    "dossiers.people.",
    "dossiers.deals.",
)
NOTES = {"pages", "revisions"}
#: What they decide is not what they say: who may see it, and since when and until when it is true.
KEPT = {"clients.audience", "pages.audience", "dossier_changes.action"}
STRUCTURE = {"valid_from", "valid_to"}


@dataclass
class Markers:
    """What was put where: the pattern that finds it in a text, by the field."""

    of: dict[str, list[str]] = field(default_factory=dict)
    count: int = 0

    def word(self, where: str, longest: int | None = None) -> str:
        """A word that stands nowhere else."""
        self.count += 1
        if longest is not None and longest < 8:
            word = _letters(self.count)[-longest:]
            self.know(where, rf"\b{word}\b")
        else:
            word = f"Mk{self.count:05d}"
            self.know(where, word)
        return word

    def number(self, where: str) -> int:
        """A number that stands nowhere else."""
        self.count += 1
        number = 7_700_000 + self.count
        self.know(where, _with_gaps(number))
        return number

    def share(self, where: str) -> float:
        """A share of one that stands nowhere else."""
        self.count += 1
        self.know(where, rf"771{self.count:04d}")
        return float(f"0.771{self.count:04d}")

    def day(self, where: str) -> date:
        """A day that stands nowhere else."""
        self.count += 1
        day = date(2040, 1, 1) + timedelta(days=self.count)
        self.know(where, f"{day.isoformat()}|{format_date(day, 'd MMMM y', locale='en')}")
        return day

    def know(self, where: str, pattern: str) -> None:
        """Remember what finds it."""
        self.of.setdefault(where, []).append(pattern)

    def found_in(self, text: str) -> set[str]:
        """The fields whose words or numbers stand in the text."""
        return {
            where
            for where, patterns in self.of.items()
            if any(re.search(pattern, text) for pattern in patterns)
        }


def _letters(number: int) -> str:
    """Capital letters that are no word."""
    found = ""
    for _place in range(7):
        number, rest = divmod(number, 10)
        found = "ZQXJVKWYGB"[rest] + found
    return found


def _with_gaps(number: int) -> str:
    """A pattern for the number, with whatever stands between its thousands."""
    millions, thousands, ones = number // 1_000_000, number // 1000 % 1000, number % 1000
    return rf"{millions}[\s,.]?{thousands:03d}[\s,.]?{ones:03d}"


def tables_of_clients() -> list[Table]:
    """All tables that tell of a client, those that others point to first."""
    named = {
        mapper.local_table.name
        for mapper in Base.registry.mappers
        if mapper.class_.__module__.startswith(PACKAGES)
    }
    return [table for table in Base.metadata.sorted_tables if table.name in named | NOTES]


def fill_empty(session: Session, tables: Iterable[Table]) -> None:
    """A row in each table that has none."""
    for table in tables:
        if session.execute(select(table).limit(1)).first() is None:
            row = {column.name: _anything(session, column) for column in table.columns}
            session.execute(table.insert(), {k: v for k, v in row.items() if v is not None})


def _anything(session: Session, column: Column[Any]) -> Any:
    if column.foreign_keys:
        target = next(iter(column.foreign_keys)).column
        return session.scalar(select(target).order_by(target).limit(1))
    if column.primary_key and isinstance(column.type, Integer):
        return 1 if len(column.table.primary_key) > 1 else None
    kinds: list[tuple[type, Any]] = [
        (Enum, column.type.enums[0] if isinstance(column.type, Enum) else None),
        (Boolean, False),
        (Money, Decimal(1)),
        (String, "x"),
        (JSON, {}),
        (UtcDateTime, now()),
        (Date, date(2026, 1, 1)),
        (Float, 0.5),
        (LargeBinary, b"x"),
        (Integer, 1),
    ]
    return next(value for kind, value in kinds if isinstance(column.type, kind))


def mark_tables(session: Session, tables: Iterable[Table], markers: Markers) -> None:
    """Put a marker into every text, number and day of every row."""
    for table in tables:
        keys = list(table.primary_key.columns)
        marked = [c for c in table.columns if _is_marked(c)]
        for row in session.execute(select(*keys)).all() if marked else ():
            values = {column.name: _marker(column, markers) for column in marked}
            here = [key == value for key, value in zip(keys, row, strict=True)]
            session.execute(update(table).where(*here).values(values))


def can_be_marked(table: Table) -> bool:
    """Whether anything is said in it: some tables only join others."""
    return any(_is_marked(column) for column in table.columns)


def _is_marked(column: Column[Any]) -> bool:
    where = f"{column.table.name}.{column.name}"
    is_number = column.primary_key and isinstance(column.type, Integer)
    if is_number or column.foreign_keys or column.name in STRUCTURE or where in KEPT:
        return False
    marked = (Money, String, JSON, Float, Integer, Date)
    return isinstance(column.type, marked) and not isinstance(column.type, Enum | Boolean)


def _marker(column: Column[Any], markers: Markers) -> Any:
    where = f"{column.table.name}.{column.name}"
    if isinstance(column.type, JSON):
        return {"said": markers.word(where)}
    if isinstance(column.type, String):
        return markers.word(where, column.type.length)
    if isinstance(column.type, Money):
        return Decimal(markers.number(where))
    if isinstance(column.type, Float):
        return markers.share(where)
    return markers.day(where) if isinstance(column.type, Date) else markers.number(where)


def mark_document(document: PathDocument, markers: Markers) -> PathDocument:
    """The document with a marker in every text and amount of it, checked as it is when saved."""
    return document_from(plain_document(_marked(document, "PathDocument", markers)))


def _marked(value: Any, where: str, markers: Markers) -> Any:
    """The value with markers; a text of what kind ever in it gets one, and so does an amount."""
    if is_dataclass(value) and not isinstance(value, type):
        made = {
            one.name: _marked(
                getattr(value, one.name), f"{type(value).__name__}.{one.name}", markers
            )
            for one in fields(value)
        }
        return type(value)(**made)
    if isinstance(value, StrEnum | bool | int) or value is None:
        return value
    if isinstance(value, str):
        return value if where in UNMARKED else markers.word(where)
    if isinstance(value, Decimal):
        return Decimal(markers.number(where))
    if isinstance(value, date):
        return value
    if isinstance(value, tuple):
        return tuple(_marked(one, where, markers) for one in value)
    if isinstance(value, frozenset):
        return frozenset(_marked(one, where, markers) for one in value)
    raise AssertionError(f"Teach this test what {where} is: {value!r}")


#: Names of steps and currencies have forms of their own; another test shows what becomes of them.
UNMARKED = {"Step.code", "Step.after", "Condition.currency", "PathDocument.currency"}


def empty_texts(value: Any) -> Iterator[str]:
    """The fields of a document that are empty, and so can have no marker."""
    for one in fields(value):
        mine = getattr(value, one.name)
        if mine in ("", (), frozenset(), None) and _may_hold_more(type(value), one.name):
            yield f"{type(value).__name__}.{one.name}"
        for inner in mine if isinstance(mine, tuple) else (mine,):
            if is_dataclass(inner) and not isinstance(inner, type):
                yield from empty_texts(inner)


def _may_hold_more(owner: type, name: str) -> bool:
    hint = get_type_hints(owner)[name]
    return type(None) not in get_args(hint) or name in ("limit", "deputy", "needed", "meetings")
