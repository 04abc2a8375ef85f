"""The steps of a path as a diagram of BPMN needs them: words only, nothing of where they are from.

Whoever makes them decides what leaves the house: the diagram can say nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dossiers.approvals.kinds import StepKind
from dossiers.approvals.purchases import Condition
from dossiers.approvals.steps import Step


class TaskKind(StrEnum):
    """How a task is done, by its name in BPMN."""

    USER = "userTask"
    MANUAL = "manualTask"
    SEND = "sendTask"


@dataclass(frozen=True, slots=True)
class Task:
    """One step: its number, who does it, when it is needed (empty: always), and what else to say.

    `after` and `apart` are numbers: of the steps it waits for, of those that are never needed
    together with it.
    """

    number: str
    title: str
    lane: str
    kind: TaskKind = TaskKind.USER
    after: frozenset[str] = frozenset()
    condition: str = ""
    apart: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


_BY_HAND = frozenset({StepKind.SIGN, StepKind.BOARD, StepKind.COMMITTEE})


def kind_of(step: Step) -> TaskKind:
    """What happens on paper or in a meeting is done by hand, all else at a screen."""
    return TaskKind.MANUAL if step.kind in _BY_HAND else TaskKind.USER


def apart_from(step: Step, others: Sequence[Step], numbers: Mapping[str, str]) -> frozenset[str]:
    """The numbers of the steps that no purchase needs together with this one."""
    mine = step.condition
    return frozenset(
        numbers[other.code]
        for other in others
        if other.code != step.code and _exclude_each_other(mine, other.condition)
    )


def _exclude_each_other(one: Condition, other: Condition) -> bool:
    pairs = (
        (one.new_vendor, other.new_vendor),
        (one.personal_data, other.personal_data),
    )
    return any(None not in pair and pair[0] != pair[1] for pair in pairs) or _amounts_apart(
        one, other
    )


def _amounts_apart(one: Condition, other: Condition) -> bool:
    if one.currency != other.currency:
        return False
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: Condition, other: Condition) -> bool:
    """Whether all amounts of the one are smaller than those of the other."""
    if one.amount_to is None or other.amount_from is None:
        return False
    return one.amount_to <= other.amount_from
