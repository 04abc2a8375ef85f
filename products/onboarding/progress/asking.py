"""What of the table of people is wanted, read from an address."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from products.onboarding.progress.matrix import Asked
from wiki.pages.forms import number_in_address


@dataclass(frozen=True, slots=True)
class Wanted:
    """The people, the path, the order of its pages and which of them."""

    asked: Asked
    path_id: int | None
    least_first: bool
    number: int


def wanted_in(said: "MultiDict[str, str]") -> Wanted:
    """What the address asks for; what it cannot mean is left out."""
    return Wanted(
        Asked(said.get("team", None, number_in_address), said.get("left") == "1"),
        said.get("path", None, number_in_address),
        said.get("order") == "least",
        said.get("page", 1, number_in_address),
    )
