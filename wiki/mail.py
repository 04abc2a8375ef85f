"""Letters: written as rows in the transaction that causes them, sent by the worker."""

import smtplib
import sys
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from wiki import clock
from wiki.config import Settings
from wiki.database import Base, Database

_TRIES = 8


class Letter(Base):
    """A letter to one address; kept without its text as proof that it was sent."""

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    to: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    error: Mapped[str | None] = mapped_column(String(500))


def post(session: Session, to: str, subject: str, text: str) -> None:
    """Give a plain-text letter to the worker, in this transaction."""
    now = clock.now()
    one_line = " ".join(subject.split())[:300]
    session.add(Letter(to=to, subject=one_line, text=text, created_at=now, due_at=now))


def send_due(database: Database, settings: Settings) -> int:
    """Send the letters that are due; how many went out. A failed one is tried again, later."""
    with database.reading() as session:
        waiting = select(Letter.id).where(
            Letter.sent_at.is_(None), Letter.due_at <= clock.now(), Letter.tries < _TRIES
        )
        idents = list(session.scalars(waiting.order_by(Letter.id).limit(50)))
    return sum(_send_one(database, settings, ident) for ident in idents)


def _send_one(database: Database, settings: Settings, ident: int) -> bool:
    with database.reading() as session:
        waiting = session.get_one(Letter, ident)
    try:
        deliver(settings, _message(settings, waiting))
    except Exception as error:  # A letter that cannot be sent must not hold up those behind it.
        _mark_failed(database, ident, f"{type(error).__name__}: {error}")
        return False
    with database.transaction() as session:
        letter = session.get_one(Letter, ident)
        # The links in it open doors; that it was sent is all that must be kept.
        letter.sent_at, letter.text = clock.now(), ""
    return True


def _mark_failed(database: Database, ident: int, why: str) -> None:
    with database.transaction() as session:
        letter = session.get_one(Letter, ident)
        letter.tries += 1
        letter.error = why[:500]
        letter.due_at = clock.now() + timedelta(minutes=2**letter.tries)


def _message(settings: Settings, letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain="dossier-wiki.invalid")
    message.set_content(letter.text)
    return message


def deliver(settings: Settings, message: EmailMessage) -> None:
    """Hand a message to the mail server; without one, write it to the console.

    Raises `OSError` or `smtplib.SMTPException` when the server does not take it.
    """
    if not settings.smtp_host:
        sys.stderr.write(f"--- letter\n{_readable(message)}\n---\n")
        return
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=20) as server:
        if settings.smtp_tls:
            server.starttls()
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(message)


def _readable(message: EmailMessage) -> str:
    head = "\n".join(f"{name}: {message[name]}" for name in ("From", "To", "Subject"))
    return f"{head}\n\n{message.get_content()}"
