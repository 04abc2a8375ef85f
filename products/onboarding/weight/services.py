"""An editor overrules the rule: this change must be read again, or need not."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.models import PageToRead, RevisionWeight
from products.onboarding.weight.checks import check_version, check_word
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.errors import Missing
from wiki.history.services import record
from wiki.pages.models import Page, Revision

KIND = "page weight"
"""What the history calls it; its number is the page's."""


def overrule(
    session: Session, actor: Actor, page_id: int, number: int, material: bool, word: str
) -> None:
    """Let a version be read again, or not, whatever the rule says, with a word why.

    Raises `Missing` when the actor may not see the page or the version was never weighed,
    `Forbidden` when the role does not allow it, `Refusal` without a word or on the first version.
    """
    found = _weighed(session, actor, page_id, number)
    require(actor, Permission.WRITE_PAGES)
    check_version(number)
    word = check_word(word)
    before = {"number": number, "material": found.material, "word": found.word}
    after = {"number": number, "material": material, "word": word}
    if before == after:
        return
    found.material, found.word, found.overruled = material, word, True
    found.by, found.at = actor.id, clock.now()
    session.flush()
    _keep_newest(session, page_id)
    record(session, actor, "overrule", KIND, page_id, before, after)


def _weighed(session: Session, actor: Actor, page_id: int, number: int) -> RevisionWeight:
    seen = (
        select(RevisionWeight)
        .join(Page, Page.id == RevisionWeight.page_id)
        .where(
            RevisionWeight.page_id == page_id,
            RevisionWeight.number == number,
            Page.audience.in_(actor.audiences),
            Page.room.is_(None),
        )
        .with_for_update()
    )
    found = session.scalar(seen)
    if found is None:
        raise Missing()
    return found


def _keep_newest(session: Session, page_id: int) -> None:
    """The newest version that must be read, for the lists of reading."""
    newest = (
        select(Revision.number, Revision.at)
        .join(
            RevisionWeight,
            (RevisionWeight.page_id == Revision.page_id)
            & (RevisionWeight.number == Revision.number),
        )
        .where(Revision.page_id == page_id, RevisionWeight.material)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    row = session.execute(newest).first()
    known = session.get(PageToRead, page_id)
    if row is not None and known is not None:
        known.material, known.material_at = row.number, row.at
