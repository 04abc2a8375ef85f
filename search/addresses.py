"""What the parameters of a search's address mean, in both directions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from search.documents import FACETS
from search.facets import period_start
from search.queries import Wanted
from search.questions import Order

PARAMETERS = ("q", *FACETS, "period", "sort", "as_of", "literal")
_LONGEST_CHOICE = 200


@dataclass(frozen=True, slots=True)
class Choices:
    """The parameters of a search that say something, in the order of the address."""

    given: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """The value of a parameter, or nothing."""
        return dict(self.given).get(name, "")

    def with_(self, **changes: str) -> dict[str, str]:
        """The parameters of the same search with these changes; an empty value leaves it out."""
        changed = {**dict(self.given), **changes}
        return {name: changed[name] for name in PARAMETERS if changed.get(name)}

    @property
    def as_of(self) -> date | None:
        """The day at whose end pages are looked at."""
        return _day(self.get("as_of"))

    @property
    def are_narrowing(self) -> bool:
        """Whether anything but the words was chosen that leaves hits out."""
        return any(name in (*FACETS, "period", "as_of") for name, _value in self.given)


def choices_in(arguments: Mapping[str, str]) -> Choices:
    """What is said in the parameters of an address; what means nothing is left out."""
    given = ((name, arguments.get(name, "").strip()) for name in PARAMETERS)
    return Choices(tuple((name, value) for name, value in given if _means(name, value)))


def wanted_by(choices: Choices) -> Wanted:
    """The search that the parameters ask for."""
    # Tags are folded in the index, so any spelling of one will do.
    marks = (f"{code}={choices.get(code).casefold()}" for code in FACETS if choices.get(code))
    return Wanted(
        typed=choices.get("q"),
        marks=tuple(marks),
        order=Order(choices.get("sort") or Order.FIT),
        after=period_start(choices.get("period")),
        as_of=choices.as_of,
        literal=bool(choices.get("literal")),
    )


def _means(name: str, value: str) -> bool:
    if name == "q":
        return bool(value)
    if name == "sort":
        return value in (Order.NEWEST, Order.OLDEST)
    if name == "period":
        return period_start(value) is not None
    if name == "as_of":
        return _day(value) is not None
    return 0 < len(value) <= _LONGEST_CHOICE


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
