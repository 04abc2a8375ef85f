"""The pages of discounts: the policy is written and tried, grounds are given, figures taken out."""

import csv
import json
import re
from collections.abc import Callable
from decimal import Decimal
from io import StringIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from dossiers.deals.discounts.models import DiscountGround, DiscountPolicy
from dossiers.deals.discounts.policy import WhoKind
from dossiers.deals.record import Line
from tests.conftest import Cast
from tests.counting import counting
from tests.dossiers.deals.discounts.making import deal_of, rule, sold, write_policy
from tests.factories.deals import apply, make_source
from tests.factories.dossiers import make_client
from tests.factories.pages import make_category
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.history.models import HistoryEntry

Browser = Callable[[Actor | None], FlaskClient]
HOSTILE = "<script>alert(1)</script>"
ODD = (
    "kind=x&by=y&buyer=z&state=w",
    "from=never&until=2026-13-01&currency=%00",
    "seller=-99999999999&client=-1&product=--5&contact=x",
    "seller=0&product=-3&ground=%27&page=-7",
    "who=x:y&category=99999999999&amount=1e9&day=x",
    "version=0&with=999999",
)


def typed(base: int, *rules: dict[str, str], **more: str) -> dict[str, str]:
    """A form of the policy that says these rules."""
    rows = {f"rule-{n}-{name}": value for n, row in enumerate(rules) for name, value in row.items()}
    ground = {"ground-0-code": "volume", "ground-0-ru": "Объём", "ground-0-en": "Volume"}
    usual = {"base": str(base), "valid_from": "2026-01-01", "why": "Because"}
    return {**rows, **ground, **usual, **more}


def policies(database: Database) -> list[DiscountPolicy]:
    with database.reading() as session:
        return list(session.scalars(select(DiscountPolicy).order_by(DiscountPolicy.number)))


