"""The collector of garbage rests while a chart is built, and only so long."""

import gc

import pytest

from dossiers.people.chart.collecting import without_collecting


def test_the_collector_rests_until_the_last_one_is_done() -> None:
    with without_collecting():
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_a_failure() -> None:
    with pytest.raises(KeyError), without_collecting():
        raise KeyError
    assert gc.isenabled()
