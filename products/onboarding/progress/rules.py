"""How far somebody is on a reading path: what is read, what is next, what is late.

What cannot be read stops nobody: a page that is still to be written, one that was archived and
questions that nobody has made do not count, and what waits for them may be begun.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.rules import Item


class State(StrEnum):
    """How somebody stands to one place of a path.

    `CHANGED` was read, and something that matters has changed since. `WAITING` is still to be
    written, `GONE` was archived; neither counts.
    """

    READ = "read"
    CHANGED = "changed"
    OPEN = "open"
    LOCKED = "locked"
    WAITING = "waiting"
    GONE = "gone"


NOT_COUNTED = frozenset({State.WAITING, State.GONE})
_TO_DO = frozenset({State.OPEN, State.LOCKED})


class Known(NamedTuple):
    """A page as somebody stands to it; `confirmed` is the version they confirmed last, or 0."""

    material: int = 1
    seconds: int = 60
    archived: bool = False
    has_questions: bool = False
    confirmed: int = 0
    by_questions: bool = False


class Step(NamedTuple):
    """A place of a path as somebody stands to it; `waits_for` is what they must read before."""

    item: Item
    state: State
    due_on: date | None = None
    is_late: bool = False
    waits_for: tuple[Item, ...] = ()
    seconds: int = 0


class Share(NamedTuple):
    """How much of something is done; `seconds` is what reading the rest takes."""

    total: int = 0
    read: int = 0
    changed: int = 0
    late: int = 0
    seconds: int = 0

    @property
    def left(self) -> int:
        """How many were never read."""
        return self.total - self.read - self.changed

    @property
    def percent(self) -> int:
        """The read ones of a hundred; 100 only when nothing is left."""
        return 100 * self.read // self.total if self.total else 0

    @property
    def is_done(self) -> bool:
        """Whether there was something to read and all of it is read."""
        return 0 < self.total == self.read


def steps_of(
    items: Sequence[Item], pages: Mapping[int, Known], began_on: date, today: date
) -> list[Step]:
    """The places of a path in their order; pages that are not given are left out.

    `pages` are those that the learner may see.
    """
    shown = [item for item in items if item.page_id is None or item.page_id in pages]
    bare = {item.code: _bare_state(item, pages) for item in shown}
    by_code = {item.code: item for item in shown}
    steps = [_step(item, bare, by_code, pages, began_on, today) for item in shown]
    return steps if _can_go_on(steps) else [_opened(step) for step in steps]


def _bare_state(item: Item, pages: Mapping[int, Known]) -> State:
    """The state without what must be read before."""
    if item.page_id is None:
        return State.WAITING
    page = pages[item.page_id]
    if page.archived:
        return State.GONE
    asks = item.kind is ItemKind.QUESTION
    if asks and not page.has_questions and not page.by_questions:
        return State.WAITING
    if not page.confirmed or (asks and not page.by_questions):
        return State.OPEN
    return State.READ if page.confirmed >= page.material else State.CHANGED


def _step(
    item: Item,
    bare: Mapping[str, State],
    by_code: Mapping[str, Item],
    pages: Mapping[int, Known],
    began_on: date,
    today: date,
) -> Step:
    state = bare[item.code]
    before = tuple(by_code[code] for code in item.after if bare.get(code) is State.OPEN)
    if state is State.OPEN and before:
        state = State.LOCKED
    due_on = due_day(item, began_on) if state not in NOT_COUNTED else None
    is_late = due_on is not None and state in _TO_DO and due_on < today
    reads = item.kind is ItemKind.PAGE and item.page_id is not None
    seconds = pages[item.page_id].seconds if reads and item.page_id is not None else 0
    return Step(item, state, due_on, is_late, before if state is State.LOCKED else (), seconds)


def due_day(item: Item, began_on: date) -> date | None:
    """The last day on which it is in time."""
    return began_on + timedelta(days=item.due_day) if item.due_day is not None else None


def _can_go_on(steps: Iterable[Step]) -> bool:
    """Whether something may be begun when something is locked; a circle would lock everything."""
    states = {step.state for step in steps}
    return State.OPEN in states or State.LOCKED not in states


def _opened(step: Step) -> Step:
    return step._replace(state=State.OPEN) if step.state is State.LOCKED else step


def next_of(steps: Iterable[Step]) -> Step | None:
    """What to do next: the first that may be begun, else the first that is to be read again."""
    steps = list(steps)
    begun = (step for step in steps if step.state is State.OPEN)
    again = (step for step in steps if step.state is State.CHANGED)
    return next(begun, None) or next(again, None)


def share_of(steps: Iterable[Step]) -> Share:
    """How much of them is done; what cannot be read does not count."""
    counted = [step for step in steps if step.state not in NOT_COUNTED]
    return Share(
        total=len(counted),
        read=sum(step.state is State.READ for step in counted),
        changed=sum(step.state is State.CHANGED for step in counted),
        late=sum(step.is_late for step in counted),
        seconds=sum(step.seconds for step in counted if step.state in _TO_DO),
    )
