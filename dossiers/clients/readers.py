"""What goes along when other people may see a client: things that packages above keep for it."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from dossiers.clients.models import Client

Follow = Callable[[Session, Client, str], None]
"""Gets the client, which has its new readers already, and the audience that it had before."""

_followers: dict[str, Follow] = {}


def follow_readers(name: str, follow: Follow) -> None:
    """Let `follow` be called, in the same transaction, when a client gets other readers."""
    _followers[name] = follow


def tell_readers(session: Session, client: Client, before: str) -> None:
    """Let everything that belongs to the client get its readers."""
    for follow in _followers.values():
        follow(session, client, before)
