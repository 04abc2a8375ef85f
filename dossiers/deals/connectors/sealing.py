"""Keys and passwords of sources, kept so that the database alone does not give them away."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wiki.errors import Refusal


def seal(instance_key: str, text: str) -> bytes:
    """The text, encrypted with a key that comes from the key of the instance."""
    return Fernet(_derived(instance_key, b"keys of deal sources")).encrypt(text.encode())


def unseal(instance_key: str, sealed: bytes | None) -> str:
    """The text again. Raises `Refusal` when it was sealed under another key of the instance."""
    if sealed is None:
        return ""
    try:
        return Fernet(_derived(instance_key, b"keys of deal sources")).decrypt(sealed).decode()
    except InvalidToken as error:
        raise Refusal(
            "The key of this source was kept under another SECRET_KEY of this wiki and cannot be "
            "read any more. The deals are safe. Write the key of the source here once more."
        ) from error


def signing_key(instance_key: str, hook: str) -> str:
    """With what the source signs its hints; another one for each address of a hint."""
    key = HKDF(SHA256(), 32, salt=None, info=b"hints of deal sources").derive(instance_key.encode())
    return hmac.new(key, hook.encode(), sha256).hexdigest()


def _derived(instance_key: str, purpose: bytes) -> bytes:
    derived = HKDF(SHA256(), 32, salt=None, info=purpose).derive(instance_key.encode())
    return urlsafe_b64encode(derived)
