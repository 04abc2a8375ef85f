"""Reading loads. Who sent a file sees its rows; the others see who sent what and the counts.

A file may name clients that its sender may see and another manager may not.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from dossiers.deals.files.services import TARGET
from dossiers.deals.kinds import LoadState
from dossiers.deals.models import DealLoad, DealSource
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.jobs import Job

_MOST_LISTED = 50


class ListedLoad(NamedTuple):
    """A load with who sent it and to which source it belongs."""

    load: DealLoad
    who: str
    source: str | None


def loads_visible_to(session: Session, actor: Actor) -> Sequence[ListedLoad]:
    """The latest files of deals: those that were written, and the actor's own."""
    wanted = (
        select(DealLoad, User.name, DealSource.name)
        .join(User, User.id == DealLoad.created_by)
        .outerjoin(DealSource, DealSource.id == DealLoad.source_id)
        .where(
            DealLoad.target == TARGET,
            DealLoad.state != LoadState.DROPPED,
            (DealLoad.created_by == actor.id) | (DealLoad.state != LoadState.SENT),
        )
        .order_by(DealLoad.id.desc())
        .limit(_MOST_LISTED)
        .options(defer(DealLoad.content))
    )
    return [ListedLoad(*row) for row in session.execute(wanted)]


def load_visible_to(session: Session, actor: Actor, load_id: int) -> DealLoad:
    """A file of deals that this person has sent. Raises `Missing` for all others."""
    wanted = select(DealLoad).where(
        DealLoad.id == load_id,
        DealLoad.target == TARGET,
        DealLoad.created_by == actor.id,
        DealLoad.state != LoadState.DROPPED,
    )
    # The file is fetched when it is asked for: the page of progress looks here each second.
    found = session.scalar(wanted.options(defer(DealLoad.content)))
    if found is None:
        raise Missing()
    return found


def source_of(session: Session, load: DealLoad) -> DealSource | None:
    """The source to which the load belongs, once it has one."""
    return session.get(DealSource, load.source_id) if load.source_id else None


def job_of(session: Session, load: DealLoad) -> Job | None:
    """The worker's job for the load, when there is one."""
    ident = load.report.get("job")
    return session.get(Job, ident) if ident else None
