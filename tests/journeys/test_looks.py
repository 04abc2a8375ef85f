"""Every kind of page, on a desk and on a telephone, by day and by night, in both languages."""

from datetime import date

import pytest

from tests.journeys.conftest import Arrival
from tests.journeys.kinds import PUBLIC, kinds_of
from tests.journeys.looking import barriers_on, too_wide
from tests.journeys.people import DESK, TELEPHONE, House, Person

pytestmark = pytest.mark.journey
WAYS = {
    "desk-light-ru": ("ru", {"viewport": DESK, "color_scheme": "light"}),
    "telephone-dark-en": ("en", {"viewport": TELEPHONE, "color_scheme": "dark"}),
}
"""The other combinations are made of the same colours, widths and words."""


def look(person: Person, way: str, name: str, path: str) -> list[str]:
    """What is wrong with one page; its picture is kept for people."""
    person.goes_to(path)
    person.pictures(f"kinds/{way}/{name}", full_page=True)
    return [f"{path}: {said}" for said in (*barriers_on(person.page), *too_wide(person.page))]


@pytest.mark.parametrize("way", WAYS)
def test_every_kind_of_page_fits_and_has_no_serious_barrier(arrives: Arrival, way: str) -> None:
    language, wishes = WAYS[way]
    adam = arrives("adam", language=language, **wishes)
    adam.may_hear = "404"
    kinds = kinds_of(adam, date.today().isoformat())
    wrong = [said for name, path in kinds for said in look(adam, way, name, path)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("way", WAYS)
def test_the_pages_before_signing_in_fit_and_have_no_serious_barrier(
    demonstration: House, way: str
) -> None:
    language, wishes = WAYS[way]
    someone = demonstration.stranger(language, **wishes)
    wrong = [said for name, path in PUBLIC.items() for said in look(someone, way, name, path)]
    someone.leave()
    assert wrong + someone.complaints == []
