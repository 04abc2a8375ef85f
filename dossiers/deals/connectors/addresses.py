"""The address of a source as one types it: only such as a key may safely be sent to."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from wiki.errors import Refusal


def checked_address(typed: str) -> str:
    """The address without a slash at the end. Raises `Refusal`."""
    parts = _parts(typed.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _unreadable()
    if parts.username or parts.password or parts.query or parts.fragment:
        raise _unreadable()
    if parts.scheme == "http" and not _is_near(parts.hostname):
        raise Refusal(
            "Over http:// anybody on the way could read the key. Nothing was saved. Write an "
            "address that begins with https://."
        )
    return parts.geturl().rstrip("/")


def host_of(address: str) -> str:
    """Scheme, host and port: what must stay the same for a key to be sent without asking."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _parts(typed: str) -> SplitResult:
    try:
        parts = urlsplit(typed)
        assert parts.port != 0
    except (ValueError, AssertionError):
        raise _unreadable() from None
    return parts


def _is_near(host: str) -> bool:
    """Whether the host is this machine or one of the house's own network."""
    if host == "localhost":
        return True
    try:
        number = ip_address(host)
    except ValueError:
        return False
    number = getattr(number, "ipv4_mapped", None) or number
    return (number.is_private or number.is_loopback) and not number.is_link_local


def _unreadable() -> Refusal:
    return Refusal(
        "This is no address of a server. Nothing was saved. Write it as in "
        "https://crm.example.com, without name and password."
    )