def test_a_director_writes_the_policy_and_everybody_reads_it(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    form = typed(0, {"who": "everybody", "percent": "12,5 %"}, valid_from="2026-12-01")
    assert browser_of(cast.vera).post("/deals/policy/new", data=form).status_code == 302
    [one] = policies(database)
    assert (one.number, one.why, one.saved_by) == (1, "Because", cast.vera.id)
    page = browser_of(cast.nina).get("/deals/policy").get_data(as_text=True)
    assert "12.5\u00a0%" in page
    assert "Write a new version" not in page
    for actor in (cast.nina, cast.anna):
        browser = browser_of(actor)
        assert browser.get("/deals/policy/new").status_code == 403
        assert browser.post("/deals/policy/new", data=form).status_code == 403
    assert len(policies(database)) == 1


def test_gaps_and_contradictions_are_said_before_the_policy_is_saved(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    rows = [{"who": "role:manager", "percent": "5"}, {"who": "role:manager", "percent": "7"}]
    browser, form = browser_of(cast.vera), typed(0, *rows)
    page = browser.post("/deals/policy/new", data=form).get_data(as_text=True)
    assert "Two rules contradict" in page
    assert "No rule is for directors" in page
    assert policies(database) == []
    said = re.search(r'name="said" value="([^"]*)"', page)
    assert said is not None
    again = browser.post("/deals/policy/new", data={**form, "said": said[1]})
    assert again.status_code == 302
    assert len(policies(database)) == 1


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"who": "everybody", "percent": "101"}, "0 to 100"),
        ({"who": "everybody", "percent": "much"}, "is a number"),
        ({"who": "everybody", "percent": "1", "amount": "5"}, "needs its currency"),
        ({"who": "team:77", "percent": "1"}, "Choose whom"),
        ({"who": "nobody", "percent": "1"}, "Choose whom"),
        ({"who": "everybody", "percent": "1", "category": "77"}, "no such category"),
        (
            {"who": "everybody", "percent": "1", "since": "2026-02-02", "until": "2026-01-01"},
            "before the first",
        ),
    ],
)
def test_a_rule_that_cannot_be_meant_is_named_and_all_that_was_typed_stays(
    browser_of: Browser, database: Database, cast: Cast, row: dict[str, str], sentence: str
) -> None:
    good = {"who": "everybody", "percent": "3"}
    form = typed(0, good, row, why=HOSTILE)
    answer = browser_of(cast.vera).post("/deals/policy/new", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page
    assert "Rule 2:" in page
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    assert policies(database) == []


def test_of_two_directors_at_once_the_second_is_told(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    form = typed(0, {"who": "everybody", "percent": "3"}, valid_from="2026-12-01")
    assert browser_of(cast.vera).post("/deals/policy/new", data=form).status_code == 302
    answer = browser_of(cast.adam).post("/deals/policy/new", data=form)
    assert answer.status_code in (200, 409)
    assert len(policies(database)) == 1


def test_the_policy_is_tried_out_and_versions_are_compared(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        shelf = make_category(session, "Pelmeni").id
        write_policy(session, cast.vera, [rule("3"), rule("4", WhoKind.ROLE, "director")])
        large = {"currency": "RUB", "amount_from": Decimal(1_000_000)}
        rules = [rule("5"), rule("9", WhoKind.ROLE, "manager", category_id=shelf, **large)]
        write_policy(session, cast.vera, rules)
    browser = browser_of(cast.nina)
    asked = f"who=colleague:{cast.anna.id}&category={shelf}&amount=2+mln&currency=RUB"
    assert "Up to 9\u00a0%" in browser.get(f"/deals/policy?{asked}").get_data(as_text=True)
    asked = f"who=colleague:{cast.anna.id}&category={shelf}&amount=2000&currency=RUB"
    assert "Up to 5\u00a0%" in browser.get(f"/deals/policy?{asked}").get_data(as_text=True)
    page = browser.get("/deals/policy?version=2&with=1").get_data(as_text=True)
    for what in ("policy-changed", "policy-added", "policy-removed"):
        assert what in page


def outside(database: Database, cast: Cast, **more: object) -> int:
    with database.transaction() as session:
        make_client(session, cast.anna, "Romashka", **more)  # type: ignore[arg-type]
        write_policy(session, cast.vera, [rule("10"), rule("60", WhoKind.ROLE, "director")])
        deal = sold("D", 50, client="Romashka", owner="Anna", title=HOSTILE, product=HOSTILE)
        apply(session, make_source(session), deal)
        return deal_of(session, "D").id


def test_a_ground_is_given_on_the_page_of_the_deal(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    ident = outside(database, cast)
    anna, here = browser_of(cast.anna), f"/deals/{ident}"
    before = anna.get(here).get_data(as_text=True)
    assert "no ground" in before
    assert HOSTILE not in before
    form = {"ground": "volume", "asked_by": HOSTILE, "words": HOSTILE, "approved_by": cast.boris.id}
    page = anna.post(f"{here}/ground", data=form, follow_redirects=True).get_data(as_text=True)
    assert "Boris may give up to 10\u00a0% here" in page
    assert HOSTILE not in page
    assert page.count("&lt;script&gt;") >= 3
    seen = browser_of(cast.nina).get(here).get_data(as_text=True)
    assert "Volume" in seen
    assert f"{here}/ground" not in seen
    anna.post(f"{here}/ground/withdraw")
    assert "no ground" in anna.get(here).get_data(as_text=True)


def test_what_was_typed_stays_when_a_ground_is_refused(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    ident = outside(database, cast)
    form = {"ground": "", "words": "A long story"}
    answer = browser_of(cast.anna).post(f"/deals/{ident}/ground", data=form)
    assert answer.status_code == 422
    assert "A long story" in answer.get_data(as_text=True)
    with database.reading() as session:
        assert session.scalars(select(DiscountGround)).all() == []


def test_a_ground_of_an_unseen_deal_is_as_absent_as_the_deal(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    ident = outside(database, cast, restricted=True)
    form = {"ground": "volume"}
    assert browser_of(cast.boris).post(f"/deals/{ident}/ground", data=form).status_code == 404
    assert browser_of(cast.anna).post(f"/deals/{ident}/ground", data=form).status_code == 302


def test_the_report_the_file_and_the_api_say_the_same(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    outside(database, cast)
    with database.transaction() as session:
        make_client(session, cast.anna, "=1+1")
        lines = (Line("A", list_price=Decimal(200)),)
        apply(session, make_source(session, "other"), sold("E", 100, client="=1+1", lines=lines))
    vera = browser_of(cast.vera)
    said = json.loads(vera.get("/api/deals/discounts?by=client").data)
    groups = {one["label"]: one["given_away"] for one in said["groups"]}
    assert groups == {"Romashka": "50", "=1+1": "100"}
    assert (said["whole"]["given_away"], said["whole"]["list_total"]) == ("150", "300")
    rows = list(csv.DictReader(StringIO(vera.get("/deals/discounts.csv?by=client").text[1:])))
    assert [row["name"] for row in rows] == ["'=1+1", "Romashka", ""]
    assert [row["given_away"] for row in rows] == ["100", "50", "150"]
    page = vera.get("/deals/discounts?by=client").get_data(as_text=True)
    assert "Romashka" in page
    for by in ("manager", "product", "ground", "month"):
        assert vera.get(f"/deals/discounts?by={by}&buyer=contact").status_code == 200
        assert vera.get(f"/deals/discounts.csv?by={by}").status_code == 200
    with database.reading() as session:
        told = select(HistoryEntry).where(HistoryEntry.action == "export discounts.csv")
        assert len(session.scalars(told).all()) == 5


def test_managers_have_their_own_and_newcomers_none(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    outside(database, cast)
    assert browser_of(cast.nina).get("/deals/discounts").status_code == 403
    for actor, deals in ((cast.anna, 1), (cast.boris, 0), (cast.vera, 1)):
        said = json.loads(browser_of(actor).get("/api/deals/discounts").data)
        assert said["whole"]["deals"] == deals
        page = browser_of(actor).get("/deals/discounts/list").get_data(as_text=True)
        assert ("&lt;script&gt;" in page) is bool(deals)
        assert HOSTILE not in page


def test_odd_addresses_are_answered_plainly(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    outside(database, cast)
    browser = browser_of(cast.vera)
    for place in ("/deals/discounts", "/deals/discounts/list", "/deals/discounts.csv"):
        for odd in ODD:
            assert browser.get(f"{place}?{odd}").status_code == 200, (place, odd)
    for odd in ODD:
        assert browser.get(f"/deals/policy?{odd}").status_code in (200, 404), odd
        assert browser.get(f"/api/deals/discounts?{odd}").status_code in (200, 422), odd


def test_pages_cost_no_more_statements_for_more_deals(
    browser_of: Browser, database: Database, cast: Cast
) -> None:
    first, browser = outside(database, cast), browser_of(cast.vera)
    places = (f"/deals/{first}", "/deals/discounts", "/deals/discounts/list", "/deals/policy")
    taken = []
    for count in (4, 40):
        with database.transaction() as session:
            source = make_source(session, f"more {count}")
            lines = tuple(Line(f"P{n}", list_price=Decimal(9)) for n in range(3))
            apply(
                session,
                source,
                *(sold(f"{count} {n}", 5, client="Romashka", lines=lines) for n in range(count)),
            )
            write_policy(session, cast.vera, [rule("10"), rule("60", WhoKind.ROLE, "director")])
        for place in places:
            assert browser.get(place).status_code == 200
            with counting(database) as sent:
                browser.get(place)
            taken.append(len(sent))
    assert taken[: len(places)] == taken[len(places) :]
