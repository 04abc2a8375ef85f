"""The morning letter about saved searches: at seven in each person's own morning."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from search.assembly import Search
from search.saved.models import SavedSearch, SavedSearchHit
from search.saved.queries import Find, finds_to_mail
from search.saved.rules import Telling
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.config import Settings
from wiki.database import Database
from wiki.locale import _, force_locale, ngettext
from wiki.mail import post

HOUR = 7


def send_due_letters(database: Database, search: Search, settings: Settings) -> int:
    """Post the letters that are due now; how many.

    To be called again and again, within an application context (for the words). What is put
    into a letter is marked in the transaction that posts it, so nothing is mailed twice.
    """
    now = clock.now()
    with database.reading() as session:
        due = [(user_id, _last_morning(now, zone)) for user_id, zone in _with_news(session)]
    return sum(_send(database, search, settings, user_id, until) for user_id, until in due)


def _with_news(session: Session) -> list[tuple[int, str]]:
    statement = (
        select(User.id, User.time_zone)
        .join(SavedSearch, SavedSearch.user_id == User.id)
        .join(SavedSearchHit, SavedSearchHit.saved_search_id == SavedSearch.id)
        .where(
            SavedSearch.telling == Telling.MAIL,
            SavedSearch.archived_at.is_(None),
            SavedSearchHit.mailed_at.is_(None),
            SavedSearchHit.read_at.is_(None),
            User.deactivated_at.is_(None),
        )
        .distinct()
    )
    return [(user_id, zone) for user_id, zone in session.execute(statement)]


def _last_morning(now: datetime, zone: str) -> datetime:
    """The last moment at which it was seven in that time zone."""
    local = now.astimezone(ZoneInfo(zone))
    seven = datetime.combine(local.date(), time(HOUR), ZoneInfo(zone))
    if seven > local:
        seven = datetime.combine(local.date() - timedelta(days=1), time(HOUR), ZoneInfo(zone))
    return seven


def _send(
    database: Database, search: Search, settings: Settings, user_id: int, until: datetime
) -> bool:
    with database.transaction() as session:
        actor = actor_of(session, user_id)
        idents = _claim(session, user_id, until) if actor else []
        finds = finds_to_mail(session, actor, search, idents) if actor and idents else []
        if actor is None or not finds:
            return False
        with force_locale(actor.language):
            post(session, actor.email, _subject(finds), _text(settings, actor, finds))
        return True


def _claim(session: Session, user_id: int, until: datetime) -> list[int]:
    """Mark what was found before that morning as mailed, seen or not; nobody else gets it then."""
    mine = select(SavedSearch.id).where(
        SavedSearch.id == SavedSearchHit.saved_search_id,
        SavedSearch.user_id == user_id,
        SavedSearch.telling == Telling.MAIL,
        SavedSearch.archived_at.is_(None),
        SavedSearch.told_since <= SavedSearchHit.found_at,
    )
    claimed = update(SavedSearchHit).where(
        mine.exists(),
        SavedSearchHit.found_at < until,
        SavedSearchHit.mailed_at.is_(None),
        SavedSearchHit.read_at.is_(None),
    )
    marked = claimed.values(mailed_at=clock.now()).returning(SavedSearchHit.id)
    options = {"synchronize_session": False}
    return list(session.scalars(marked, execution_options=options))


def _subject(finds: Sequence[Find]) -> str:
    count = len({find.document.key for find in finds})
    return str(
        ngettext("%(num)d new thing in your searches", "%(num)d new things in your searches", count)
    )


def _text(settings: Settings, actor: Actor, finds: Sequence[Find]) -> str:
    base = settings.base_url
    parts = [_("Good morning, %(name)s! This is new in your saved searches:", name=actor.name)]
    by_search = sorted(finds, key=lambda find: (find.search.casefold(), find.query))
    for (name, url), some in groupby(by_search, key=lambda find: (find.search, find.search_url)):
        parts.append(f"{name}\n{base}{url}")
        parts += [f"— {find.document.title}\n  {base}{find.document.url}" for find in some]
    last = _(
        "All that was found: %(news)s\nYour searches, and no more letters: %(saved)s",
        news=f"{base}/search/saved/news",
        saved=f"{base}/search/saved",
    )
    return "\n\n".join([*parts, last]) + "\n"
