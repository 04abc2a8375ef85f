"""What of a path leaves the house for the client's eyes: these fields, and nothing else.

The papers for the client are made of a `CleanPath` alone. It has no place for what we think: no
rights or roles, attitudes, notes, evidence, confidence, source, limits, or what we must bring.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.condition_words import condition_words, duration_words, signers_words
from dossiers.approvals.drawing.nearness import nearness_of
from dossiers.approvals.exports.tasks import TaskKind, apart_from, kind_of
from dossiers.approvals.shown import StepShown
from dossiers.approvals.steps import Step
from dossiers.approvals.wording import STEP_KINDS


@dataclass(frozen=True, slots=True)
class CleanActor:
    """A position of the client, and the names of those who hold it."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CleanStep:
    """A step in words. `after` and `apart` are numbers of other steps, as in `Task`."""

    number: str
    title: str
    kind: str
    task: TaskKind
    after: frozenset[str]
    apart: frozenset[str]
    actors: tuple[CleanActor, ...]
    signers: str
    condition: str
    documents: tuple[str, ...]
    duration: str
    deputy: CleanActor | None


@dataclass(frozen=True, slots=True)
class CleanPath:
    """A path as the client may see it."""

    client: str
    subject: str
    version: int
    on: date
    steps: tuple[CleanStep, ...]


def clean_steps(
    steps: Sequence[StepShown], category_names: Mapping[int, str]
) -> tuple[CleanStep, ...]:
    """What the client may see of the steps."""
    numbers = {one.step.code: one.number for one in steps}
    plain = [one.step for one in steps]
    after = nearness_of({step.code: step for step in plain}).after
    return tuple(_step(one, plain, numbers, after, category_names) for one in steps)


def _step(
    shown: StepShown,
    others: Sequence[Step],
    numbers: Mapping[str, str],
    after: Mapping[str, frozenset[str]],
    category_names: Mapping[int, str],
) -> CleanStep:
    step = shown.step
    return CleanStep(
        number=shown.number,
        title=step.title,
        kind=str(STEP_KINDS[step.kind]),
        task=kind_of(step),
        after=frozenset(numbers[code] for code in after[step.code]),
        apart=apart_from(step, others, numbers),
        actors=tuple(_actor(seat) for seat in shown.seats),
        signers=signers_words(step),
        condition=condition_words(step.condition, category_names),
        documents=step.documents,
        duration=duration_words(step.duration),
        deputy=_actor(shown.deputy) if shown.deputy else None,
    )


def _actor(seat: ActorSeat) -> CleanActor:
    return CleanActor(seat.title, tuple(holder.name for holder in seat.holders))
