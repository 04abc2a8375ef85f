"""Names of a client's deals, to be offered while one types; packages above know more of them."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.queries import dossier_ids
from dossiers.facts.models import NEVER
from dossiers.people.models import Judgement

MOST = 200

Find = Callable[[Session, int], Sequence[str]]
"""The names of deals of a client's dossier, in a constant number of statements."""

_known: dict[str, Find] = {}


def know_deals(name: str, find: Find) -> None:
    """Let the names that `find` finds be offered, too."""
    _known[name] = find


def deals_of(session: Session, client_id: int) -> list[str]:
    """Names of deals that the dossier knows, those of judgements made for one deal among them."""
    of_judgements = select(Judgement.deal).where(
        Judgement.client_id.in_(dossier_ids(client_id)),
        Judgement.superseded_at == NEVER,
        Judgement.deal != "",
    )
    found = dict.fromkeys(session.scalars(of_judgements.distinct().limit(MOST)))
    for find in _known.values():
        found |= dict.fromkeys(find(session, client_id))
    return sorted(found, key=str.casefold)[:MOST]
