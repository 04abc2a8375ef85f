"""What deals tell of products, kept in memory until a deal, a client or a reason has changed.

A product that stands in ten thousand deals takes a tenth of a second to count, and its page is
looked at all day.
"""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.deals.models import CloseReason, Deal, DealChange, DealClosing, ProductName
from dossiers.deals.sold import Sold, sold_visible_to
from dossiers.facts.models import Change
from wiki import clock
from wiki.accounts.actor import Actor

_MOST = 2000
_LONGEST = timedelta(minutes=1)
"""Two that write at once may finish in another order than they began; not for longer than this."""

_STAMPS = (
    func.max(Deal.id),
    func.max(Deal.changed_at),
    func.max(DealChange.id),
    func.max(DealClosing.id),
    func.max(Client.changed_at),
    func.max(Change.id),
    func.max(CloseReason.id),
)


class KeptSold:
    """What was counted, by page and by what the reader may see; safe for several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, tuple[datetime, Any, Sold | None]] = OrderedDict()
        self._lock = Lock()

    def visible_to(self, session: Session, actor: Actor, page_ids: Sequence[int]) -> Sold | None:
        """What `sold_visible_to` says; in two statements when nothing has changed since."""
        names = select(ProductName.id).where(ProductName.page_id.in_(page_ids))
        found = tuple(sorted(session.scalars(names)))
        if not found:
            return None
        key = found, actor.audiences
        stamp = session.execute(select(*(select(one).scalar_subquery() for one in _STAMPS))).one()
        now = clock.now()
        with self._lock:
            at, known, sold = self._kept.get(key, (now, None, None))
        if known == stamp and timedelta(0) <= now - at < _LONGEST:
            return sold
        sold = sold_visible_to(session, actor, page_ids)
        self._keep(key, (now, stamp, sold))
        return sold

    def _keep(self, key: Any, answer: tuple[datetime, Any, Sold | None]) -> None:
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
