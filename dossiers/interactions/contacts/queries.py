"""Reading the contact log: what stands in a dossier, and when one last spoke with whom.

Contacts of a client that was merged into another stand in the other's dossier. What was taken
back is in no answer.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import CTE, func, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.interactions.models import Interaction, TheirPart
from wiki.errors import Missing


def last_contact_of(
    session: Session, client_ids: Collection[int], zone: str = "UTC"
) -> dict[int, date]:
    """The day of the newest contact with each of these clients; clients without one are absent."""
    dossiers = dossiers_of(client_ids)
    wanted = (
        select(dossiers.c.dossier, func.max(Interaction.happened_at))
        .join(Interaction, Interaction.client_id == dossiers.c.id)
        .where(Interaction.taken_back_in.is_(None))
        .group_by(dossiers.c.dossier)
    )
    return {ident: _day(moment, zone) for ident, moment in session.execute(wanted)}


def dossiers_of(client_ids: Collection[int]) -> CTE:
    """These clients and all that were merged into them, each with whose dossier it stands in."""
    own = select(Client.id, Client.id.label("dossier")).where(Client.id.in_(client_ids))
    chain = own.cte("contact_dossiers", recursive=True)
    merged = select(Client.id, chain.c.dossier).join(chain, Client.merged_into_id == chain.c.id)
    return chain.union_all(merged)


def met_since(
    session: Session, client_id: int, day: date, zone: str = "UTC"
) -> dict[int, date]:  # fmt: skip
    """The last day on which each person of the client was spoken with, from `day` on."""
    start = datetime.combine(day, time.min, ZoneInfo(zone))
    wanted = (
        select(TheirPart.person_id, func.max(Interaction.happened_at))
        .join(Interaction, Interaction.id == TheirPart.interaction_id)
        .where(Interaction.client_id.in_(dossier_ids(client_id)))
        .where(Interaction.taken_back_in.is_(None), Interaction.happened_at >= start)
        .group_by(TheirPart.person_id)
    )
    return {ident: _day(moment, zone) for ident, moment in session.execute(wanted)}


def interactions_between(
    session: Session, client_id: int, after: datetime, until: datetime
) -> Sequence[Interaction]:
    """The contacts of a dossier that happened after `after`, up to `until`, newest first."""
    wanted = (
        select(Interaction)
        .where(Interaction.client_id.in_(dossier_ids(client_id)))
        .where(Interaction.taken_back_in.is_(None))
        .where(Interaction.happened_at > after, Interaction.happened_at <= until)
        .order_by(Interaction.happened_at.desc(), Interaction.id.desc())
    )
    return session.scalars(wanted).all()


def interaction_in(session: Session, client_id: int, interaction_id: int) -> Interaction:
    """A contact of the client's dossier, also one taken back. Raises `Missing`."""
    wanted = select(Interaction).where(
        Interaction.id == interaction_id, Interaction.client_id.in_(dossier_ids(client_id))
    )
    found = session.scalar(wanted)
    if found is None:
        raise Missing()
    return found


def _day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
