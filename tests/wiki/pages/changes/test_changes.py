"""Recent changes: what is shown, to whom, filtered how, at which cost."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.factories.pages import add_revision_row, make_category, make_page_row
from wiki import clock as wiki_clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database
from wiki.pages.watching.services import Target, watch, watch_page

Browser = Callable[[Actor | None], FlaskClient]


@pytest.fixture
def nina(browser_of: Browser, cast: Cast) -> FlaskClient:
    return browser_of(cast.nina)


def test_a_change_tells_title_person_reason_growth_and_leads_to_the_differences(
    database: Database, cast: Cast, nina: FlaskClient
) -> None:
    with database.transaction() as session:
        page = make_page_row(session, "Пельмени", cast.vera, body="x" * 100)
        add_revision_row(session, page, cast.anna, "x" * 70, reason="короче & яснее")
    shown = nina.get("/changes").text
    for words in ("Пельмени", "Anna", "Vera", "короче &amp; яснее", "−30", "+100", "edited"):
        assert words in shown
    assert f'href="/pages/{page.id}/compare?from=1&amp;to=2"' in shown
    assert f'href="/pages/{page.id}/revisions/1"' in shown


def test_changes_stand_under_the_reader_s_days(
    database: Database, cast: Cast, nina: FlaskClient, clock: SetClock
) -> None:
    with database.transaction() as session:
        # 22:30 in UTC is half past one of the next day in Moscow.
        clock.moment = datetime(2026, 3, 5, 22, 30, tzinfo=UTC)
        make_page_row(session, "Ночная", cast.vera)
    shown = nina.get("/changes").text
    assert "6 March 2026" in shown
    assert "5 March 2026" not in shown
    assert "Ночная" in nina.get("/changes?since=2026-03-06&until=2026-03-06").text
    assert "Ночная" not in nina.get("/changes?until=2026-03-05").text


def test_each_filter_keeps_what_fits_and_drops_the_rest(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        top = make_category(session, "Продукты")
        low = make_category(session, "Вареники", top)
        side = make_category(session, "Услуги")
        make_page_row(session, "Первая", cast.vera, category_id=low.id)
        make_page_row(session, "Second", cast.anna, category_id=side.id, language="en")
        third = make_page_row(session, "Третья", cast.vera)
        add_revision_row(session, third, cast.vera, "y", kind="archive")
        watch(session, cast.anna, Target("category", top.id))
        watch_page(session, cast.anna.id, third.id)
    anna, titles = browser_of(cast.anna), ("Первая", "Second", "Третья")
    expected = {
        f"person={cast.anna.id}": {"Second"},
        f"category={top.id}": {"Первая"},
        f"category={side.id}": {"Second"},
        "language=en": {"Second"},
        "kind=archive": {"Третья"},
        "only=mine": {"Second"},
        "only=watched": {"Первая", "Третья"},
        "only=watched&kind=create&language=ru": {"Первая", "Третья"},
        "kind=import": set(),
        "kind=nonsense&person=x&category=-1&since=2026-99-99&before=junk": set(titles),
    }
    for query, kept in expected.items():
        shown = anna.get(f"/changes?{query}").text
        assert {title for title in titles if f">{title}</a>" in shown} == kept, query


@pytest.mark.parametrize(
    "query",
    ["since=0001-01-01", "until=9999-12-31", "person=99999999999999999999", "before=0-0",
     "before=99999999T000000.0-1", "category=2147483648"],
)  # fmt: skip
def test_impossible_filters_are_no_error(nina: FlaskClient, query: str) -> None:
    assert nina.get(f"/changes?{query}").status_code == 200


def test_a_page_of_the_south_leaves_no_trace_for_the_north(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        hidden = make_page_row(session, "Юг", cast.boris, audience=f"team:{cast.boris.team_id}")
        watch_page(session, cast.anna.id, hidden.id)
        make_page_row(session, "Всем", cast.boris)
    for query in ("", f"?person={cast.boris.id}", "?only=watched", "?kind=create"):
        assert ">Юг<" not in browser_of(cast.anna).get(f"/changes{query}").text
    boris = browser_of(cast.boris).get("/changes").text
    assert ">Юг<" in boris
    assert ">Всем<" in boris


def test_who_has_left_keeps_the_name(database: Database, cast: Cast, nina: FlaskClient) -> None:
    with database.transaction() as session:
        make_page_row(session, "Пельмени", cast.boris)
        session.get_one(User, cast.boris.id).deactivated_at = wiki_clock.now()
    assert "Boris" in nina.get("/changes").text


def test_the_list_goes_on_by_key_and_shows_every_change_once(
    database: Database, cast: Cast, nina: FlaskClient, clock: SetClock
) -> None:
    with database.transaction() as session:
        page = make_page_row(session, "Пельмени", cast.vera)
        for n in range(120):
            if n % 30 == 0:
                clock.forward(minutes=1)
            add_revision_row(session, page, cast.vera, "x", reason=f"why-{n}.")
    shown, address = "", "/changes?kind=edit"
    while address:
        text = nina.get(address).text
        shown += text
        after = text.partition('rel="next" href="')[2]
        address = after.partition('"')[0].replace("&amp;", "&")
    assert [shown.count(f"why-{n}.") for n in range(120)] == [1] * 120


def test_a_thousand_changes_cost_as_many_statements_as_ten(
    database: Database, cast: Cast, nina: FlaskClient
) -> None:
    counts = []
    for size in (10, 990):
        with database.transaction() as session:
            page = make_page_row(session, f"Страница {size}", cast.vera)
            for _n in range(size):
                add_revision_row(session, page, cast.vera, "x")
        nina.get("/changes")
        with counting(database) as sent:
            nina.get("/changes?only=watched&since=2020-01-01")
            nina.get("/changes")
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 16
