"""A path as it is shown on a day: its steps by their numbers, with those who act then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.actors import ActorSeat, actors_on
from dossiers.approvals.document import PathDocument
from dossiers.approvals.drawing.numbering import in_shown_order, numbers_of
from dossiers.approvals.steps import Step
from dossiers.facts.asking import Moment
from dossiers.facts.kinds import Confidence, Source
from wiki.locale import language
from wiki.pages.models import Category


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step with its number, the positions that act, and the numbers of those it waits for.

    `beside` are the numbers of steps at the same time, `instead` of those that are needed when this
    one is not: no purchase goes through both.
    """

    number: str
    step: Step
    seats: tuple[ActorSeat, ...]
    deputy: ActorSeat | None
    after: tuple[str, ...]
    beside: tuple[str, ...]
    instead: tuple[str, ...] = ()

    @property
    def is_guess(self) -> bool:
        """Whether somebody only supposes it."""
        return self.step.source is Source.GUESS or self.step.confidence is Confidence.GUESS

    @property
    def names_gone(self) -> bool:
        """Whether somebody is to act who is not in the chart any more."""
        return any(seat.is_gone for seat in self.seats)

    @property
    def title(self) -> str:
        """What happens."""
        return self.step.title


def steps_shown(
    session: Session, client_id: int, document: PathDocument, moment: Moment
) -> list[StepShown]:
    """The steps in their order, in two statements however many there are."""
    seats = actors_on(session, client_id, document.positions(), moment)
    steps = document.by_code
    numbers = numbers_of(steps)
    together: dict[frozenset[str], list[Step]] = {}
    for step in in_shown_order(steps):
        together.setdefault(step.after, []).append(step)
    return [_shown(step, seats, numbers, together[step.after]) for step in in_shown_order(steps)]


def _shown(
    step: Step,
    seats: Mapping[int, ActorSeat],
    numbers: Mapping[str, str],
    together: Iterable[Step],
) -> StepShown:
    others = [other for other in together if other.code != step.code]
    apart = [other.code for other in others if step.condition.excludes(other.condition)]
    return StepShown(
        numbers[step.code],
        step,
        tuple(seats[ident] for ident in step.positions),
        seats[step.deputy] if step.deputy else None,
        tuple(sorted(numbers[code] for code in step.after)),
        tuple(numbers[other.code] for other in others if other.code not in apart),
        tuple(numbers[code] for code in apart),
    )


def seats_in(steps: Iterable[StepShown]) -> Mapping[int, ActorSeat]:
    """All positions that act or stand in at these steps, by their numbers."""
    acting = [seat for one in steps for seat in (*one.seats, one.deputy) if seat]
    return {seat.id: seat for seat in acting}


def category_names(session: Session, documents: Iterable[PathDocument]) -> Mapping[int, str]:
    """The names of the product categories that conditions speak of."""
    named = {
        ident
        for document in documents
        for step in document.steps
        for ident in step.condition.categories
    }
    name = Category.name_ru if language() == "ru" else Category.name_en
    wanted = select(Category.id, name).where(Category.id.in_(named))
    return dict(session.execute(wanted).all()) if named else {}
