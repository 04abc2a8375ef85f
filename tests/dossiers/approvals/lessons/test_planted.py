"""Deviations planted in thousands of random runs are found, and nothing else is."""

import pytest

from bench.dossiers.planted import AIM, RUNS, deviation_scores, discovery_of, lesson_scores
from dossiers.approvals.lessons.conform import DeviationKind


@pytest.mark.slow
def test_of_each_kind_of_planted_deviation_nearly_all_are_found_and_nothing_else() -> None:
    assert RUNS >= 2_000
    scores = deviation_scores(RUNS)
    assert scores.keys() == set(DeviationKind)
    for kind, score in scores.items():
        assert score.right > 200, kind
        assert score.recall >= AIM, (kind, score)
        assert score.precision >= AIM, (kind, score)


@pytest.mark.slow
def test_of_each_kind_of_mistake_in_a_path_nearly_all_are_found_and_mended() -> None:
    for kind, score in lesson_scores(40).items():
        assert score.recall >= 0.9, (kind, score)
        assert score.precision >= 0.9, (kind, score)


@pytest.mark.slow
@pytest.mark.parametrize("exceptions", [0.0, 0.05])
def test_a_proposed_path_is_right_on_runs_that_it_was_not_made_from(exceptions: float) -> None:
    found = discovery_of(40, exceptions=exceptions)
    assert len(found.thresholds) > 30
    assert found.within_one >= AIM
    assert found.order.recall >= AIM
    assert found.order.precision >= AIM
    assert sum(found.held_out) / len(found.held_out) >= AIM
