"""A deal with the names of what it belongs to."""

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from dossiers.deals.homes import Home, home_of
from dossiers.deals.models import Deal, DealCompany, DealOwner, DealSource, DealStage
from dossiers.deals.queries import company_shown, visible_deals
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing


@dataclass(frozen=True, slots=True)
class DealShown:
    """The deal, the client in whose dossier it is shown, and what the source calls things.

    `company` is `None` for one that the reader may not see; `colleague` is who the seller is.
    """

    deal: Deal
    source: DealSource
    home: Home | None
    company: DealCompany | None
    owner: DealOwner | None
    colleague: str | None

    @property
    def name(self) -> str:
        """What it is called: its title, or its number there."""
        return self.deal.title or self.deal.external_id

    @property
    def may_show_raw(self) -> bool:
        """Whether what the source sent may be shown as it is: it names the company."""
        return self.deal.company_id is None or self.company is not None


def deal_shown(session: Session, actor: Actor, deal_id: int) -> DealShown:
    """The deal, in two statements. Raises `Missing` for absent and unseen alike."""
    wanted = (
        select(Deal, DealSource, DealCompany, DealOwner, User.name)
        .join(DealSource, DealSource.id == Deal.source_id)
        .outerjoin(DealCompany, and_(DealCompany.id == Deal.company_id, company_shown(actor)))
        .outerjoin(DealOwner, DealOwner.id == Deal.owner_id)
        .outerjoin(User, User.id == DealOwner.user_id)
        .where(Deal.id == deal_id, visible_deals(actor))
    )
    row = session.execute(wanted).one_or_none()
    if row is None:
        raise Missing()
    deal, source, company, owner, colleague = row
    return DealShown(deal, source, home_of(session, deal.client_id), company, owner, colleague)


def stages_of(session: Session, deal_id: int, limit: int = 200) -> list[DealStage]:
    """The stage history of a deal, the newest first."""
    wanted = select(DealStage).where(DealStage.deal_id == deal_id)
    newest = wanted.order_by(DealStage.at.desc(), DealStage.id.desc())
    return list(session.scalars(newest.limit(limit)))
