"""The number at the bell, after somebody changed teams or a page changed its readers."""

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from wiki.accounts.models import User
from wiki.database import Database
from wiki.pages.models import Page
from wiki.pages.watching.models import Notice
from wiki.pages.watching.sight import sees

_RIGHT = (
    select(func.count())
    .select_from(Notice)
    .join(Page, Page.id == Notice.page_id)
    .where(Notice.user_id == User.id, Notice.read_at.is_(None), sees(Page.audience))
    .correlate(User)
    .scalar_subquery()
)


def mend_unread(database: Database) -> int:
    """Set wrong numbers right; how many there were. Writes only when there are any."""
    with database.reading() as session:
        wrong = list(session.scalars(select(User.id).where(User.unread_notices != _RIGHT)))
    if wrong:
        with database.transaction() as session:
            mended = update(User).where(User.id.in_(wrong)).values(unread_notices=_RIGHT)
            session.execute(mended.execution_options(synchronize_session=False))
    return len(wrong)


def mend_unread_of(session: Session, page_id: int) -> None:
    """After the page changed its readers: the numbers of those who have news of it."""
    told = select(Notice.user_id).where(Notice.page_id == page_id, Notice.read_at.is_(None))
    mended = update(User).where(User.id.in_(told)).values(unread_notices=_RIGHT)
    session.execute(mended.execution_options(synchronize_session=False))
