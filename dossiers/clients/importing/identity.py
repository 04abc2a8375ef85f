"""By what two are the same client: tax number, then domain, then exact name. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, field

_SHORTEST_TAX_NUMBER = 5


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a client: the bare tax number with its country, domains, the folded name."""

    tax: str = ""
    country: str = ""
    domains: frozenset[str] = frozenset()
    names: frozenset[str] = field(default=frozenset())

    def has_tax_of(self, other: "Keys") -> bool:
        """Whether both have one tax number; a country that nobody says counts as the same."""
        same_country = not (self.country and other.country) or self.country == other.country
        return bool(self.tax) and self.tax == other.tax and same_country

    def is_another(self, other: "Keys") -> bool:
        """Whether the tax numbers say that these are two, whatever else they have in common."""
        return bool(self.tax and other.tax) and not self.has_tax_of(other)

    def meets(self, other: "Keys") -> bool:
        """Whether something says that these are one, and nothing that they are two."""
        if self.is_another(other):
            return False
        return self.has_tax_of(other) or bool(
            self.domains & other.domains or self.names & other.names
        )


def bare_tax_number(number: str) -> str:
    """A tax number without blanks, signs and the country before it; empty when it says nothing."""
    bare = "".join(filter(str.isalnum, number.upper()))
    bare = bare[2:] if bare[:2].isalpha() and bare[2:].isdecimal() else bare
    return bare if len(bare) >= _SHORTEST_TAX_NUMBER else ""


def tax_number_forms(number: str) -> Collection[str]:
    """The forms in which a card may hold that tax number."""
    bare = bare_tax_number(number)
    return {number, "".join(filter(str.isalnum, number.upper())), bare} - {""} if bare else set()
