"""A client of 700 positions with a path of 30 steps and 200 finished runs, written in bulk."""

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.dossiers.approvals.truth import Told, natures_of, true_run
from bench.dossiers.making import SEED, make_chart
from dossiers.approvals.document import PathDocument
from dossiers.approvals.kinds import Right, RunState, StepKind, StepState
from dossiers.approvals.lessons.learning import learn_path
from dossiers.approvals.models import ApprovalRun, RunEvent, SignatureForecast
from dossiers.approvals.paths.services import Draft, Saved, confirm_version, create_path
from dossiers.approvals.paths.services import Told as Word
from dossiers.approvals.purchases import Condition, Purchase
from dossiers.approvals.steps import Duration, Step, needed_for
from dossiers.approvals.working_days import Frozen, Meetings
from dossiers.clients.models import Client
from dossiers.facts.writing import begin_change
from wiki import clock
from wiki.accounts.actor import Actor

COUNTRY, POSITIONS, STEPS, FINISHED, OPEN = "RU", 700, 30, 200, 24
_FIRST = timedelta(days=1100)
_FORECASTS = 5
_KINDS = (
    StepKind.TECHNICAL,
    StepKind.SECURITY,
    StepKind.BUDGET,
    StepKind.LEGAL,
    StepKind.PROCUREMENT,
    StepKind.VENDOR_ONBOARDING,
)


@dataclass(frozen=True)
class Decider:
    """What was made: `open_runs` wait for their last step, the signature, only."""

    client_id: int
    path_id: int
    document: PathDocument
    open_runs: list[int]

    @property
    def last_step(self) -> str:
        """The step with which a run ends."""
        return self.document.steps[-1].code


def make_decider(session: Session, director: Actor) -> Decider:
    """Make it; its runs went by times that the path does not name rightly."""
    random = Random(SEED)  # made-up runs
    today = clock.today(director.time_zone)
    chart = make_chart(session, director, "Decider", POSITIONS)
    session.get_one(Client, chart.client_id).country = COUNTRY
    document = long_path(random, chart.positions)
    draft = Draft(document, valid_from=today - 2 * _FIRST)
    saved = create_path(session, director, chart.client_id, "Equipment", draft)
    path = saved.path
    confirm_version(session, director, chart.client_id, path.id, 1, Word(today, name="Klimova"))
    runs = _Runs(session, director, saved, document, random, today)
    runs.write(FINISHED, is_open=False)
    open_runs = runs.write(OPEN, is_open=True)
    learn_path(session, path)
    return Decider(chart.client_id, path.id, document, open_runs)


def long_path(random: Random, positions: list[int]) -> PathDocument:
    """Thirty steps, some side by side, some for dear purchases only, two of them committees."""
    steps: list[Step] = []
    before: frozenset[str] = frozenset()
    while len(steps) < STEPS - 1:
        wide = min(random.choice((1, 1, 2, 3)), STEPS - 1 - len(steps))
        block = [_step(random, len(steps) + place, before, positions) for place in range(wide)]
        steps += block
        before = frozenset(step.code for step in block)
    last = replace(_step(random, 1, before, positions), code="sign", kind=StepKind.SIGN)
    return PathDocument("RUB", (*steps, last), (Frozen((12, 25), (1, 11)),))


def _step(random: Random, number: int, before: frozenset[str], positions: list[int]) -> Step:
    median = random.randint(1, 5)
    dear = Condition("RUB", amount_from=Decimal(random.randint(2, 8) * 1_000_000))
    return Step(
        f"s{number}",
        f"Step {number}",
        StepKind.COMMITTEE if number % 11 == 10 else random.choice(_KINDS),
        before,
        tuple(random.sample(positions, random.choice((1, 1, 2)))),
        right=Right.CONSULTED if number % 7 == 6 else Right.MUST_SIGN,
        condition=dear if number % 6 == 5 else Condition(),
        duration=Duration(median, median * 3),
        meetings=Meetings(1, frozenset({2, 4})) if number % 11 == 10 else None,
        deputy=random.choice(positions),
        documents=("Specification", "Draft of the contract"),
        bring="Two references",
        limit=Decimal(20_000_000),
    )


class _Runs:
    """Writes runs of one path under one change."""

    def __init__(
        self,
        session: Session,
        director: Actor,
        saved: Saved,
        document: PathDocument,
        random: Random,
        today: date,
    ) -> None:
        self._session, self._director, self._path = session, director, saved.path
        self._version = saved.version.id
        self._document, self._random, self._today = document, random, today
        self._calendar = document.calendar(COUNTRY)
        self._natures = natures_of(document.by_code, random, 0.4)
        self._change = begin_change(session, director.id, saved.path.client_id, "begin run")
        self._begun = 0

    def write(self, count: int, is_open: bool) -> list[int]:
        """So many runs; an open one lacks the last event."""
        runs, told = [], []
        for _run in range(count):
            purchase = Purchase(Decimal(self._random.randrange(1, 100) * 100_000), "RUB")
            begins = self._today - timedelta(days=self._random.randrange(300, _FIRST.days))
            steps = needed_for(self._document.by_code, purchase).steps
            happened = true_run(steps, self._natures, self._calendar, begins, self._random)
            told.append([one for one in happened if one[2] <= self._today])
            runs.append(self._row(purchase, begins, told[-1][-1][2], is_open))
        made = insert(ApprovalRun).returning(ApprovalRun.id, sort_by_parameter_order=True)
        idents = list(self._session.scalars(made, runs))
        self._session.execute(insert(RunEvent), self._events(idents, told, is_open))
        self._session.execute(insert(SignatureForecast), self._forecasts(idents, told))
        return idents

    def _row(self, purchase: Purchase, begins: date, end: date, is_open: bool) -> dict[str, object]:
        self._begun += 1
        return {
            "client_id": self._path.client_id,
            "path_id": self._path.id,
            "version_id": self._version,
            "deal": f"Deal {self._begun}",
            "amount": purchase.amount,
            "currency": purchase.currency,
            "categories": [],
            "tags": [],
            "began_on": begins,
            "managers_date": end + timedelta(days=self._random.randrange(-30, 10)),
            "state": RunState.RUNNING if is_open else RunState.SIGNED,
            "ended_on": None if is_open else end,
            "created_at": self._change.at,
            "created_by": self._director.id,
            "change_id": self._change.id,
        }

    def _events(
        self, idents: list[int], told: list[Told], is_open: bool
    ) -> list[dict[str, object]]:
        return [
            {
                "run_id": ident,
                "step": step,
                "title": step,
                "state": state,
                "happened_on": day,
                "recorded_at": self._change.at,
                "recorded_by": self._director.id,
                "change_id": self._change.id,
            }
            for ident, events in zip(idents, told, strict=True)
            for step, passed, day in (events[:-1] if is_open else events)
            for state in (StepState.RUNNING, passed)
        ]

    def _forecasts(self, idents: list[int], told: list[Told]) -> list[dict[str, object]]:
        return [
            {
                "run_id": ident,
                "made_at": self._change.at,
                "made_on": made,
                "early": events[-1][2] - timedelta(days=self._random.randrange(-5, 40)),
                "likely": events[-1][2] + timedelta(days=self._random.randrange(-20, 20)),
                "late": events[-1][2] + timedelta(days=self._random.randrange(-5, 40)),
                "managers_date": events[-1][2],
                "basis": {},
            }
            for ident, events in zip(idents, told, strict=True)
            for made in _days(events)
        ]


def _days(events: Told) -> list[date]:
    apart = math.ceil(len(events) / _FORECASTS)
    return [day for _step, _state, day in events[::apart]]
