"""By which door a contact came, and by which number it is known again."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.queries import dossier_ids
from dossiers.interactions.kinds import Door
from dossiers.interactions.models import Interaction


@dataclass(frozen=True, slots=True)
class Origin:
    """By which door a contact came, and its number there; the same number is written once."""

    door: Door = Door.HAND
    number: str | None = None


BY_HAND = Origin()


def contact_numbered(session: Session, client_id: int, origin: Origin) -> Interaction | None:
    """The contact of the dossier that has this number at its door."""
    here = session.scalars(dossier_ids(client_id)).all()
    numbers = [kept_number(ident, origin.number) for ident in here]
    wanted = select(Interaction).where(
        Interaction.door == origin.door, Interaction.external_id.in_(numbers)
    )
    return session.scalars(wanted.limit(1)).first()


def kept_number(client_id: int, number: str | None) -> str | None:
    """The number as it is kept.

    With the client, for two dossiers may know the same number, and one of them may be hidden.
    """
    return f"{client_id}/{number}" if number is not None else None
