"""The search box and the page of results."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from search.addresses import Choices, choices_in, wanted_by
from search.assembly import Search, current_search
from search.empty_panels import empty_panels_of
from search.facets import facets_of
from search.found_facts import stale_facts
from search.lessons.notebook import notebook
from search.queries import DEEPEST, Answer, search_visible_to, suggest_visible_to
from wiki import clock
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading
from wiki.errors import Refusal
from wiki.locale import say

blueprint = Blueprint("search", __name__)

PER_PAGE = 20
STALE_MONTHS = 12
_DAYS_OF_A_MONTH = 30.44


@dataclass(frozen=True)
class Place:
    """Which page of the results is shown, with the addresses beside it."""

    number: int
    count: int
    arguments: Mapping[str, Any]

    @property
    def has_previous(self) -> bool:
        """Whether there are better hits than these."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there are more hits."""
        return self.number < self.count

    @property
    def previous_url(self) -> str:
        """The address of the page before."""
        return url_for("search.results", **self.arguments, page=self.number - 1)

    @property
    def next_url(self) -> str:
        """The address of the page after."""
        return url_for("search.results", **self.arguments, page=self.number + 1)


@blueprint.get("/search")
@needs(Permission.READ)
def results() -> ResponseReturnValue:
    """`/search?q=…&kind=…&sort=…&page=…`: hits and facets; without a question, how to ask."""
    choices = choices_in(request.args)
    search = current_search()
    shown = {
        "choices": choices,
        "kinds": kind_names(search),
        "months_old": months_old,
        "saved_as": urlencode(choices.with_()),
    }
    try:
        answer, place = _answer(search, choices)
        facets = facets_of(reading(), search, answer.counts, answer.marks) if answer else ()
        stale = stale_facts(reading(), actor(), answer.hits) if answer else {}
    except Refusal as refusal:
        page = render_template(
            "search/results.html", **shown, answer=None, place=None, problem=say(refusal)
        )
        return page, refusal.status
    if answer and place.number == 1 and not (answer.incomplete or choices.are_narrowing):
        notebook().asked(choices.get("q"), answer.total)
    nothing = answer is not None and _found_nothing(answer)
    return render_template(
        "search/results.html",
        **shown,
        answer=answer,
        place=place,
        facets=facets,
        stale=stale,
        empty_panels=empty_panels_of(reading(), actor(), choices.get("q")) if nothing else (),
    )


@blueprint.get("/search/suggest")
@needs(Permission.READ)
def suggest() -> ResponseReturnValue:
    """`/search/suggest?q=…`: the part of a page with titles that go on as typed."""
    search, typed = current_search(), request.args.get("q", "")
    documents = suggest_visible_to(reading(), actor(), search, typed)
    return render_template(
        "search/_suggestions.html", documents=documents, kinds=kind_names(search), typed=typed
    )


def kind_names(search: Search) -> Mapping[str, str]:
    """Every kind of thing that can be found, and what one of them is called by the reader."""
    return {
        kind: index.sources.one(kind)
        for index in search.all_indexes()
        for kind in index.sources.kinds()
    }


def months_old(changed_at: datetime) -> int:
    """Whole months since the last change, when they are so many that the reader must know."""
    months = int((clock.now() - changed_at).days / _DAYS_OF_A_MONTH)
    return months if months >= STALE_MONTHS else 0


def _found_nothing(answer: Answer) -> bool:
    """Whether no word was found as it was typed; an index that is made anew says nothing of it."""
    return not answer.incomplete and (not answer.total or answer.instead is not None)


def _answer(search: Search, choices: Choices) -> tuple[Answer | None, Place]:
    arguments = choices.with_()
    if not arguments:
        return None, Place(1, 1, arguments)
    number = min(max(request.args.get("page", 1, type=int), 1), DEEPEST // PER_PAGE)
    wanted, offset = wanted_by(choices), (number - 1) * PER_PAGE
    answer = search_visible_to(reading(), actor(), search, wanted, PER_PAGE, offset)
    if answer.incomplete:
        current_app.logger.warning("The search index cannot be read; the worker makes it anew.")
    pages = -(-min(answer.total, DEEPEST) // PER_PAGE)
    return answer, Place(number, pages, arguments)
