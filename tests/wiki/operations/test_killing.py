"""A power cut at any moment; a hundred rounds of it: `python -m bench.kill_server`."""

import random

import pytest

from bench.instance import Instance
from bench.kill_server import kill_again_and_again


@pytest.mark.slow
def test_no_acknowledged_save_is_lost_when_the_server_is_killed(instance: Instance) -> None:
    report = kill_again_and_again(instance, 10, random.Random(7), lambda _line: None)
    assert report.rounds == 10
    assert report.saves > 20
    assert report.is_good, report
