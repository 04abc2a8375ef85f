"""Words and signs of progress on the screen."""

from products.onboarding.kinds import ItemKind
from products.onboarding.progress.matrix_rules import Cell
from products.onboarding.progress.queries import Learning
from products.onboarding.progress.rules import State, Step
from wiki.locale import _, _l

SIGNS = {Cell.UNREAD: "·", Cell.CHANGED: "↻", Cell.READ: "✓", Cell.LATE: "!", Cell.NONE: "–"}
CELL_NAMES = {
    Cell.READ: _l("read"),
    Cell.CHANGED: _l("to read again"),
    Cell.LATE: _l("overdue"),
    Cell.UNREAD: _l("not read yet"),
    Cell.NONE: _l("not for this person"),
}
STATE_NAMES = {
    State.READ: _l("read"),
    State.CHANGED: _l("to read again"),
    State.OPEN: _l("not read yet"),
    State.LOCKED: _l("later"),
    State.WAITING: _l("still to be written"),
    State.GONE: _l("in the archive, need not be read"),
}
STATE_PICTURES = {
    State.READ: "check-circle",
    State.CHANGED: "arrow-repeat",
    State.OPEN: "book",
    State.LOCKED: "lock",
    State.WAITING: "hourglass-split",
    State.GONE: "archive",
}


def name_of_step(step: Step, learning: Learning) -> str:
    """What a place of a path is called; a page that is not shown has no name."""
    return name_of_item(step.item.page_id, step.item.kind, step.item.title, learning)


def name_of_item(page_id: int | None, kind: ItemKind, title: str, learning: Learning) -> str:
    """The title of the page, of its questions, or of the page that is to be written."""
    page = learning.pages.get(page_id or 0)
    if page is None:
        return title
    if kind is ItemKind.QUESTION:
        return _("Questions: %(title)s", title=page.title)
    return page.title


def state_name(step: Step) -> str:
    """The state in words; questions that nobody has made are no page to be written."""
    if step.state is State.WAITING and step.item.kind is ItemKind.QUESTION:
        return _("there are no questions yet")
    return str(STATE_NAMES[step.state])


def address_of_step(step: Step, learning: Learning) -> str:
    """Where the learner does it: the page, its questions, or what changed in it."""
    page = learning.pages.get(step.item.page_id or 0)
    if page is None:
        return ""
    if step.state is State.CHANGED:
        return f"/reading/{page.id}"
    if step.item.kind is ItemKind.QUESTION and step.state is State.OPEN:
        return f"/questions/{page.id}"
    return page.url
