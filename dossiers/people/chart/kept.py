"""Charts as JSON text, kept in memory until the dossier or the name of one of ours changes.

Reading ten thousand positions takes a third of a second, and everybody who has the chart open asks
again after each change. The key names everything that the text depends on.
"""

import json
from collections import OrderedDict
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.people.chart.collecting import without_collecting
from dossiers.people.chart.document import document_of
from dossiers.people.chart.queries import chart_of
from dossiers.people.models import Relationship
from wiki.accounts.models import User

_Key = tuple[object, ...]


class KeptCharts:
    """Texts by key, up to a number of characters in all; safe for several threads."""

    def __init__(self, most: int = 24_000_000) -> None:
        self._room = most
        self._kept: OrderedDict[_Key, str] = OrderedDict()
        self._lock = Lock()

    def text_of(self, session: Session, client: Client, moment: Moment, deal: str) -> str:
        """The document of the client's chart, without its first brace.

        The caller has found the client with `client_visible_to` and writes what differs from
        reader to reader before it.
        """
        key = (client.id, client.stamp, moment, deal, *_names_of_ours(session, client.id))
        known = self._get(key)
        if known is None:
            with without_collecting():
                document = document_of(chart_of(session, client.id, moment, deal))
                known = json.dumps(document, ensure_ascii=False, separators=(",", ":"))[1:]
            self._keep(key, known)
        return known

    def _get(self, key: _Key) -> str | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def _keep(self, key: _Key, text: str) -> None:
        with self._lock:
            self._room += len(self._kept.pop(key, ""))
            self._kept[key] = text
            self._room -= len(text)
            while self._room < 0 and self._kept:
                self._room += len(self._kept.popitem(last=False)[1])


def _names_of_ours(session: Session, client_id: int) -> list[str]:
    ours = select(Relationship.user_id).where(Relationship.client_id == client_id)
    return list(session.scalars(select(User.name).where(User.id.in_(ours)).order_by(User.id)))
