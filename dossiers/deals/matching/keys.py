"""The keys by which a company is known, in one form whatever way a source writes them. Pure."""

import re

from dossiers.clients.mail_domains import LONGEST, PUBLIC

_SHORTEST_TAX_NUMBER = 5
_SCHEME = re.compile(r"^[a-z]{2,8}://")
_BLANKS = re.compile(r"[\s\-_]+")


def tax_key(number: str) -> str:
    """A tax number without blanks and signs; the country before a number of the EU is left out."""
    bare = "".join(filter(str.isalnum, number.upper()))
    return bare[2:] if bare[:2].isalpha() and bare[2:].isdecimal() else bare


def tax_forms(number: str) -> set[str]:
    """The forms in which a card may hold that tax number."""
    key = tax_key(number)
    bare = "".join(filter(str.isalnum, number.upper()))
    return {number, bare, key} if len(key) >= _SHORTEST_TAX_NUMBER else set()


def are_other_firms(number: str, other: str) -> bool:
    """Whether two tax numbers say that these are two; an empty one says nothing."""
    one, two = tax_key(number), tax_key(other)
    return bool(one and two) and one != two


def domain_key(text: str) -> str:
    """The domain of an address of mail or web; empty for those that everybody may have."""
    bare = _SCHEME.sub("", text.strip().casefold()).partition("/")[0].rpartition("@")[2]
    bare = bare.removeprefix("www.").rstrip(".")
    try:
        domain = bare.encode("idna").decode("ascii").casefold() if len(bare) <= LONGEST else ""
    except UnicodeError:
        return ""
    return "" if domain in PUBLIC or "." not in domain else domain


def without_blanks(folded: str) -> str:
    """A folded name without blanks and dashes: one for «GTX Pro» and «GTXPro»."""
    return _BLANKS.sub("", folded)
