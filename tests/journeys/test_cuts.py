"""The connection is cut while a page is being saved."""

from random import Random

import pytest

from tests.journeys.conftest import Arrival
from tests.journeys.cutting import Cuts, CuttingProxy

pytestmark = pytest.mark.journey


def test_a_cut_while_saving_loses_no_text_and_nothing_is_called_saved_that_is_not(
    arrives: Arrival, cutting: CuttingProxy
) -> None:
    anna = arrives("anna")
    page = anna.makes_page("Written on a bad line", "The beginning.")
    anna.address, anna.may_hear = cutting.address, "Failed to load resource"
    cuts = Cuts(anna, cutting, page, Random(17))
    for _round in range(8):
        cuts.round()
    assert cuts.false == []
    assert cuts.lost == []
    assert len(cutting.cuts) > 2
