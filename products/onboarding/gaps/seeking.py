"""Pages that were saved later and are found by the words of an open question are offered."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from products.onboarding.gaps import wording
from products.onboarding.gaps.services import KIND, REFUSED
from products.onboarding.kinds import GapState
from products.onboarding.models import Gap
from search.assembly import Search
from search.queries import Wanted, search_visible_to
from search.questions import Order
from search.saved.fitting import those_that_fit
from wiki.accounts.loading import actor_of
from wiki.database import Database
from wiki.errors import Refusal
from wiki.history.models import HistoryEntry
from wiki.history.services import record
from wiki.pages.models import Page
from wiki.pages.watching.notifying import News, tell_only

_log = logging.getLogger(__name__)

MOST_A_ROUND = 20
_MOST_HITS = 15


class Seeker:
    """Looks again at each open question after pages have changed, a few at a time."""

    def __init__(self, database: Database, search: Search) -> None:
        self._database, self._search = database, search
        self._seen: datetime | None = None
        self._after = 0

    def look(self) -> int:
        """Offer pages for at most twenty questions; how many were looked at.

        To be called again and again; when no page has changed since the last whole round it costs
        one statement.
        """
        with self._database.reading() as session:
            newest = session.scalar(select(func.max(Page.changed_at)).where(Page.room.is_(None)))
            if newest is None or newest == self._seen:
                return 0
            due = self._due(session)
        for gap in due:
            if not self._look_at(gap):
                return 0
            self._after = gap.id
        if len(due) < MOST_A_ROUND:
            self._after, self._seen = 0, newest
        return len(due)

    def _due(self, session: Session) -> Sequence[Gap]:
        is_open = (Gap.state == GapState.OPEN, Gap.page_id.is_(None), Gap.id > self._after)
        return session.scalars(
            select(Gap).where(*is_open).order_by(Gap.id).limit(MOST_A_ROUND)
        ).all()

    def _look_at(self, gap: Gap) -> bool:
        """Offer a page when one is found; whether the index could be asked."""
        try:
            with self._database.reading() as session:
                found = self._found(session, gap)
        except Refusal:
            return True  # Words that the search refuses by a newer rule find nothing.
        except Exception:  # One that cannot be asked must not hold up those behind it.
            _log.exception("No page can be looked for for the question %d", gap.id)
            return True
        if found is None:
            return False
        if found:
            self._offer(gap.id, found[0])
        return True

    def _found(self, session: Session, gap: Gap) -> list[int] | None:
        """The pages that fit, with the asker's rights; `None` while the index is made anew."""
        asker = actor_of(session, gap.asked_by)
        if asker is None:
            return []
        wanted = Wanted(gap.words, ("kind=page",), Order.FIT, after=gap.asked_at.date())
        answer = search_visible_to(session, asker, self._search, wanted, _MOST_HITS)
        if answer.incomplete:
            return None
        later = [
            hit.document
            for hit in answer.hits
            if hit.document.changed_at > gap.asked_at and hit.document.client is None
        ]
        fitting = those_that_fit(session, later, gap.words, answer.instead)
        refused = _refused(session, gap.id) if fitting else frozenset()
        return [document.ident for document in fitting if document.ident not in refused]

    def _offer(self, gap_id: int, page_id: int) -> None:
        with self._database.transaction() as session:
            # The question first, as whoever answers it does: so nobody waits in a circle.
            still = (Gap.id == gap_id, Gap.state == GapState.OPEN, Gap.page_id.is_(None))
            gap = session.scalar(select(Gap).where(*still).with_for_update())
            page = session.scalar(select(Page).where(Page.id == page_id).with_for_update())
            if gap is None or page is None or page.archived or page.room is not None:
                return
            gap.page_id = page.id
            record(session, None, "offer page", KIND, gap.id, None, {"page": page.id})
            news = News(wording.TOPIC, wording.FOUND, 0, page.current_number)
            owner = {gap.owner_id} if gap.owner_id else set()
            tell_only(session, None, page, news, {gap.asked_by} | owner)


def _refused(session: Session, gap_id: int) -> frozenset[int]:
    """Pages of which somebody said that they do not answer."""
    said = select(HistoryEntry.before).where(
        HistoryEntry.subject_kind == KIND,
        HistoryEntry.subject_id == gap_id,
        HistoryEntry.action == REFUSED,
    )
    return frozenset(int(before["page"]) for before in session.scalars(said) if before)
