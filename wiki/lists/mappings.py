"""Mappings of columns that the company remembers by name, for files of each sort (`target`)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.lists.models import ImportMapping
from wiki.pages.content import one_line

LONGEST_MAPPING_NAME = 100
_MOST_SHOWN = 100


def saved_mappings(session: Session, target: str) -> list[ImportMapping]:
    """The mappings remembered for files of this sort, the one used last first."""
    wanted = select(ImportMapping).where(ImportMapping.target == target)
    return list(session.scalars(wanted.order_by(ImportMapping.used_at.desc()).limit(_MOST_SHOWN)))


def mapping_named(session: Session, target: str, name: str) -> ImportMapping | None:
    """The mapping of that name."""
    wanted = select(ImportMapping).where(
        ImportMapping.target == target, ImportMapping.name == one_line(name)
    )
    return session.scalars(wanted).first()


def remember_mapping(
    session: Session, actor: Actor, target: str, name: str, columns: Mapping[str, Any]
) -> ImportMapping:
    """Keep a mapping under a name for the whole company; one of that name is replaced.

    Raises `Refusal` for a name that is empty or too long.
    """
    name = one_line(name)
    if not 0 < len(name) <= LONGEST_MAPPING_NAME:
        raise Refusal(
            "The name of a mapping has 1 to %(limit)d characters. Nothing was changed.",
            limit=LONGEST_MAPPING_NAME,
        )
    found, now = mapping_named(session, target, name), clock.now()
    if found is None:
        found = ImportMapping(
            target=target, name=name, columns={}, created_by=actor.id, created_at=now, used_at=now
        )
        session.add(found)
    found.columns, found.used_at = dict(columns), now
    session.flush()
    return found
