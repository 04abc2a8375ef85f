"""Letters about questions that no page answered: to who is asked, and back with the answer."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.onboarding.models import Gap
from wiki.accounts.actor import DIRECTING, Actor
from wiki.accounts.loading import actor_of
from wiki.accounts.models import User
from wiki.locale import _, force_locale
from wiki.mail import post


def tell_asked(session: Session, actor: Actor, gap: Gap, base: str) -> None:
    """Post the question to whoever looks after the category, else to the directors."""
    wanted = User.id == gap.owner_id if gap.owner_id else User.role.in_(DIRECTING)
    for reader in _readers(session, actor, session.scalars(select(User.id).where(wanted))):
        with force_locale(reader.language):
            subject = _("%(who)s asks: %(words)s", who=actor.name, words=gap.words)
            told = _("The search found nothing for this. Answer with a page or in words:")
            text = _text(reader, f"{gap.words}\n\n{told}\n{base}/gaps#gap-{gap.id}", base)
        post(session, reader.email, subject, text)


def tell_answered(session: Session, actor: Actor, gap: Gap, base: str) -> None:
    """Post the answer in words to whoever asked."""
    for reader in _readers(session, actor, [gap.asked_by]):
        with force_locale(reader.language):
            subject = _("%(who)s answered: %(words)s", who=actor.name, words=gap.words)
            address = f"{base}/gaps?show=asked#gap-{gap.id}"
            text = _text(reader, f"{gap.words}\n\n{gap.answer}\n\n{address}", base)
        post(session, reader.email, subject, text)


def _readers(session: Session, actor: Actor, idents: Iterable[int]) -> list[Actor]:
    """Those who are here, want letters and are not the one who acts."""
    wanted = select(User.id).where(
        User.id.in_(list(idents)), User.daily_mail, User.deactivated_at.is_(None)
    )
    found = (actor_of(session, ident) for ident in session.scalars(wanted) if ident != actor.id)
    return [reader for reader in found if reader is not None]


def _text(reader: Actor, told: str, base: str) -> str:
    hello = _("Hello, %(name)s!", name=reader.name)
    no_more = _("No more letters: %(account)s", account=f"{base}/account")
    return f"{hello}\n\n{told}\n\n{no_more}\n"
