"""What a contact can be about, beside the client: packages above say what they have.

Each answers in one statement, however many topics are asked for.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.interactions.kinds import TopicKind
from wiki.accounts.actor import Actor
from wiki.errors import Missing


class About(NamedTuple):
    """A deal, run or contract of a client's dossier."""

    kind: TopicKind
    ref: int
    name: str
    url: str

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.kind.value}-{self.ref}"


#: Those of a client that the actor may see: of these numbers, or those in use when `None`.
Offer = Callable[[Session, Actor, Client, Collection[int] | None], Sequence[About]]
TopicKey = tuple[TopicKind, int]

_known: dict[TopicKind, Offer] = {}


def know_topics(kind: TopicKind, offer: Offer) -> None:
    """Let contacts be about what `offer` finds."""
    _known[kind] = offer


def topics_in_use(session: Session, actor: Actor, client: Client) -> list[About]:
    """What one may choose as a topic now."""
    kinds = (kind for kind in TopicKind if kind in _known)
    return [about for kind in kinds for about in _known[kind](session, actor, client, None)]


def topics_named(
    session: Session, actor: Actor, client: Client, keys: Collection[TopicKey]
) -> Mapping[TopicKey, About]:
    """These topics as far as the actor may see them."""
    found: dict[TopicKey, About] = {}
    for kind, offer in _known.items():
        refs = {ref for one, ref in keys if one is kind}
        if refs:
            found |= {(a.kind, a.ref): a for a in offer(session, actor, client, refs)}
    return found


def check_topics(
    session: Session, actor: Actor, client: Client, keys: Collection[TopicKey]
) -> None:
    """Raise `Missing` when one of them is not in the dossier, or not for the actor."""
    if set(keys) - set(topics_named(session, actor, client, keys)):
        raise Missing("What this contact is about is not in this dossier. Nothing was saved.")
