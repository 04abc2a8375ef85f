"""What is misconfigured, and how to mend it: one check, one finding."""

import os
import smtplib
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from wiki import clock
from wiki.config import FILE_NAME, Settings, load_settings
from wiki.database import Database
from wiki.errors import Refusal
from wiki.files.texts.models import State
from wiki.files.texts.queries import count_by_state
from wiki.migrations import current_revision, is_current
from wiki.operations.heartbeat import last_beat
from wiki.operations.home import free_space, prepare_home
from wiki.templating import built_assets

_KNOWN_PYTHONS = ((3, 11), (3, 12), (3, 13), (3, 14))
_LITTLE_SPACE = 1_000_000_000
_CLOCK_TOLERANCE = 60.0
_RELEASED = datetime(2026, 11, 1, tzinfo=UTC)


class Grade(StrEnum):
    """How serious a finding is."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """What a check found; `mend` says what to do about it."""

    check: str
    grade: Grade
    what: str
    mend: str = ""


IndexStateOf = Callable[[Settings], str]


def examine(index_state: IndexStateOf) -> Iterator[Finding]:
    """Look at the instance named by the environment; never raises."""
    yield _python()
    yield _front_end()
    try:
        settings = load_settings()
    except (Refusal, OSError) as error:
        mend = f"Correct it in the environment or in {FILE_NAME}; README.md has the table."
        yield Finding("settings", Grade.PROBLEM, str(error), mend)
        return
    yield Finding("settings", Grade.OK, f"valid, home is {settings.home}")
    yield from _home(settings)
    yield from _secrets(settings)
    yield _address(settings)
    yield from _database(settings)
    yield _index(settings, index_state)
    yield _worker(settings)
    yield _mail(settings)


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] not in _KNOWN_PYTHONS:
        mend = "Should something fail, make the environment anew with Python 3.11 to 3.14."
        what = f"Python {found} has not been tried with this release."
        return Finding("python", Grade.WARNING, what, mend)
    return Finding("python", Grade.OK, f"Python {found}")


def _front_end() -> Finding:
    try:
        built_assets()
    except Refusal:
        mend = "Run `make assets`, or install the package again."
        return Finding("front end", Grade.PROBLEM, "The front end has not been built.", mend)
    return Finding("front end", Grade.OK, "built")


def _home(settings: Settings) -> Iterator[Finding]:
    if not settings.home.exists():
        mend = "The first `dossier-wiki serve` makes it. Or set DOSSIER_WIKI_HOME."
        yield Finding("home", Grade.WARNING, f"{settings.home} is not there yet.", mend)
        return
    try:
        prepare_home(settings.home)
    except Refusal as refusal:
        yield Finding("home", Grade.PROBLEM, str(refusal), "See what the sentence proposes.")
        return
    yield Finding("home", Grade.OK, f"{settings.home} can be written")
    free = free_space(settings.home)
    grade = Grade.OK if free > _LITTLE_SPACE else Grade.WARNING
    mend = "" if grade is Grade.OK else "Make room, or move the instance to a larger disk."
    yield Finding("disk", grade, f"{free / 1e9:.1f} GB free", mend)


def _secrets(settings: Settings) -> Iterator[Finding]:
    for path in (settings.home / "secret_key", settings.home / FILE_NAME):
        if path.exists():
            yield _only_ours(path)
    if settings.secret_key and len(settings.secret_key) < 32:
        mend = "Take 32 characters or more, or leave it empty: one is made at the first start."
        what = "The secret key is short, so sessions could be forged."
        yield Finding("secret key", Grade.PROBLEM, what, mend)


def _only_ours(path: Path) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    others = mode & 0o077 if path.name == "secret_key" else mode & 0o007
    if os.name == "posix" and others:
        what = f"{path} can be read by others (mode {mode:o})."
        return Finding(path.name, Grade.PROBLEM, what, f"Run: chmod 600 {path}")
    return Finding(path.name, Grade.OK, "readable by its owner only")


def _address(settings: Settings) -> Finding:
    shown = settings.public_url or settings.base_url
    if settings.secure_cookies:
        if not settings.trusted_proxies:
            what = f"People come by {shown}, but no proxy is trusted."
            mend = "Set DOSSIER_WIKI_TRUSTED_PROXIES=1 when a proxy ends TLS in front of the wiki."
            return Finding("address", Grade.WARNING, what, mend)
        return Finding("address", Grade.OK, f"{shown}, cookies over HTTPS only")
    if settings.public_url or settings.host not in ("127.0.0.1", "::1", "localhost"):
        what = f"{shown} has no TLS: passwords and cookies travel in the open."
        mend = "Put nginx with TLS in front (docs/operations.md) and set DOSSIER_WIKI_PUBLIC_URL."
        return Finding("address", Grade.WARNING, what, mend)
    return Finding("address", Grade.OK, f"{shown}, this machine only")


def _database(settings: Settings) -> Iterator[Finding]:
    if not settings.database_url and not (settings.home / "wiki.sqlite3").exists():
        mend = "The first `dossier-wiki serve` makes it."
        yield Finding("database", Grade.WARNING, "There is no database yet.", mend)
        return
    database = Database(settings.database_address)
    try:
        yield from _open_database(database)
    except (SQLAlchemyError, OSError) as error:
        said = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        mend = "Check DOSSIER_WIKI_DATABASE_URL and that the database server runs and lets us in."
        yield Finding("database", Grade.PROBLEM, f"It does not answer: {said}", mend)
    except ImportError:
        mend = "Run: pip install 'dossier-wiki[postgres]'"
        yield Finding("database", Grade.PROBLEM, "The PostgreSQL driver is missing.", mend)
    finally:
        database.dispose()


def _open_database(database: Database) -> Iterator[Finding]:
    engine = database.engine.dialect.name
    if is_current(database):
        yield Finding("database", Grade.OK, f"{engine}, schema {current_revision(database)}")
        yield _file_texts(database)
    else:
        mend = "Start the server once without --no-migrate. Make a backup before."
        what = f"{engine}, schema {current_revision(database)} is not that of this release."
        yield Finding("database", Grade.PROBLEM, what, mend)
    yield _clock(database)


def _file_texts(database: Database) -> Finding:
    with database.reading() as session:
        number = count_by_state(session)
    waiting, unread = number.get(State.WAITING, 0), number.get(State.UNREADABLE, 0)
    what = f"{waiting} wait to be read, {unread} could not be read (the list of files says why)"
    return Finding("texts of files", Grade.OK, what)


def _clock(database: Database) -> Finding:
    if clock.now() < _RELEASED:
        what = f"The clock says {clock.now():%Y-%m-%d}, before this release was made."
        return Finding("clock", Grade.PROBLEM, what, "Set the machine's clock (NTP).")
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect() as connection:
            theirs = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        off = abs((clock.now() - theirs).total_seconds())
        if off > _CLOCK_TOLERANCE:
            what = f"This machine and the database server differ by {off:.0f} s."
            return Finding("clock", Grade.WARNING, what, "Set both clocks (NTP).")
    return Finding("clock", Grade.OK, f"{clock.now():%Y-%m-%d %H:%M} UTC")


def _index(settings: Settings, index_state: IndexStateOf) -> Finding:
    try:
        state = index_state(settings) if settings.home.exists() else "absent"
    except (Refusal, OSError, SQLAlchemyError, ImportError) as error:
        return Finding("index", Grade.WARNING, f"Could not be looked at: {error}", "See above.")
    if state == "ready":
        return Finding("index", Grade.OK, "ready")
    mend = "The worker makes it anew by itself; or run: dossier-wiki search rebuild"
    return Finding("index", Grade.WARNING, f"The search index is {state}.", mend)


def _worker(settings: Settings) -> Finding:
    sign = last_beat(settings.home)
    if sign is None or not sign.is_fresh:
        what = "No worker runs: nothing is indexed, mailed or imported."
        mend = "Start `dossier-wiki serve --with-worker`, or `dossier-wiki worker` beside it."
        return Finding("worker", Grade.WARNING, what, mend)
    if sign.failing:
        failing = "; ".join(f"{name}: {error}" for name, error in sign.failing.items())
        mend = "It tries again by itself; the whole error is in the worker's log."
        return Finding("worker", Grade.WARNING, f"Some work fails. {failing}", mend)
    return Finding("worker", Grade.OK, f"alive (process {sign.process})")


def _mail(settings: Settings) -> Finding:
    if not settings.smtp_host:
        if settings.demonstration or not settings.public_url:
            return Finding("mail", Grade.OK, "no mail server: letters go to the worker's console")
        what = "There is no mail server, so invitations and new passwords reach nobody."
        return Finding("mail", Grade.WARNING, what, "Set DOSSIER_WIKI_SMTP_HOST.")
    server = f"{settings.smtp_host}:{settings.smtp_port}"
    try:
        with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=10) as opened:
            if settings.smtp_tls:
                opened.starttls()
            if settings.smtp_user:
                opened.login(settings.smtp_user, settings.smtp_password)
    except (OSError, smtplib.SMTPException) as error:
        what = f"The mail server {server} does not take us: {error}"
        mend = "Check the DOSSIER_WIKI_SMTP_… settings. Letters wait meanwhile and are not lost."
        return Finding("mail", Grade.PROBLEM, what, mend)
    return Finding("mail", Grade.OK, f"{server} takes our letters")
