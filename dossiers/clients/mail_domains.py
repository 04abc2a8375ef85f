"""The e-mail domains of a client, by which the client is found from an address."""

import re
from collections.abc import Iterable

from wiki.errors import Refusal

MOST = 30
LONGEST = 253
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
#: Everybody may have an address there, so it says nothing of the client.
PUBLIC = frozenset(
    (
        "gmail.com", "googlemail.com", "mail.ru", "inbox.ru", "list.ru", "bk.ru", "internet.ru",
        "yandex.ru", "yandex.com", "yandex.by", "yandex.kz", "ya.ru", "rambler.ru", "lenta.ru",
        "autorambler.ru", "ro.ru", "outlook.com", "hotmail.com", "live.com", "msn.com",
        "yahoo.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com",
        "gmx.de", "gmx.net", "gmx.com", "web.de", "ukr.net", "tut.by", "mail.com", "vk.com",
        "qq.com", "163.com", "126.com",
    )
)  # fmt: skip


def domains_of(typed: Iterable[str]) -> tuple[str, ...]:
    """The domains in the form in which addresses carry them, each once.

    Whole addresses and web addresses are taken for their domains. Raises `Refusal` for what is
    none, for public mail hosts and for too many.
    """
    found = dict.fromkeys(map(_domain, filter(None, (one.strip() for one in typed))))
    if len(found) > MOST:
        raise Refusal(
            "A client has at most %(limit)d e-mail domains. Nothing was changed.", limit=MOST
        )
    return tuple(found)


def shown(domain: str) -> str:
    """The domain as people read it: пельмень.рф."""
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain


def _domain(typed: str) -> str:
    bare = re.sub(r"^[a-z]{2,8}://", "", typed.casefold()).partition("/")[0].rpartition("@")[2]
    bare = bare.removeprefix("www.").rstrip(".")
    domain = _ascii(bare)
    if not _DOMAIN.fullmatch(domain) or len(domain) > LONGEST:
        raise Refusal(
            "%(typed)s is no e-mail domain. Nothing was changed. Write what stands behind the @: "
            "firm.ru.",
            typed=typed[:100],
        )
    if domain in PUBLIC:
        raise Refusal(
            "Everybody can have an address at %(domain)s, so it does not tell this client. "
            "Nothing was changed. Leave it out; addresses of single people stand with the people.",
            domain=domain,
        )
    return domain


def _ascii(bare: str) -> str:
    if len(bare) > LONGEST:
        return ""
    try:
        return bare.encode("idna").decode("ascii").casefold()
    except UnicodeError:
        return ""
