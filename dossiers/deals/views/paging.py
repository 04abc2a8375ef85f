"""The links between the pages of a long list."""

from dataclasses import dataclass

from flask import request, url_for

from dossiers.deals.listing import DealsPage


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages before and after, with all that the present address asks besides."""

    number: int
    count: int

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


def pager_of(page: DealsPage) -> Pager:
    """The links beside a page of the list."""
    return Pager(page.number, page.count)


def _here(number: int) -> str:
    said = {**request.args.to_dict(), **(request.view_args or {}), "page": number}
    return url_for(str(request.endpoint), **said)
