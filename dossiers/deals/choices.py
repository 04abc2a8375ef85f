"""What the filters of the list of deals offer: only what stands in deals that one may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from dossiers.deals.models import Deal, DealLine, DealOwner, DealSource, ProductName
from dossiers.deals.queries import visible_deals
from wiki.accounts.actor import Actor
from wiki.pages.models import Page

MOST = 300
_Named = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Choices:
    """The values of the filters; stages by pipeline."""

    stages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    owners: _Named = ()
    products: _Named = ()
    sources: _Named = ()


def choices_visible_to(session: Session, actor: Actor) -> Choices:
    """The choices, at most `MOST` of each, in four statements."""
    seen = visible_deals(actor)
    pairs = select(Deal.pipeline, Deal.stage).where(seen).distinct().limit(MOST)
    stages: dict[str, list[str]] = {}
    for pipeline, stage in sorted((*row,) for row in session.execute(pairs)):
        stages.setdefault(pipeline, []).append(stage)
    owners = select(DealOwner.id, DealOwner.name).where(
        exists().where(Deal.owner_id == DealOwner.id, seen)
    )
    sources = select(DealSource.id, DealSource.name).where(
        exists().where(Deal.source_id == DealSource.id, seen)
    )
    return Choices(
        stages,
        _by_name(session.execute(owners.limit(MOST))),
        products_visible_to(session, actor),
        _by_name(session.execute(sources.limit(MOST))),
    )


def products_visible_to(session: Session, actor: Actor) -> _Named:
    """Pages of products that stand in deals; one may see the page and one of the deals."""
    sold = exists().where(
        DealLine.product_id == ProductName.id, Deal.id == DealLine.deal_id, visible_deals(actor)
    )
    wanted = (
        select(Page.id, Page.title)
        .join(ProductName, ProductName.page_id == Page.id)
        .where(Page.audience.in_(actor.audiences), sold)
        .distinct()
        .limit(MOST)
    )
    return _by_name(session.execute(wanted))


def _by_name(rows: Iterable[Row[int, str]]) -> _Named:
    return sorted(((ident, name) for ident, name in rows), key=lambda one: one[1].casefold())
