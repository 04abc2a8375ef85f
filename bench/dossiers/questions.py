"""Ten thousand questions about any day, as known on any other, against the oracle."""

import time
from datetime import datetime, timedelta

from bench.dossiers.making import empty_client
from bench.dossiers.stage import Stage
from bench.dossiers.trials import FIRST_MOMENT, Trial
from bench.figures import Figure
from wiki import clock

_TRIALS, _DEEDS, _CHARTS = 12, 60, 30


class _Hands:
    """A clock that only goes when it is told to."""

    def __init__(self) -> None:
        self.moment = FIRST_MOMENT

    def forward(self, seconds: float) -> datetime:
        """Let so many seconds pass; the new moment."""
        self.moment += timedelta(seconds=seconds)
        return self.moment


def question_figures(stage: Stage) -> list[Figure]:
    """Random dossiers, then questions to each; a difference is a wrong answer or a broken rule."""
    began, hands, trials = time.perf_counter(), _Hands(), []
    clock.set_source(lambda: hands.moment)
    try:
        trials = [_trial(stage, seed, hands) for seed in range(_TRIALS)]
    finally:
        clock.set_source(None)
    asked = sum(questions for questions, _found in trials)
    found = [one for _questions, some in trials for one in some]
    for difference in found[:5]:
        print(difference)
    return [
        Figure("questions", "", "questions", asked, "", least=10_000),
        Figure("questions", "", "differences from the oracle", len(found), "", most=0),
        Figure("questions", "", "all together", time.perf_counter() - began, "s"),
    ]


def _trial(stage: Stage, seed: int, hands: _Hands) -> tuple[int, list[str]]:
    """The number of questions to one random dossier, and what was wrong."""
    with stage.writing() as (session, director):
        client = empty_client(session, director, f"Trial {seed}")
        trial = Trial(session, director, client.id, seed, hands.forward)
        trial.live(_DEEDS)
        return trial.ask(_CHARTS), trial.found
