"""The weekly letter: on Monday at seven in each person's own morning, what is pressing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from dossiers.renewals.calendar.colours import Colour
from dossiers.renewals.calendar.digest_text import subject_of, text_of
from dossiers.renewals.calendar.moved import moved_by_path
from dossiers.renewals.calendar.queries import Renewal, Wanted, renewals_visible_to
from dossiers.renewals.models import WeeklyDigest
from wiki import clock
from wiki.accounts.actor import Actor, Role
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.config import Settings
from wiki.database import Database
from wiki.locale import force_locale
from wiki.mail import post
from wiki.upserts import insert_into

HOUR = 7
#: Looked at for one letter.
MOST = 1_000
_WEEK = timedelta(days=7)


def send_due_digests(app: Flask) -> int:
    """The task of the application's worker: post the letters that are due now; how many."""
    database, settings = app.extensions["database"], app.config["SETTINGS"]
    with app.app_context():
        return send_digests(database, settings, clock.now())


def send_digests(database: Database, settings: Settings, now: datetime) -> int:
    """Post what is due at that moment, within an application context; how many.

    A person's week is done once it was looked at, with or without a letter, in one transaction
    with the letter: neither a restart nor a second worker sends it twice.
    """
    with database.reading() as session:
        due = _due(session, now)
    return sum(_send(database, settings, user_id, day) for user_id, day in due)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _due(session: Session, now: datetime) -> list[tuple[int, date]]:
    """Who has not had the letter of the week, and their present day."""
    people = select(User.id, User.time_zone).where(
        User.deactivated_at.is_(None), User.role != Role.NEWCOMER
    )
    this_week = monday_of(now.date()) - timedelta(days=1)
    told = select(WeeklyDigest.user_id, WeeklyDigest.week).where(WeeklyDigest.week >= this_week)
    had = {(user_id, week) for user_id, week in session.execute(told)}
    return [(ident, day) for ident, day in _mornings(session.execute(people).all(), now)
            if not _is_done(ident, monday_of(day), had)]  # fmt: skip


def _mornings(people: Iterable[Sequence[object]], now: datetime) -> Iterable[tuple[int, date]]:
    for ident, zone in people:
        local = now.astimezone(ZoneInfo(str(zone)))
        if local.weekday() > 0 or local.hour >= HOUR:
            yield int(str(ident)), local.date()


def _is_done(user_id: int, week: date, had: Iterable[tuple[int, date]]) -> bool:
    return any(ident == user_id and told >= week for ident, told in had)


def _send(database: Database, settings: Settings, user_id: int, day: date) -> bool:
    with database.transaction() as session:
        actor = actor_of(session, user_id)
        if actor is None or not _claim(session, user_id, monday_of(day)):
            return False
        renewals = pressing_for(session, actor, day)
        if not renewals:
            return False
        with force_locale(actor.language):
            text = text_of(settings.base_url, actor, renewals, day)
            post(session, actor.email, subject_of(renewals), text)
        return True


def _claim(session: Session, user_id: int, week: date) -> bool:
    """Whether nobody was faster, and the person has not said no meanwhile."""
    no = exists().where(WeeklyDigest.user_id == user_id, WeeklyDigest.week >= week)
    if session.scalar(select(no)):
        return False
    new = insert_into(session, WeeklyDigest).values(user_id=user_id, week=week, at=clock.now())
    claimed = new.on_conflict_do_nothing().returning(WeeklyDigest.user_id)
    return session.execute(claimed).first() is not None


def pressing_for(session: Session, actor: Actor, day: date) -> list[Renewal]:
    """What is too late or soon for the person, and what the path has moved within the week."""
    wanted = Wanted(mine=not actor.is_director)
    found = renewals_visible_to(session, actor, wanted, day, MOST)
    return [one for one in found if one.colour is not Colour.CALM or _moved_lately(one, day)]


def _moved_lately(renewal: Renewal, day: date) -> bool:
    moved = moved_by_path(renewal.why, renewal.start_by)
    return moved is not None and moved.at.date() >= day - _WEEK
