"""Paths of any shape for tests, grown as somebody would draw them."""

from dataclasses import dataclass

from hypothesis import strategies as st

from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import StepKind
from dossiers.approvals.paths import edits
from dossiers.approvals.steps import Step
from wiki.errors import Refusal


def plain(code: str) -> Step:
    """A step that says nothing but its code."""
    return Step(code, code.upper(), StepKind.SIGN)


@dataclass(frozen=True)
class Growth:
    """A new step after or beside another, or (`joins`) a step that waits for one more."""

    how: str
    where: int
    other: int = 0


def growths(*hows: str) -> st.SearchStrategy[list[Growth]]:
    """Ways to grow a path by such edits."""
    places = st.integers(0, 99)
    return st.lists(st.builds(Growth, st.sampled_from(hows), places, places), max_size=25)


def grown(growths: list[Growth]) -> PathDocument:
    """The path that these edits make."""
    document = edits.add_first(PathDocument(), plain("s"))
    for number, growth in enumerate(growths):
        document = _after(document, growth, plain(f"s{number}"))
    return document


def _after(document: PathDocument, growth: Growth, step: Step) -> PathDocument:
    codes = [one.code for one in document.steps]
    here = codes[growth.where % len(codes)]
    if growth.how == "after":
        return edits.add_after(document, here, step)
    if growth.how == "beside":
        return edits.add_beside(document, here, step)
    if growth.how in ("first", "last"):
        return {"first": edits.add_first, "last": edits.add_last}[growth.how](document, step)
    try:
        return edits.join(document, here, codes[growth.other % len(codes)])
    except Refusal:
        return document
