"""Companies, products and sellers that wait, and ways to look at them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.models import Deal, DealCompany, DealOwner, DealSource, ProductName
from dossiers.deals.record import Company
from tests.factories.deals import apply, make_source, says
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.pages.models import Page
from wiki.rendering.titles import fold_title


def company_that_waits(
    session: Session, name: str = "Camomile", source: DealSource | None = None, **said: Any
) -> int:
    """The number of a company of which a source has one deal of that name."""
    source = source or make_source(session, f"CRM of {name}")
    apply(session, source, says(f"of {name}", title=name, company=Company(name=name, **said)))
    return company(session, name, source).id


def company(session: Session, name: str, source: DealSource | None = None) -> DealCompany:
    """The company of that name, the newest when there are several."""
    wanted = select(DealCompany).where(DealCompany.name == name).order_by(DealCompany.id.desc())
    if source is not None:
        wanted = wanted.where(DealCompany.source_id == source.id)
    return session.scalars(wanted.execution_options(populate_existing=True)).first()  # type: ignore[return-value]


def product(session: Session, name: str) -> ProductName:
    """The product name."""
    wanted = select(ProductName).where(ProductName.name == name)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def seller(session: Session, name: str) -> DealOwner:
    """The seller."""
    wanted = select(DealOwner).where(DealOwner.name == name)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def client_of_deal(session: Session, external_id: str) -> int | None:
    """Whose deal it is."""
    return session.scalars(select(Deal.client_id).where(Deal.external_id == external_id)).one()


def make_page(session: Session, owner: Actor, title: str, audience: str = "all") -> Page:
    """A page of a product, as a bare row."""
    now = clock.now()
    page = Page(
        audience=audience,
        language="en",
        title=title,
        title_folded=fold_title(title),
        slug="page",
        owner_id=owner.id,
        created_at=now,
        changed_at=now,
    )
    session.add(page)
    session.flush()
    return page
