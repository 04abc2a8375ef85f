"""For this deal, who must sign, and by when: put together from plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.answers.limits import (
    Ladder,
    Managers,
    TooSmall,
    is_too_small,
    limits_of,
)
from dossiers.approvals.answers.reasons import UNSAID, LeftOut, failing_part
from dossiers.approvals.answers.signers import Regard, Signer, signers_of
from dossiers.approvals.answers.timing import Deadline, Timetable, Window, timetable
from dossiers.approvals.document import PathDocument
from dossiers.approvals.drawing.numbering import numbers_of
from dossiers.approvals.purchases import Purchase
from dossiers.approvals.signature import signs
from dossiers.approvals.steps import Needed, Step, needed_for
from dossiers.approvals.working_days import WorkingDays, known_countries, last_known_year
from dossiers.facts.kinds import Confidence, Source


@dataclass(frozen=True, slots=True)
class Question:
    """A purchase, the day on which its path begins, the day wanted, and the deal's name."""

    purchase: Purchase
    begins: date
    wanted: date | None = None
    deal: str = ""

    @property
    def knows_amount(self) -> bool:
        """Whether the amount was said."""
        return self.purchase.currency != UNSAID


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the dossier knows beside the path: positions, managers above them, people, calendar."""

    calendar: WorkingDays
    seats: Mapping[int, ActorSeat] = field(default_factory=dict)
    managers: Managers = field(default_factory=dict)
    regards: Mapping[int, Regard] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepAnswer:
    """A step that applies. `is_unsure`: nobody can tell, because of the currency of the amount.

    `is_counted` tells whether the signature waits for it. `too_small` is set when the limit of
    whoever acts is below the amount; `limit_is_unsure` when it is in another currency.
    """

    number: str
    step: Step
    signers: tuple[Signer, ...]
    window: Window
    deadline: Deadline | None = None
    too_small: TooSmall | None = None
    is_unsure: bool = False
    is_counted: bool = True
    limit_is_unsure: bool = False

    @property
    def is_guess(self) -> bool:
        """Whether somebody only supposes that there is such a step."""
        return self.step.source is Source.GUESS or self.step.confidence is Confidence.GUESS

    @property
    def names_gone(self) -> bool:
        """Whether somebody is to act who is not in the chart any more."""
        return any(one.seat.is_gone for one in self.signers)

    @property
    def signs(self) -> bool:
        """Whether the decision is signed there."""
        return signs(self.step)


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer; the steps in the order of the path, with the numbers that it shows.

    `unknown_years` are those of which we do not know whether and which days off are moved.
    """

    question: Question
    currency: str
    steps: tuple[StepAnswer, ...]
    left_out: tuple[LeftOut, ...]
    times: Timetable
    country: str = ""
    unknown_years: tuple[int, ...] = ()

    @property
    def signing(self) -> list[StepAnswer]:
        """Where the decision is signed."""
        return [one for one in self.steps if one.signs]

    @property
    def nobody_signs(self) -> bool:
        """Whether no step signs this amount."""
        return not self.signing

    @property
    def perhaps_nobody_signs(self) -> bool:
        """Whether it is not sure that any step signs this amount."""
        return bool(self.signing) and all(one.is_unsure for one in self.signing)

    @property
    def cannot_sign(self) -> list[StepAnswer]:
        """The steps whose limit is too small, when no other signs above them."""
        return [one for one in self.steps if one.too_small and not one.too_small.is_covered]

    @property
    def country_is_known(self) -> bool:
        """Whether the holidays of the client's country are known."""
        return self.country in known_countries()


def answer_to(question: Question, document: PathDocument, around: Surroundings) -> Answer:
    """Who must sign, and by when. Raises `Refusal` when a step can never happen."""
    steps = document.by_code
    needed = needed_for(steps, question.purchase)
    numbers = numbers_of(steps)
    times = timetable(needed.steps, around.calendar, question.begins, question.wanted)
    ladder = Ladder(needed.steps, numbers, limits_of(steps), around.managers, around.seats)
    maker = _Maker(question, document.currency, needed, times, ladder, around)
    # They come in the order in which steps are shown.
    shown = [steps[code] for code in numbers]
    purchase = question.purchase
    return Answer(
        question,
        document.currency,
        tuple(maker.step(one) for one in shown if one.code in needed.steps),
        tuple(
            LeftOut(numbers[one.code], one, failing_part(one.condition, purchase))
            for one in shown
            if one.code not in needed.steps
        ),
        times,
        around.calendar.country,
        _unknown_years(around.calendar.country, question, times),
    )


class _Maker:
    """Makes the answer of one step after another."""

    def __init__(
        self,
        question: Question,
        currency: str,
        needed: Needed,
        times: Timetable,
        ladder: Ladder,
        around: Surroundings,
    ) -> None:
        self._question, self._currency, self._needed = question, currency, needed
        self._times, self._ladder, self._around = times, ladder, around

    def step(self, step: Step) -> StepAnswer:
        """The answer of one step that applies."""
        purchase, back = self._question.purchase, self._times.backwards
        small = is_too_small(step, purchase, self._currency)
        return StepAnswer(
            self._ladder.numbers[step.code],
            step,
            signers_of(step, self._around.seats, self._around.regards),
            self._times.windows[step.code],
            back.deadlines.get(step.code) if back else None,
            self._ladder.above(step, purchase.amount) if small else None,
            step.code in self._needed.unsure,
            step.code in self._times.counted,
            small is None,
        )


def _unknown_years(country: str, question: Question, times: Timetable) -> tuple[int, ...]:
    """The years in which the answer counts days and of whose moved days we know nothing."""
    known = last_known_year(country)
    if known is None:
        return ()
    days = [question.begins, *(window.slow.end for window in times.windows.values())]
    days += [question.wanted] if question.wanted else []
    return tuple(year for year in range(min(days).year, max(days).year + 1) if year > known)
