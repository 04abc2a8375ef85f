"""The pages are HTML first: reading, writing and saving need no JavaScript."""

import re

import pytest

from tests.journeys.conftest import Arrival

pytestmark = pytest.mark.journey


def test_without_javascript_one_can_read_edit_and_save(arrives: Arrival) -> None:
    anna = arrives("anna", java_script_enabled=False)
    anna.goes_to("/pages/new?language=en")
    anna.fills("Title", "Written without scripts")
    anna.page.locator("textarea[name=body]").fill("Plain *HTML* is enough.")
    anna.pictures("no-scripts-edit", full_page=True)
    anna.saves()
    anna.sees_saved(1)
    anna.sees_in("article.prose em", "HTML")
    anna.follows("Edit")
    anna.page.locator("textarea[name=body]").fill("Plain *HTML* is quite enough.")
    anna.saves()
    anna.sees_saved(2)
    anna.sees_in("article.prose", "quite enough")
    anna.follows(re.compile("^History"))
    anna.sees_in("table", "edited")
