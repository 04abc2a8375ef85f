"""Which products are to stand side by side, as an address says it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from products.catalogue.comparison.rows import MOST_COMPARED
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.pages.forms import number_in_address
from wiki.pages.rules import LONGEST_TITLE

DIFFERENCES = "differences"


@dataclass(frozen=True, slots=True)
class Asked:
    """The chosen pages in their order, whether only differences are shown, a title to add."""

    idents: tuple[int, ...]
    only_differences: bool = False
    add: str = ""

    def address(self, path: str = "/products/compare") -> str:
        """The address that asks for this."""
        values = [("page", str(ident)) for ident in self.idents]
        only = [("only", DIFFERENCES)] if self.only_differences else []
        return f"{path}?{urlencode([*values, *only])}" if values or only else path

    def without(self, ident: int) -> "Asked":
        """The same without one product."""
        return replace(self, idents=tuple(one for one in self.idents if one != ident), add="")

    def with_one(self, ident: int) -> "Asked":
        """The same with one product more."""
        return replace(self, idents=tuple(dict.fromkeys((*self.idents, ident))), add="")

    def switched(self) -> "Asked":
        """The same with all rows instead of those that differ, or the other way about."""
        return replace(self, only_differences=not self.only_differences, add="")


def asked_in(arguments: MultiDict[str, str]) -> Asked:
    """What the address asks for. Raises `Refusal` for more products than fit."""
    asked = Asked(
        tuple(dict.fromkeys(arguments.getlist("page", type=number_in_address))),
        arguments.get("only") == DIFFERENCES,
        one_line(arguments.get("add", ""))[:LONGEST_TITLE],
    )
    check_count(asked.idents)
    return asked


def check_count(idents: Sequence[int]) -> None:
    """Raise `Refusal` when there are more products than a table holds."""
    if len(idents) > MOST_COMPARED:
        raise Refusal(
            "At most %(limit)d products can stand side by side. Go back and choose fewer.",
            limit=MOST_COMPARED,
        )
