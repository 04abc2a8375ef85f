"""How many check questions wait for somebody on a page; the package of questions says it.

Filled when the application is put together. Without it no questions wait.
"""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

QuestionsDue = Callable[[Session, int, Sequence[int]], Mapping[int, int]]
"""For a person and pages: how many questions wait, for the pages that have any.

It is asked at every look at a page, so it must cost one statement.
"""

_counters: dict[str, QuestionsDue] = {}


def register_questions_due(counter: QuestionsDue) -> None:
    """Let a page with waiting questions be confirmed by answering them only."""
    _counters["questions"] = counter


def questions_due(session: Session, user_id: int, page_ids: Sequence[int]) -> Mapping[int, int]:
    """The number of waiting questions of each page that has any."""
    if not page_ids:
        return {}
    found: dict[int, int] = {}
    for counter in _counters.values():
        found.update(counter(session, user_id, page_ids))
    return found
