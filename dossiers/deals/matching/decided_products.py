"""What persons have decided that names of products mean, for lists of products."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.kinds import Matched
from dossiers.deals.models import ProductName
from wiki.rendering.titles import fold_title


def decided_products(session: Session, folded: Collection[str]) -> Mapping[str, int]:
    """Folded names → pages, of those names that every source has decided alike."""
    wanted = select(ProductName.name, ProductName.page_id).where(
        ProductName.matched == Matched.PERSON, ProductName.page_id.is_not(None)
    )
    found: dict[str, set[int]] = defaultdict(set)
    for name, page_id in session.execute(wanted):
        if page_id is not None:
            found[fold_title(name)[:300]].add(page_id)
    return {n: min(pages) for n, pages in found.items() if n in folded and len(pages) == 1}
