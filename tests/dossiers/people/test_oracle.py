"""Ten thousand questions to charts after random deeds, against a memory of every single day."""

from datetime import datetime

import pytest

from bench.dossiers.trials import Trial
from tests.conftest import Cast, SetClock
from tests.factories.dossiers import make_client
from wiki.database import Database

TRIALS, DEEDS, CHARTS = 16, 60, 20
QUESTIONS = 10_000


@pytest.mark.parametrize("seed", range(TRIALS))
def test_charts_are_as_a_plain_memory_of_every_day_says(
    database: Database, cast: Cast, clock: SetClock, seed: int
) -> None:
    def forward(seconds: float) -> datetime:
        return clock.forward(seconds=seconds)

    with database.transaction() as session:
        client = make_client(session, cast.anna)
        trial = Trial(session, cast.anna, client.id, seed, forward)
        trial.live(DEEDS)
        asked = trial.ask(CHARTS)
        assert trial.found == []
    assert asked * TRIALS >= QUESTIONS
