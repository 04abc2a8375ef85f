"""What may happen in a run, and how far a run is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from babel.numbers import list_currencies

from dossiers.approvals.kinds import RunState, StepState
from dossiers.approvals.log import Progress
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.signature import decides, up_to_signature
from dossiers.approvals.steps import Steps
from wiki.errors import Clash, Refusal
from wiki.pages.content import one_line

LONGEST_DEAL = 100
LONGEST_TITLE = 200
LONGEST_NOTE = 1000
LONGEST_MAIL = 300
MOST_TAGS = 30
UNKNOWN_CURRENCIES = ("", "?")
"""Those of a purchase of which nobody knows the amount."""
LARGEST_AMOUNT = Decimal(10) ** 14
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
_CODE = re.compile(r"[a-z0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Walk:
    """A run as plain values: its first day, the steps it needs, how far each is.

    `progress` has the steps of the path in their order, then those that only the run knew.
    `others` are steps of the path that this purchase does not need. `given_up` is the day on which
    nobody waited for the decision any more.
    """

    began_on: date
    steps: Steps
    progress: Mapping[str, Progress]
    others: Steps = field(default_factory=dict)
    given_up: date | None = None


def deal_of(text: str) -> str:
    """The name of the deal, on one line. Raises `Refusal` when empty or too long."""
    deal = one_line(text)
    if not deal or len(deal) > LONGEST_DEAL:
        raise Refusal(
            "Name the deal in up to %(limit)d characters. Nothing was changed.", limit=LONGEST_DEAL
        )
    return deal


def check_purchase(purchase: Purchase) -> None:
    """Raise `Refusal` for an amount or currency that no purchase has, and for too many tags."""
    amount = purchase.amount
    if not 0 <= amount < LARGEST_AMOUNT or amount != round(amount, 4):
        raise Refusal(
            "The amount must be from 0 to less than a hundred trillion, with at most four "
            "decimals. Nothing was changed."
        )
    if purchase.currency not in (*UNKNOWN_CURRENCIES, *list_currencies()):
        raise Refusal("There is no such currency. Nothing was changed. Choose one of the list.")
    if len(purchase.tags) > MOST_TAGS or any(len(tag) > LONGEST_TITLE for tag in purchase.tags):
        raise Refusal("These are too many conditions. Nothing was changed.")


def check_dates(
    began: date, wanted: date | None, managers: date | None, today: date, first: date | None = None
) -> None:
    """Raise `Refusal` for a beginning to come, or after the `first` day something happened."""
    if not EARLIEST <= began <= today:
        raise Refusal(
            "A run begins today or on a day before. Nothing was changed. Correct the first day."
        )
    if first is not None and began > first:
        raise Refusal(
            "Something happened in this run on %(day)s already, so it cannot begin later. Nothing "
            "was changed.",
            day=first.isoformat(),
        )
    if any(one is not None and not began <= one <= LATEST for one in (wanted, managers)):
        raise Refusal(
            "A signature is wanted and expected after the run began. Nothing was changed. Correct "
            "the days."
        )


def check_event(walk: Walk, step: str, state: StepState, on: date, title: str, today: date) -> str:
    """The title of the step that something happened to.

    Raises `Refusal` for a day before the run or to come, a step that nobody named, and for
    "waiting", which is what a step is before anything happens.
    """
    check_event_day(walk, on, today)
    if state is StepState.WAITING:
        raise Refusal("A step waits by itself. Nothing was changed. Take its last event back.")
    if not _CODE.fullmatch(step):
        raise Refusal("There is no such step. Nothing was changed. Choose one of the path.")
    known = walk.progress.get(step) or walk.others.get(step)
    named = known.title if known else line_within(title, LONGEST_TITLE)
    if not named:
        raise Refusal("Say what the step that the path does not know is. Nothing was changed.")
    return named


def check_event_day(walk: Walk, on: date, today: date) -> None:
    """Raise `Refusal` for a day before the run or to come."""
    if not walk.began_on <= on <= today:
        raise Refusal(
            "It must have happened between the first day of the run and today. Nothing was "
            "changed. Correct the day."
        )


def check_comes_last(on: date, last: date) -> None:
    """Raise `Refusal` when something happened in the run after that day."""
    if on < last:
        raise Refusal(
            "Something happened in this run on %(day)s, after that day. Nothing was changed. Write "
            "that day or a later one.",
            day=last.isoformat(),
        )


def check_back_to(walk: Walk, step: str, back_to: str) -> None:
    """Raise `Refusal` when a step is not sent back to one before it."""
    if back_to not in walk.progress or back_to == step:
        raise Refusal(
            "A step is sent back to another step of this run. Nothing was changed. Choose which."
        )


def line_within(text: str, limit: int) -> str:
    """The text on one line. Raises `Refusal` when it is longer than the limit."""
    return _within(one_line(text), limit)


def text_within(text: str, limit: int) -> str:
    """The text as it was typed. Raises `Refusal` when it is longer than the limit."""
    return _within(text.replace("\0", "").replace("\r\n", "\n").strip(), limit)


def _within(text: str, limit: int) -> str:
    if len(text) > limit:
        raise Refusal(
            "The text has %(length)d characters; %(limit)d is the limit. Nothing was changed. "
            "Shorten it and try again.",
            length=len(text),
            limit=limit,
        )
    return text


def check_can_be_given_up(state: RunState) -> None:
    """Raise `Clash` when the decision is there already, or nobody waits for it any more."""
    if state is RunState.GIVEN_UP:
        raise Clash("This run was given up before. Nothing was changed.")
    if state is not RunState.RUNNING:
        raise Clash(
            "The decision is there already, so there is nothing to give up. Nothing was changed. "
            "If it was written down by mistake, take the last event back."
        )


def check_can_go_on(state: RunState) -> None:
    """Raise `Clash` unless the run was given up."""
    if state is not RunState.GIVEN_UP:
        raise Clash("This run was not given up, or goes on again already. Nothing was changed.")


def deciding(steps: Steps) -> list[str]:
    """The codes of the steps without which nothing is signed; payments come behind that."""
    return [code for code, step in up_to_signature(steps).items() if decides(step)]


def state_of(walk: Walk) -> tuple[RunState, date | None]:
    """How far the run is, and the day it ended.

    It is refused when somebody who decides refused, and signed when everything that decides is
    done; what is only asked or told need not be waited for. A step beside the path is waited for
    while somebody works on it.
    """
    if walk.given_up is not None:
        return RunState.GIVEN_UP, walk.given_up
    decided = [walk.progress[code] for code in deciding(walk.steps)]
    refused = [one.ended for one in decided if one.state is StepState.REFUSED and one.ended]
    if refused:
        return RunState.REFUSED, max(refused)
    ends = [one.ended for one in decided if one.is_done and one.ended]
    beside = any(one.is_extra and one.is_open for one in walk.progress.values())
    if decided and len(ends) == len(decided) and not beside:
        return RunState.SIGNED, max(ends)
    return RunState.RUNNING, None


def early_steps(walk: Walk) -> Mapping[str, list[str]]:
    """Steps that began before what they wait for was done, with the codes of that."""
    found: dict[str, list[str]] = {}
    for code, step in walk.steps.items():
        here = walk.progress[code]
        if here.began is not None:
            missing = [one for one in sorted(step.after) if _came_after(walk.progress[one], here)]
            found |= {code: missing} if missing else {}
    return found


def _came_after(before: Progress, here: Progress) -> bool:
    assert here.began is not None
    return before.first_done is None or before.first_done > here.began
