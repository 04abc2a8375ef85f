"""What must be found anew when a client's name or readers change: its notes, its people.

Packages above say here which of their things name a client, when the application starts.
"""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from search.documents import Dependents, Key
from wiki.outbox import changed_many

_others: dict[str, Dependents] = {}


def know_dependents(kind: str, tell: Dependents) -> None:
    """Let `tell` say which things of the kind name some clients."""
    _others[kind] = tell


def things_of(session: Session, client_ids: Sequence[int]) -> Iterator[Key]:
    """The keys of everything whose documents name these clients, or are seen by their readers."""
    notes = select(Client.page_id).where(Client.id.in_(client_ids), Client.page_id.is_not(None))
    for page_id in session.scalars(notes):
        if page_id is not None:
            yield Key("page", page_id)
    for tell in _others.values():
        yield from tell(session, client_ids)


def find_anew(session: Session, keys: Iterable[Key]) -> None:
    """Note in this transaction that these things must be indexed anew."""
    by_kind: dict[str, list[int]] = {}
    for key in keys:
        by_kind.setdefault(key.kind, []).append(key.ident)
    for kind, idents in by_kind.items():
        changed_many(session, kind, idents)
