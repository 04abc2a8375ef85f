"""What deals tell, kept in memory until what it is made of has changed.

A report over 100,000 deals takes some tenths of a second, and the page, programs and files all ask
for the same one; a product in ten thousand deals takes a tenth, and its page is looked at all day.
Whoever sees other deals has a key of their own.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.deals.closing.models import CloseReason, DealClosing
from dossiers.deals.forecast.models import PipelineForecast
from dossiers.deals.models import Deal, DealChange, DealOwner, ProductName
from dossiers.facts.models import Change
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may

_LONGEST = timedelta(minutes=1)
"""For what no stamp tells: a page's new title, two that end in another order than they began."""

_STAMPS = (
    func.max(Deal.id),
    func.max(Deal.changed_at),
    func.max(DealChange.id),
    func.max(DealClosing.id),
    func.max(Client.changed_at),
    func.max(Change.id),
    func.max(PipelineForecast.id),
    func.max(DealOwner.decided_at),
    func.max(ProductName.decided_at),
    func.max(CloseReason.id),
    func.sum(CloseReason.rank),
)
T = TypeVar("T")


class KeptFigures:
    """At most so many answers, by question and what the reader may see; for several threads."""

    def __init__(self, most: int = 200) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[datetime, Any, Any]] = OrderedDict()
        self._lock = Lock()

    def answer(
        self, session: Session, actor: Actor, question: Hashable, make: Callable[[], T]
    ) -> T:
        """What `make` says, or said when nothing had changed since; one statement more.

        The question must hold all on which the answer depends beside deals and the reader's sight.
        """
        decides = may(actor, Permission.EDIT_DOSSIERS)
        key = question, actor.audiences, decides, actor.language, actor.time_zone
        stamp = session.execute(select(*(select(one).scalar_subquery() for one in _STAMPS))).one()
        now = clock.now()
        with self._lock:
            at, known, kept = self._kept.get(key, (now, None, None))
        if known == stamp and timedelta(0) <= now - at < _LONGEST:
            found: T = kept
            return found
        made = make()
        self._keep(key, (now, stamp, made))
        return made

    def _keep(self, key: Hashable, answer: tuple[datetime, Any, Any]) -> None:
        with self._lock:
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
