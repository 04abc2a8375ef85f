"""The sources to which files belong: chosen by name, made when they are new."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.kinds import SourceKind
from dossiers.deals.models import DealSource
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.history.services import record
from wiki.pages.content import one_line

LONGEST_NAME = 100
#: Deals of other kinds are fetched, so that a file would only be overwritten.
_OPEN_KINDS = (SourceKind.FILE, SourceKind.API)


def sources_for_files(session: Session) -> list[DealSource]:
    """The sources whose deals may come from files, by name."""
    wanted = select(DealSource).where(DealSource.kind.in_(_OPEN_KINDS))
    return list(session.scalars(wanted.order_by(DealSource.name)))


def source_named(session: Session, name: str) -> DealSource | None:
    """The source of that name; `None` when there is none yet.

    Raises `Refusal` for a name that cannot be, and for a source whose deals are fetched.
    """
    name = checked_name(name)
    found = session.scalars(select(DealSource).where(DealSource.name == name)).first()
    if found is not None and found.kind not in _OPEN_KINDS:
        raise Refusal(
            "The deals of “%(name)s” are fetched by a connector. Nothing was changed. Choose "
            "another source for the file.",
            name=name,
        )
    return found


def checked_name(name: str) -> str:
    """The name on one line. Raises `Refusal` when it is empty or too long."""
    name = one_line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refusal(
            "The name of a source has 1 to %(limit)d characters. Nothing was changed. Name the "
            "program from which the file is.",
            limit=LONGEST_NAME,
        )
    return name


def open_source(session: Session, actor: Actor, name: str) -> DealSource:
    """The source of that name, made when there is none. Raises `Refusal`."""
    found = source_named(session, name)
    if found is None:
        found = DealSource(
            name=checked_name(name),
            kind=SourceKind.FILE,
            created_at=clock.now(),
            created_by=actor.id,
        )
        session.add(found)
        session.flush()
        record(session, actor, "add deal source", "deal source", found.id, after={"name": name})
    return found
