"""What is worked out from a path, and must follow it in the transaction of every change."""

from collections.abc import Callable

from sqlalchemy.orm import Session

#: Gets the number of the path that has a new version, was confirmed, archived, or taught anew.
Follow = Callable[[Session, int], None]

_followers: dict[str, Follow] = {}


def follow_paths(name: str, follow: Follow) -> None:
    """Let `follow` run in the transaction of every change of a path."""
    _followers[name] = follow


def tell_path(session: Session, path_id: int) -> None:
    """Let everybody who asked for it know that a path has changed."""
    session.flush()
    for follow in _followers.values():
        follow(session, path_id)
