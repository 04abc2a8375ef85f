"""The search box and the page of results."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from search.assembly import current_search
from search.queries import DEEPEST, Answer, search_visible_to, suggest_visible_to
from search.questions import ask, begin
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading
from wiki.errors import Refusal
from wiki.locale import say

blueprint = Blueprint("search", __name__)

PER_PAGE = 20


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
    """`/search?q=…&kind=…&page=…`: hits with excerpts; without a question, how to ask."""
    typed = request.args.get("q", "")
    kinds = {
        kind: current_search().sources.label(kind) for kind in current_search().sources.kinds()
    }
    chosen = request.args.get("kind")
    kind = chosen if chosen in kinds else None
    shown = {"typed": typed, "kind": kind, "kinds": kinds, "answer": None, "place": None}
    try:
        answer, place = _answer(typed, kind)
    except Refusal as refusal:
        page = render_template("search/results.html", **shown, problem=say(refusal))
        return page, refusal.status
    return render_template("search/results.html", **{**shown, "answer": answer, "place": place})


@blueprint.get("/search/suggest")
@needs(Permission.READ)
def suggest() -> ResponseReturnValue:
    """`/search/suggest?q=…`: the part of a page with titles that go on as typed."""
    beginning = begin(request.args.get("q", ""))
    documents = suggest_visible_to(reading(), actor(), current_search(), beginning)
    return render_template("search/_suggestions.html", documents=documents)


def _answer(typed: str, kind: str | None) -> tuple[Answer | None, Place]:
    arguments = {"q": typed, **({"kind": kind} if kind else {})}
    if not typed.strip():
        return None, Place(1, 1, arguments)
    wanted = min(max(request.args.get("page", 1, type=int), 1), DEEPEST // PER_PAGE)
    answer = search_visible_to(
        reading(), actor(), current_search(), ask(typed), kind, PER_PAGE, (wanted - 1) * PER_PAGE
    )
    if answer.incomplete:
        current_app.logger.warning("The search index cannot be read; the worker makes it anew.")
    pages = -(-min(answer.total, DEEPEST) // PER_PAGE)
    return answer, Place(wanted, pages, arguments)
