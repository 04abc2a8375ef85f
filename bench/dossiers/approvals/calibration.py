"""Whether eight of ten signatures fall into the range of the forecast, on made-up clients.

Each client decides by times of its own, which the path names more or less rightly; some of its runs
have ended and were written down; the next is forecast on its first day, and again half way.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bench.dossiers.approvals.truth import Told, natures_of, true_run
from bench.dossiers.making import SEED
from bench.dossiers.random_paths import random_path
from bench.dossiers.stage import Stage
from bench.figures import Figure
from dossiers.approvals.document import PathDocument
from dossiers.approvals.forecast.calibration import Forecast, calibration_of
from dossiers.approvals.forecast.outlook import Situation
from dossiers.approvals.forecast.seen import Finished, habits_of, standing_of
from dossiers.approvals.forecast.simulate import simulate
from dossiers.approvals.kinds import StepState

_CLIENTS, _COUNTRY, _FIRST = 300, "RU", date(2023, 1, 9)
_LEAST, _MOST = 0.7, 0.9
_OFF = 0.5
"""Named times are wrong by a factor of 1.6 as often as not."""


@dataclass(frozen=True)
class _Trial:
    document: PathDocument
    runs: tuple[tuple[date, Told], ...]
    next: tuple[date, Told]


def calibration_figures(_stage: Stage) -> list[Figure]:
    """The share of signatures in the range, and how far the expected day is off."""
    return [
        *_figures("named times right, no run", 0, 0.0),
        *_figures("named times wrong, no run", 0, _OFF, aimed=False),
        *_figures("named times wrong, 5 runs", 5, _OFF, aimed=False),
        *_figures("named times wrong, 20 runs", 20, _OFF),
        *_figures("named times wrong, 100 runs", 100, _OFF),
    ]


def _figures(name: str, runs: int, off: float, aimed: bool = True) -> Iterator[Figure]:
    first, later = [], []
    for number in range(_CLIENTS):
        trial = _trial(Random(SEED + number), runs, off)  # made-up clients
        first.append(_forecast(trial, trial.next[0]))
        half = (_end(trial.next[1]) - trial.next[0]) / 2
        later.append(_forecast(trial, trial.next[0] + timedelta(days=half.days)))
    for when, made in (("on the first day", first), ("half way", later)):
        found = calibration_of(made, PathDocument().calendar(_COUNTRY))
        assert found is not None
        least, most = (_LEAST, None) if aimed else (None, None)
        what = f"within the range, forecast {when}"
        yield Figure("calibration", name, what, found.share, "", most, least)
        what = f"expected day off by, forecast {when}"
        yield Figure("calibration", name, what, found.ours.distance, "working days")


def _trial(random: Random, runs: int, off: float) -> _Trial:
    document = random_path(random, conditions=False)
    steps, calendar = document.by_code, document.calendar(_COUNTRY)
    natures = natures_of(steps, random, off)
    begins = [_FIRST + timedelta(days=random.randrange(500)) for _run in range(runs)]
    done = [(day, true_run(steps, natures, calendar, day, random)) for day in begins]
    last = max((_end(told) for _day, told in done), default=_FIRST)
    day = last + timedelta(days=random.randrange(300))
    return _Trial(document, tuple(done), (day, true_run(steps, natures, calendar, day, random)))


def _end(told: Told) -> date:
    return told[-1][2]


def _forecast(trial: _Trial, today: date) -> Forecast:
    begins, told = trial.next
    steps = trial.document.by_code
    known = [event for event in told if event[2] < today]
    now = Situation(
        steps,
        standing_of(steps, begins, known),
        trial.document.calendar(_COUNTRY),
        begins,
        today,
    )
    finished = [_finished(*run) for run in trial.runs]
    habits = habits_of({1: trial.document}, _COUNTRY, finished, today)
    said = simulate(now, habits, SEED)
    return Forecast(today, said.early, said.likely, said.late, None, _end(told))


def _finished(began: date, told: Told) -> Finished:
    events: dict[str, list[tuple[StepState, int]]] = {}
    for code, state, day in told:
        events.setdefault(code, []).append((state, day.toordinal()))
    return Finished(1, began.toordinal(), events)
