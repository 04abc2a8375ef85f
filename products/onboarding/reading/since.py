"""What changed in pages since somebody confirmed them: from their version to the one of now."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Load, Session, aliased

from products.onboarding.models import Reading
from products.onboarding.reading.queries import weights_since
from products.onboarding.reading.rules import told_together
from products.onboarding.weight.queries import Weighed
from products.onboarding.weight.reasons import Reason, ReasonKind
from products.onboarding.weight.rule import weigh
from wiki.pages.content import FactValue
from wiki.pages.models import Page, Revision
from wiki.pages.revisions import content_of

MOST_COMPARED = 20
"""A comparison takes milliseconds; of the pages after these the steps are told as they came."""

Facts = Mapping[str, FactValue]
_NONE: Facts = MappingProxyType({})


class Since(NamedTuple):
    """What is different, the versions that must be read, and the facts before and after.

    The facts are known when the texts were compared.
    """

    reasons: Sequence[Reason]
    versions: Sequence[Weighed]
    before: Facts = _NONE
    after: Facts = _NONE


def changes_since(session: Session, user_id: int, page_ids: Sequence[int]) -> Mapping[int, Since]:
    """What changed in pages that the person may see and has confirmed; two statements.

    After several changes, or when a fact changed, both versions are compared, so that a price that
    changed ten times is told once; this is done for 20 pages.
    """
    if not page_ids:
        return {}
    versions = weights_since(session, user_id, page_ids)
    told = {ident: Since(told_together(known), known) for ident, known in versions.items()}
    worth = [ident for ident in page_ids if ident in told and _worth_comparing(told[ident])]
    for old, new, language in _pairs(session, user_id, worth[:MOST_COMPARED]):
        reasons = weigh(content_of(old), content_of(new), language).reasons
        told[old.page_id] = Since(reasons, versions[old.page_id], old.facts, new.facts)
    return {ident: told.get(ident, Since((), ())) for ident in page_ids}


def _worth_comparing(since: Since) -> bool:
    return len(since.versions) > 1 or any(one.kind is ReasonKind.FACT for one in since.reasons)


def _pairs(
    session: Session, user_id: int, page_ids: Sequence[int]
) -> Iterator[tuple[Revision, Revision, str]]:
    """The version that the person confirmed and the one of now, and the page's language."""
    old, new = aliased(Revision), aliased(Revision)
    statement = (
        select(old, new, Page.language)
        .select_from(Page)
        .join(Reading, Reading.page_id == Page.id)
        .join(old, (old.page_id == Page.id) & (old.number == Reading.revision))
        .join(new, (new.page_id == Page.id) & (new.number == Page.current_number))
        .where(Reading.user_id == user_id, Page.id.in_(page_ids))
        .options(_content(old), _content(new))
    )
    yield from ((a, b, language) for a, b, language in session.execute(statement))


def _content(revision: type[Revision]) -> Load:
    """Without what was drawn of a version, which is most of it."""
    wanted = ("page_id", "title", "body", "facts", "tags", "category_id", "archived")
    return Load(revision).load_only(*(getattr(revision, name) for name in wanted))
