"""The daily letter: at seven in each person's own morning, what is due and what is not read yet."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.config import Settings
from wiki.database import Database
from wiki.locale import _, force_locale, ngettext
from wiki.mail import post
from wiki.pages.kinds import kind_name
from wiki.pages.watching.letter_parts import LetterPart, parts_for
from wiki.pages.watching.mending import mend_unread
from wiki.pages.watching.models import DailyMail, Notice
from wiki.pages.watching.queries import NoticeLine, news_to_mail
from wiki.upserts import insert_into

HOUR = 7
MOST_LINES = 100


def send_daily_mails(database: Database, settings: Settings, now: datetime) -> int:
    """Post the letters that are due at the moment `now`; how many.

    To be called again and again, within an application context (for the words). A person's day
    is done once it was looked at after seven, with or without a letter, in one transaction with
    the letter: neither a restart nor a second worker sends it twice.
    """
    with database.reading() as session:
        due = _due(session, now)
    return sum(_send(database, settings, user_id, day) for user_id, day in due)


def send_due_daily_mails(app: Flask) -> int:
    """The task of the application's worker: mend the bells, then post what is due now."""
    database = app.extensions["database"]
    mend_unread(database)
    with app.app_context():
        return send_daily_mails(database, app.config["SETTINGS"], clock.now())


def _due(session: Session, now: datetime) -> list[tuple[int, date]]:
    statement = (
        select(User.id, User.time_zone, DailyMail.last_day)
        .outerjoin(DailyMail, DailyMail.user_id == User.id)
        .where(User.daily_mail, User.deactivated_at.is_(None))
    )
    found = []
    for user_id, zone, last_day in session.execute(statement):
        local = now.astimezone(ZoneInfo(zone))
        if local.hour >= HOUR and (last_day is None or last_day < local.date()):
            found.append((user_id, local.date()))
    return found


def _send(database: Database, settings: Settings, user_id: int, day: date) -> bool:
    with database.transaction() as session:
        actor = actor_of(session, user_id)
        if actor is None or not _claim(session, user_id, day):
            return False
        lines = news_to_mail(session, actor, MOST_LINES)
        with force_locale(actor.language):
            parts = parts_for(session, actor, day, settings.base_url)
            if not lines and not parts:
                return False
            subject, text = _subject(parts, lines), _text(settings, actor, parts, lines)
        post(session, actor.email, subject, text)
        _mark_mailed(session, lines)
        return True


def _claim(session: Session, user_id: int, day: date) -> bool:
    """Whether nobody was faster."""
    new = insert_into(session, DailyMail).values(user_id=user_id, last_day=day)
    claimed = new.on_conflict_do_update(
        index_elements=["user_id"], set_={"last_day": day}, where=DailyMail.last_day < day
    )
    return session.execute(claimed.returning(DailyMail.user_id)).first() is not None


def _mark_mailed(session: Session, lines: list[NoticeLine]) -> None:
    idents = [line.id for line in lines]
    told = update(Notice).where(Notice.id.in_(idents))
    # The notice's own time, so that news added a moment later counts as untold.
    session.execute(told.values(mailed_at=Notice.at))


def _subject(parts: list[LetterPart], lines: list[NoticeLine]) -> str:
    told = [part.subject for part in parts]
    if lines:
        count = _pages(lines)
        told.append(str(ngettext("%(num)d page you watch", "%(num)d pages you watch", count)))
    return ", ".join(told)


def _pages(lines: list[NoticeLine]) -> int:
    return len({line.page_id for line in lines})


def _text(
    settings: Settings, actor: Actor, parts: list[LetterPart], lines: list[NoticeLine]
) -> str:
    base = settings.base_url
    told = [_("Good morning, %(name)s!", name=actor.name)]
    for part in parts:
        told += part.paragraphs
    if lines:
        told.append(_("This is new on the pages you watch:"))
    told += [_paragraph(base, actor, line) for line in lines]
    told.append(
        _(
            "All notices: %(notices)s\nWhat you watch: %(watching)s\nNo more letters: %(account)s",
            notices=f"{base}/notices",
            watching=f"{base}/watching",
            account=f"{base}/account",
        )
    )
    return "\n\n".join(told) + "\n"


def _paragraph(base: str, actor: Actor, line: NoticeLine) -> str:
    zone = ZoneInfo(actor.time_zone)
    when = format_datetime(line.at, "medium", tzinfo=zone, locale=actor.language)
    facts = [kind_name(line.kind), line.actor or _("the system"), when]
    if line.news > 1:
        facts.insert(1, str(ngettext("%(num)d times", "%(num)d times", line.news)))
    return f"{line.title}\n{', '.join(facts)}\n{base}{line.url}"
