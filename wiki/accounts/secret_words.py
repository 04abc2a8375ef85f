"""Secrets that travel in links and headers; the database keeps only their hashes.

They are 32 random bytes, so a plain SHA-256 is enough: there is nothing to guess.
"""

import hashlib
import secrets

TOKEN_PREFIX = "dw_"  # noqa: S105 - what a token begins with, not a token


def new_secret() -> str:
    """43 characters that fit into a link."""
    return secrets.token_urlsafe(32)


def new_token() -> str:
    """A secret for programs; its beginning lets scanners of source code recognise it."""
    return TOKEN_PREFIX + new_secret()


def hash_of(secret: str) -> str:
    """What is kept of a secret: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
