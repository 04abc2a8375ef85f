"""The links between the pages of the list of renewals."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from dossiers.renewals.calendar.queries import PAGE


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages before and after, with all that the present address asks besides."""

    number: int
    count: int

    @classmethod
    def of(cls, number: int, total: int) -> "Pager":
        """The page of that number, or the nearest there is."""
        count = max(1, -(-total // PAGE))
        return cls(min(max(1, number), count), count)

    @property
    def offset(self) -> int:
        """How many rows stand on the pages before."""
        return (self.number - 1) * PAGE

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there is a page after."""
        return self.number < self.count

    @property
    def previous_url(self) -> str:
        """The address of the page before."""
        return _here(self.number - 1)

    @property
    def next_url(self) -> str:
        """The address of the page after."""
        return _here(self.number + 1)


def asked() -> dict[str, str]:
    """What the address asks, but for names by which one says how a link is to be made."""
    own = ((name, value) for name, value in request.args.items() if not name.startswith("_"))
    return {name: value for name, value in own if name != "endpoint"}


def _here(number: int) -> str:
    said: dict[str, Any] = {**asked(), "page": number}
    return url_for(str(request.endpoint), **said)
