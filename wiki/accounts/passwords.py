"""Keeping and checking passwords: Argon2id, at most two at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from wiki.accounts.wording import PASSWORD_LIMIT, fold_password
from wiki.errors import TooMany

AT_ONCE = 2
_WAIT_SECONDS = 10.0

# RFC 9106, second recommended choice. 64 MiB each: more than two at once would let a flood of
# sign-ins take the memory of the server.
_HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)
_places = BoundedSemaphore(AT_ONCE)


def hash_password(password: str) -> str:
    """The Argon2id hash of a password that the rules have accepted. Takes about 0.1 s."""
    with _place():
        return _HASHER.hash(fold_password(password))


def is_password(password_hash: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; with `None` as much work, and always `False`."""
    folded = fold_password(password)[: PASSWORD_LIMIT + 1]
    with _place():
        return _verify(password_hash or _hash_of_nobody(), folded) and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(password_hash)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


@cache
def _hash_of_nobody() -> str:
    """A hash by today's parameters, so that an unknown address costs the same time."""
    return _HASHER.hash("nobody's password")


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=_WAIT_SECONDS):
        raise TooMany(
            "Too many people are signing in at this moment. Nothing was changed. "
            "Try again in a few seconds.",
            retry_after=5,
        )
    try:
        yield
    finally:
        _places.release()
