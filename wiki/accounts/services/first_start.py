"""The first administrator of an empty installation.

Only who can read the server's console or its home folder knows the setup code, so a stranger in
the network cannot take the installation before its owner does.
"""

import hmac
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from wiki.accounts.actor import Role
from wiki.accounts.models import User
from wiki.accounts.services.lookup import is_empty
from wiki.accounts.services.people import NewPerson, add_user
from wiki.config import Settings
from wiki.errors import Missing, Refusal

FILE_NAME = "setup_code"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike


def setup_code(home: Path) -> str:
    """The code of this installation; made when there is none, readable by its owner alone."""
    path = home / FILE_NAME
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(code := _new_code())
    return code


def console_lines(session: Session, settings: Settings) -> Sequence[str]:
    """What the server prints at its start while the installation has no account at all."""
    if not is_empty(session):
        return ()
    return (
        "There is no account yet. Make the first administrator:",
        f"  {settings.base_url}/account/first",
        f"  setup code: {setup_code(settings.home)}",
    )


def check_code(home: Path, typed: str) -> None:
    """Refuse a wrong setup code."""
    right = setup_code(home)
    plain = typed.strip().lower().encode("utf-8", "replace")
    if not right or not hmac.compare_digest(plain, right.encode()):
        raise Refusal(
            "This is not the setup code. No account was made. "
            "It stands in the server's console and in the file %(file)s of its home folder.",
            file=FILE_NAME,
        )


def create_first_admin(session: Session, new: NewPerson) -> User:
    """Make the first account; raises `Missing` as soon as there is any account."""
    if not is_empty(session) or new.role != Role.ADMIN:
        raise Missing
    return add_user(session, None, new)


def forget_code(home: Path) -> None:
    """Remove the code after it has served."""
    (home / FILE_NAME).unlink(missing_ok=True)


def _new_code() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
