"""What was typed outlives the tab it was typed in."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Arrival
from tests.journeys.looking import barriers_on

pytestmark = pytest.mark.journey
KEPT = "() => Object.values(localStorage).some((kept) => kept.includes('not to be lost'))"


def test_typed_text_survives_a_closed_tab_and_is_offered_again(arrives: Arrival) -> None:
    anna = arrives("anna")
    page = anna.makes_page("Text that was never sent", "The beginning.")
    anna.goes_to(f"{page}/edit")
    anna.writes("\n\nWords not to be lost.")
    anna.page.wait_for_function(KEPT)
    crashed, anna.page = anna.page, anna.new_tab()
    crashed.close(run_before_unload=False)
    assert "not to be lost" not in anna.source_of(page)
    anna.goes_to(f"{page}/edit")
    anna.sees_in(".draft-offer", "Restore the unsent text from")
    anna.pictures("crash-offer")
    assert barriers_on(anna.page) == []
    anna.presses("Restore it")
    anna.sees_in(".cm-content", "Words not to be lost.")
    anna.saves()
    anna.sees_saved(2)
    assert "Words not to be lost." in anna.source_of(page)
    anna.goes_to(f"{page}/edit")
    expect(anna.editor).to_be_visible()
    expect(anna.page.locator(".draft-offer")).to_have_count(0)
