"""What letters say of promises: each morning what is due, at once what a colleague was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Promise
from dossiers.interactions.promises.groups import Due, grouped
from dossiers.interactions.promises.listing import PromiseLine, due_visible_to, lines_visible_to
from dossiers.interactions.promises.wording import DUES, side_words
from wiki.accounts.actor import Actor
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.locale import _, force_locale, ngettext
from wiki.mail import post
from wiki.pages.watching.letter_parts import LetterPart
from wiki.templating import day as day_words

MOST_LINES = 30
"""Promises that one letter names of those overdue, and of those due today; the rest is counted."""


class News(StrEnum):
    """What a colleague is told of at once."""

    GIVEN = "given"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Telling:
    """What happened to a promise, why, and the address of the wiki for the link."""

    news: News
    base: str
    why: str = ""


def due_part(session: Session, actor: Actor, today: date, base: str) -> LetterPart | None:
    """What is overdue and due today of what this reader looks after; `None` when nothing is."""
    lines = due_visible_to(session, actor, today)
    if not lines:
        return None
    count = len(lines)
    subject = str(ngettext("%(num)d promise is due", "%(num)d promises are due", count))
    paragraphs: list[str] = []
    for due, some in grouped(lines, today).items():
        paragraphs += _part(base, due, some)
    all_of_them = _("All your promises: %(address)s", address=f"{base}/promises")
    return LetterPart(subject, (*paragraphs, all_of_them))


def _part(base: str, due: Due, some: Sequence[PromiseLine]) -> list[str]:
    told = [f"{DUES[due]} ({len(some)})".upper()]
    told += [_paragraph(base, line) for line in some[:MOST_LINES]]
    rest = len(some) - MOST_LINES
    if rest > 0:
        told.append(str(ngettext("and %(num)d more", "and %(num)d more", rest)))
    return told


def _paragraph(base: str, line: PromiseLine) -> str:
    until = _("due on %(day)s", day=day_words(line.promise.due_on))
    facts = " · ".join((line.client, side_words(line), until))
    return f"{line.promise.what}\n{facts}\n{base}{line.url}"


def tell_holder(session: Session, actor: Actor, promise_id: int, telling: Telling) -> bool:
    """Post a letter to the colleague who looks after the promise, in this transaction.

    Not to the actor, nor to who wants no letters, may not see the client, or has left; whether one
    was posted.
    """
    wanted = select(User.id).join(Promise, Promise.user_id == User.id)
    holder = session.scalar(wanted.where(Promise.id == promise_id, User.daily_mail))
    reader = actor_of(session, holder) if holder and holder != actor.id else None
    line = _line(session, reader, promise_id) if reader else None
    if reader is None or line is None:
        return False
    with force_locale(reader.language):
        subject, text = _subject(actor, telling, line), _text(reader, telling, line)
    post(session, reader.email, subject, text)
    return True


def _line(session: Session, reader: Actor, promise_id: int) -> PromiseLine | None:
    of_it = (Promise.id == promise_id, Promise.state == PromiseState.OPEN)
    return next(iter(lines_visible_to(session, reader, *of_it)), None)


def _subject(actor: Actor, telling: Telling, line: PromiseLine) -> str:
    words = {"who": actor.name, "what": line.promise.what}
    if telling.news is News.GIVEN:
        return _("%(who)s gave you a promise to look after: %(what)s", **words)
    return _("%(who)s moved a promise of yours: %(what)s", **words)


def _text(reader: Actor, telling: Telling, line: PromiseLine) -> str:
    told = [_("Hello, %(name)s!", name=reader.name), _paragraph(telling.base, line)]
    if telling.why:
        told.insert(1, _("Why: %(why)s", why=telling.why))
    told.append(_("No more letters: %(account)s", account=f"{telling.base}/account"))
    return "\n\n".join(told) + "\n"
