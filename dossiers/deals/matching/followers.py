"""What is worked out from whom a company, product or seller is, and must follow a decision."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from dossiers.deals.matching.kinds import Kind

#: Gets the kind and the numbers of the rows that mean somebody or something else now.
Follow = Callable[[Session, Kind, Sequence[int]], None]

_followers: dict[str, Follow] = {}


def follow_decisions(name: str, follow: Follow) -> None:
    """Let `follow` run in the transaction of every decision."""
    _followers[name] = follow


def tell_followers(session: Session, kind: Kind, ids: Sequence[int]) -> None:
    """Let everybody who asked for it know of a decision."""
    for follow in _followers.values():
        follow(session, kind, ids)
