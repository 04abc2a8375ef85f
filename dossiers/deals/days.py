"""Whole days between two dates, worked out by the database."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func
from sqlalchemy.orm import Session


def days_between(session: Session, start: Any, end: Any) -> ColumnElement[int]:
    """How many days after `start` the `end` is; unknown when one of them is."""
    if session.get_bind().dialect.name == "sqlite":
        # Both are noon before a midnight, so the difference is a whole number, and exact.
        return cast(func.julianday(end) - func.julianday(start), Integer)
    found: ColumnElement[int] = end - start
    return cast(found, Integer)
