"""Pulling: one step is one question to one source and one transaction with the answer.

While the network is waited for no transaction is open. The place up to which was read is written
together with the deals of the page, so a step that breaks off anywhere is simply done again.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import SystemRandom
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.applying.naming import Names
from dossiers.deals.applying.writing import Written, apply_records
from dossiers.deals.connectors.backing_off import wait_after
from dossiers.deals.connectors.due import SWEEP_EVERY, next_due, pause_between
from dossiers.deals.connectors.interface import Connector, Page, connector_kinds
from dossiers.deals.connectors.problems import PullError, kept_sentence
from dossiers.deals.connectors.sealing import unseal
from dossiers.deals.connectors.sweeping import Sweep, keep_sweep, look_for_gone
from dossiers.deals.connectors.visits import count, end_visit, open_visit
from dossiers.deals.models import Deal, DealSource, PullState
from wiki import clock
from wiki.database import Database
from wiki.errors import Refusal

_log = logging.getLogger(__name__)
_MISHAP = PullError(
    "Something broke on our side while the deals were written. Nothing of this page was kept, and "
    "nothing is lost; it is tried again by itself. The log of the worker says what it was."
)


@dataclass(frozen=True)
class Puller:
    """What pulling needs: the database, the key of the instance, and chance from 0 to 1."""

    database: Database
    instance_key: str
    chance: Callable[[], float] = SystemRandom().random

    def pull_due(self) -> int:
        """Do one step with the source that is due first; 0 when none is."""
        with self.database.reading() as session:
            source_id = next_due(session)
        if source_id is None:
            return 0
        self.step(source_id)
        return 1

    def pull(self, source_id: int) -> None:
        """A whole visit now, whenever it is due. Raises `Refusal` when it fails."""
        with self.database.transaction() as session:
            session.get_one(PullState, source_id).next_at = clock.now()
        going_on = True
        while going_on:
            going_on = self.step(source_id, raising=True)

    def step(self, source_id: int, raising: bool = False) -> bool:
        """One question and its answer; whether the visit goes on."""
        try:
            begun = self._begin(source_id)
            if begun.place is None:
                return self._keep_place(begun, begun.connector.begin(begun.read_to))
            if begun.sweeps:
                return self._sweep(begun)
            return self._read_page(begun)
        except Refusal as refusal:
            wait = refusal.wait if isinstance(refusal, PullError) else None
            self._note_failure(source_id, kept_sentence(refusal), wait)
            if raising:
                raise
        except Exception:
            _log.exception("Deals of source %d could not be pulled", source_id)
            self._note_failure(source_id, kept_sentence(_MISHAP), None)
            if raising:
                raise
        return False

    def _begin(self, source_id: int) -> "_Begun":
        with self.database.transaction() as session:
            source, state = _both(session, source_id)
            state.tried_at = clock.now()
            if "open" not in state.cursor:
                state.wanted = False
            cursor, failures = dict(state.cursor), state.failures
        kind = connector_kinds()[source.kind]
        connector = kind.open(source.settings, unseal(self.instance_key, source.secret))
        return _Begun(source, connector, cursor, failures)

    def _keep_place(self, begun: "_Begun", place: Mapping[str, Any]) -> bool:
        with self.database.transaction() as session:
            _source, state = _both(session, begun.source.id)
            if state.cursor == begun.cursor:
                state.cursor = {**begun.cursor, "open": dict(place)}
                state.behind = place.get("left")
                state.next_at = clock.now()
        return True

    def _read_page(self, begun: "_Begun") -> bool:
        page = begun.connector.page(begun.place or {}, self._known(begun.source.id), begun.failures)
        with self.database.transaction() as session:
            source, state = _both(session, begun.source.id)
            if state.cursor != begun.cursor:
                # Somebody else pulled meanwhile; what they wrote stands.
                return False
            return _keep_page(session, source, state, page)

    def _sweep(self, begun: "_Begun") -> bool:
        began, believed = clock.now(), bool(begun.cursor.get("believed"))
        there = {ident for some in begun.connector.idents() for ident in some}
        with self.database.reading() as session:
            found = look_for_gone(session, begun.source.id, there, began, believed)
        pages = [begun.connector.read(some) for some in found.to_read()]
        with self.database.transaction() as session:
            source, state = _both(session, begun.source.id)
            if state.cursor != begun.cursor:
                return False
            _keep_swept(session, source, state, found, pages)
            return _end(session, source, state)

    def _known(self, source_id: int) -> Callable[[Sequence[str]], Mapping[str, datetime | None]]:
        def known(idents: Sequence[str]) -> Mapping[str, datetime | None]:
            wanted = select(Deal.external_id, Deal.updated_there).where(
                Deal.source_id == source_id,
                Deal.external_id.in_(idents),
                Deal.gone_at.is_(None),
            )
            with self.database.reading() as session:
                return dict(session.execute(wanted).all())

        return known

    def _note_failure(self, source_id: int, error: str, wait: timedelta | None) -> None:
        with self.database.transaction() as session:
            source, state = _both(session, source_id)
            now = clock.now()
            state.failures += 1
            state.error = error
            state.next_at = now + wait_after(state.failures, wait, self.chance)
            end_visit(session, open_visit(session, source.id), error)


@dataclass(frozen=True)
class _Begun:
    """A step under way: the source, how to ask it, and where it stood at the begin."""

    source: DealSource
    connector: Connector
    cursor: Mapping[str, Any]
    failures: int

    @property
    def place(self) -> Mapping[str, Any] | None:
        """Where the visit is; `None` when it has not begun."""
        found: Mapping[str, Any] | None = self.cursor.get("open")
        return found

    @property
    def read_to(self) -> Mapping[str, Any]:
        """Where the last whole visit ended."""
        found: Mapping[str, Any] = self.cursor.get("place", {})
        return found

    @property
    def sweeps(self) -> bool:
        """Whether all changes are read and the look for deleted deals is left."""
        return bool(self.cursor.get("sweep"))


def _both(session: Session, source_id: int) -> tuple[DealSource, PullState]:
    source = session.get_one(DealSource, source_id)
    return source, session.get_one(PullState, source_id, with_for_update=True)


def _keep_page(session: Session, source: DealSource, state: PullState, page: Page) -> bool:
    """Write the deals of a page and the place after it; whether the visit goes on."""
    visit = open_visit(session, source.id)
    counts = apply_records(session, Names(source), page.records, Written(load_id=visit.id))
    count(visit, counts, page.unreadable)
    state.failures, state.error, state.behind = 0, "", page.left
    state.next_at = clock.now()
    if not page.is_last:
        state.cursor = {**state.cursor, "open": dict(page.place)}
        return True
    if _sweep_is_due(state):
        state.cursor = {**_kept(state), "place": dict(page.place), "open": {}, "sweep": True}
        return True
    state.cursor = {**_kept(state), "place": dict(page.place)}
    return _end(session, source, state)


def _keep_swept(
    session: Session, source: DealSource, state: PullState, found: Sweep, pages: Sequence[Page]
) -> None:
    visit = open_visit(session, source.id)
    names, written = Names(source), Written(load_id=visit.id)
    for page in pages:
        count(visit, apply_records(session, names, page.records, written), page.unreadable)
    keep_sweep(session, visit, found)
    state.swept_at = clock.now()
    doubt = {"doubt": found.doubt} if found.doubt else {}
    state.cursor = {"place": state.cursor.get("place", {}), **doubt}


def _kept(state: PullState) -> dict[str, Any]:
    """What holds until the next look for deleted deals."""
    return {name: state.cursor[name] for name in ("doubt", "believed") if name in state.cursor}


def _end(session: Session, source: DealSource, state: PullState) -> bool:
    """A whole visit is over."""
    now = clock.now()
    state.failures, state.error, state.behind = 0, "", 0
    state.succeeded_at, state.next_at = now, now + pause_between(source)
    end_visit(session, open_visit(session, source.id))
    return False


def _sweep_is_due(state: PullState) -> bool:
    return state.swept_at is None or clock.now() - state.swept_at >= SWEEP_EVERY
