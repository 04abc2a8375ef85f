"""What changed in pages since somebody confirmed them: from their version to the one of now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, load_only

from products.onboarding.models import Reading
from products.onboarding.reading.queries import weights_since
from products.onboarding.reading.rules import told_together
from products.onboarding.weight.queries import Weighed
from products.onboarding.weight.reasons import Reason
from products.onboarding.weight.rule import weigh
from wiki.pages.models import Page, Revision
from wiki.pages.revisions import content_of

MOST_COMPARED = 20
"""A comparison takes milliseconds; of the pages after these the steps are told one by one."""

_CONTENT = load_only(
    Revision.page_id,
    Revision.number,
    Revision.title,
    Revision.body,
    Revision.facts,
    Revision.tags,
    Revision.category_id,
    Revision.archived,
)


class Since(NamedTuple):
    """What is different, and the versions that must be read."""

    reasons: Sequence[Reason]
    versions: Sequence[Weighed]


def changes_since(session: Session, user_id: int, page_ids: Sequence[int]) -> Mapping[int, Since]:
    """What changed in pages that the person may see and has confirmed; two statements.

    After several changes both texts are compared, so that a price that changed ten times is told
    once; this is done for 20 pages.
    """
    if not page_ids:
        return {}
    versions = weights_since(session, user_id, page_ids)
    often = [ident for ident in page_ids if len(versions.get(ident, ())) > 1]
    compared = _compared(session, user_id, often[:MOST_COMPARED])
    return {
        ident: Since(compared[ident] if ident in compared else told_together(known), known)
        for ident in page_ids
        for known in [versions.get(ident, ())]
    }


def _compared(
    session: Session, user_id: int, page_ids: Sequence[int]
) -> Mapping[int, Sequence[Reason]]:
    statement = (
        select(Revision, Page.language)
        .join(Page, Page.id == Revision.page_id)
        .join(Reading, Reading.page_id == Page.id)
        .where(
            Reading.user_id == user_id,
            Page.id.in_(page_ids),
            or_(Revision.number == Reading.revision, Revision.number == Page.current_number),
        )
        .order_by(Revision.page_id, Revision.number)
        .options(_CONTENT)
    )
    pairs: dict[tuple[int, str], list[Revision]] = defaultdict(list)
    for revision, language in session.execute(statement):
        pairs[revision.page_id, language].append(revision)
    return {
        ident: weigh(content_of(pair[0]), content_of(pair[-1]), language).reasons
        for (ident, language), pair in pairs.items()
    }
