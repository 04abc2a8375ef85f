"""Devices on which a person has signed in before: known by a signed cookie.

After OWASP, "Slow Down Online Guessing Attacks with Device Cookies": failures of a known device
are counted for that device alone, all others by their address. So whoever guesses from elsewhere
cannot keep a colleague out on the device they always use.
"""

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeSerializer

_PEOPLE_PER_DEVICE = 8


@dataclass(frozen=True)
class Device:
    """A browser and the marks of those who have signed in on it."""

    ident: str
    people: tuple[str, ...] = ()

    def knows(self, email_folded: str) -> bool:
        """Whether the person with that address has signed in here before."""
        return _mark(email_folded) in self.people

    def with_person(self, email_folded: str) -> "Device":
        """The same device after that person signed in; the eight latest are remembered."""
        mark = _mark(email_folded)
        others = tuple(other for other in self.people if other != mark)
        return Device(self.ident, (*others, mark)[-_PEOPLE_PER_DEVICE:])


@dataclass(frozen=True)
class Source:
    """Where an attempt to sign in comes from; `device` is empty unless it knows the person."""

    address: str
    device: str = ""


def source_of(address: str | None, device: Device, email_folded: str) -> Source:
    """The source of an attempt for that account."""
    return Source(_network(address or ""), device.ident if device.knows(email_folded) else "")


def read_device(cookie: str | None, key: str) -> Device:
    """The device of a cookie; a new one without a cookie or with one that we did not sign."""
    try:
        ident, people = _serializer(key).loads(cookie or "")
        return Device(str(ident), tuple(map(str, people)))
    except (BadData, ValueError, TypeError):
        return Device(secrets.token_hex(16))


def write_device(device: Device, key: str) -> str:
    """The cookie of the device."""
    return str(_serializer(key).dumps([device.ident, list(device.people)]))


def _serializer(key: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt="known device")


def _mark(email_folded: str) -> str:
    return hashlib.sha256(email_folded.encode("utf-8", "replace")).hexdigest()[:24]


def _network(address: str) -> str:
    """The address; of IPv6 the /64, which is what one household or server gets."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:60]
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
