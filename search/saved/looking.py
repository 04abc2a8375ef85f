"""Looking for what is new in saved searches, with the rights that their owners have right now."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from search.assembly import Search
from search.documents import Document
from search.queries import Answer, search_visible_to
from search.saved.asking import wanted_since
from search.saved.bell import mend_finds
from search.saved.fitting import those_that_fit
from search.saved.models import SavedSearch, SavedSearchHit
from search.saved.rules import Telling, news_since
from wiki import clock
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.database import Database
from wiki.errors import Refusal
from wiki.upserts import insert_into

_log = logging.getLogger(__name__)

EVERY = timedelta(minutes=2)
KEPT = timedelta(days=92)
MOST_PER_ROUND = 100
LONGEST_ROUND = 10.0
"""Seconds after which the rest has to wait for the next round."""
_STEPS = (5, 15, 30, 50)
"""How many hits are asked for one after the other: mostly the first few are old already."""
MOST_FINDS = sum(_STEPS)
"""Of more than these at one look only the newest are told."""


class _NotReady(Exception):
    """The index is being made anew: who looks now would miss something."""


@dataclass
class _Round:
    """What one round brought: the searches that were run, and what was found for them."""

    looked: list[int] = field(default_factory=list)
    finds: dict[int, Sequence[Document]] = field(default_factory=dict)


def look_for_news(database: Database, search: Search) -> int:
    """Run the saved searches that are due and keep what is new; how many were run.

    To be called again and again. Killed in the middle it does the same again, and nothing is
    told twice: a thing is news once for each of its changes.
    """
    began = clock.now()
    with database.reading() as session:
        due = _due(session, began)
    done = _look(database, search, due) if due else _Round()
    if done.looked:
        with database.transaction() as session:
            for saved_id, documents in done.finds.items():
                _keep(session, saved_id, documents, began)
            looked = update(SavedSearch).where(SavedSearch.id.in_(done.looked))
            session.execute(looked.values(looked_at=began))
        mend_finds(database, search, {saved.user_id for saved in due})
    return len(done.looked)


def _due(session: Session, now: datetime) -> list[SavedSearch]:
    statement = (
        select(SavedSearch)
        .join(User, User.id == SavedSearch.user_id)
        .where(
            SavedSearch.telling != Telling.OFF,
            SavedSearch.archived_at.is_(None),
            SavedSearch.looked_at <= now - EVERY,
            User.deactivated_at.is_(None),
        )
        .order_by(SavedSearch.looked_at, SavedSearch.id)
        .limit(MOST_PER_ROUND)
    )
    return list(session.scalars(statement))


def _look(database: Database, search: Search, due: Sequence[SavedSearch]) -> _Round:
    done, end = _Round(), time.monotonic() + LONGEST_ROUND
    for saved in due:
        if time.monotonic() > end:
            break
        try:
            with database.reading() as session:
                done.finds[saved.id] = _news_of(session, search, saved)
        except _NotReady:
            break
        except Refusal:
            pass  # A question that is refused now, by a newer rule, finds nothing.
        except Exception:  # One that cannot be run must not hold up those behind it.
            _log.exception("The saved search %d cannot be run; it is tried again", saved.id)
            continue
        done.looked.append(saved.id)
    return done


def _news_of(session: Session, search: Search, saved: SavedSearch) -> list[Document]:
    """What changed since the last look and fits, as far as the owner may see it."""
    actor = actor_of(session, saved.user_id)
    if actor is None:
        return []
    since = news_since(saved.told_since, saved.looked_at)
    wanted = wanted_since(saved.query, since)
    found: list[Document] = []
    for number, step in enumerate(_STEPS):
        answer = search_visible_to(session, actor, search, wanted, step, sum(_STEPS[:number]))
        new = list(_newer(answer, since))
        found += those_that_fit(session, new, wanted.typed, answer.instead)
        if len(new) < step:
            break
    return found


def _newer(answer: Answer, since: datetime) -> Iterator[Document]:
    if answer.incomplete:
        raise _NotReady
    for hit in answer.hits:
        if hit.document.changed_at > since:
            yield hit.document


def _keep(
    session: Session, saved_id: int, documents: Sequence[Document], found_at: datetime
) -> None:
    for document in documents:
        values: Mapping[str, object] = {
            "kind": document.kind,
            "ident": document.ident,
            "changed_at": document.changed_at,
            "found_at": found_at,
            "read_at": None,
            "mailed_at": None,
        }
        new = insert_into(session, SavedSearchHit).values(saved_search_id=saved_id, **values)
        session.execute(
            new.on_conflict_do_update(
                index_elements=["saved_search_id", "kind", "ident"],
                set_=values,
                where=SavedSearchHit.changed_at < document.changed_at,
            )
        )


def forget_old_finds(database: Database) -> int:
    """Take away what was found more than three months ago; how many rows. Nothing is lost.

    The things themselves stay, and are told again when they change.
    """
    old = delete(SavedSearchHit).where(SavedSearchHit.found_at < clock.now() - KEPT)
    with database.transaction() as session:
        return len(session.execute(old.returning(SavedSearchHit.id)).all())
