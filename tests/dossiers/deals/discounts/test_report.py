"""The report on discounts: exact by groups, blind for what one may not see."""

import math
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.deals.discounts.asking import question_in
from dossiers.deals.discounts.columns import Buyer, By, Wanted
from dossiers.deals.discounts.grounds import GroundSaid, give_ground
from dossiers.deals.discounts.listed import ListWanted, State, list_visible_to
from dossiers.deals.discounts.measures import COLUMNS, Facts, Groups, measures_of
from dossiers.deals.discounts.pairs import pairs_of
from dossiers.deals.discounts.report import Report, report_visible_to, steps_of
from dossiers.deals.kinds import DealKind
from dossiers.deals.record import Contact, Line
from tests.conftest import Cast
from tests.counting import counting
from tests.dossiers.deals.discounts.making import CLOSED, deal_of, rule, sold, write_policy
from tests.factories.deals import apply, make_source
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.database import Database

LARGEST = 10**18 - 1
ROW = st.tuples(
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(24_000, 24_040),
    st.integers(1, LARGEST),
    st.integers(0, LARGEST),
    st.integers(-(10**7), 10**6),
    st.integers(0, 1),
)
ROWS = st.lists(ROW, max_size=30)


def facts_in(rows: list[tuple[int, ...]]) -> Facts:
    whole = [(owner, client, 0, *rest) for owner, client, *rest in rows]
    columns = np.array(whole, dtype=np.int64).reshape(-1, len(COLUMNS)).T
    return Facts(*columns)


@given(ROWS)
def test_measures_are_those_of_a_slow_and_plain_count(rows: list[tuple[int, ...]]) -> None:
    facts = facts_in(rows)
    slow = defaultdict(list)
    for row in rows:
        slow[row[0]].append(row)
    found = Groups(facts, facts.owner).all()
    assert found.keys() == slow.keys()
    for key, mine in slow.items():
        one, discounts = found[key], sorted(row[5] for row in mine)
        assert (one.deals, one.outside) == (len(mine), sum(row[6] for row in mine))
        assert one.total * 10_000 == sum(row[3] for row in mine)
        assert one.away * 10_000 == sum(row[3] - row[4] for row in mine)
        middle = Fraction(discounts[(len(mine) - 1) // 2] + discounts[len(mine) // 2], 2)
        assert one.median is not None
        assert abs(Fraction(one.median) * 10_000 - middle) <= Fraction(1, 2)
        assert one.high is not None
        assert one.high * 10_000 == discounts[math.ceil(len(mine) * 9 / 10) - 1]
    assert measures_of(facts).deals == len(rows)


@given(ROWS)
def test_steps_hold_every_deal_once_and_leave_no_time_out(rows: list[tuple[int, ...]]) -> None:
    steps = steps_of(facts_in(rows))
    assert sum(step.measures.deals for step in steps) == len(rows)
    for before, after in pairwise(steps):
        assert (after.first - before.last).days == 1


@given(ROWS)
def test_pairs_are_measured_against_all_other_deals(rows: list[tuple[int, ...]]) -> None:
    facts = facts_in(rows)
    for pair in pairs_of(facts, facts.owner, facts.client):
        mine = [row for row in rows if row[:2] == (pair.seller, pair.buyer)]
        others = [row for row in rows if row[:2] != (pair.seller, pair.buyer)]
        rate = Fraction(sum(r[3] - r[4] for r in others), sum(r[3] for r in others))
        expected = rate * sum(row[3] for row in mine) / 10_000
        assert pair.deals == len(mine) >= 3
        assert pair.expected_away is not None
        assert abs(Fraction(pair.expected_away) - expected) <= Fraction(1, 20_000)
        assert pair.excess > 0


def shown(report: Report) -> dict[str, tuple[int, Decimal, int]]:
    return {
        group.name: (group.measures.deals, group.measures.away, group.measures.outside)
        for group in report.groups
    }


def fill(session: Session, cast: Cast) -> None:
    """Deals of three clients, one of which only the team of anna sees."""
    for name, restricted in (("Romashka", False), ("Vasilek", False), ("Secret", True)):
        make_client(session, cast.anna, name, restricted=restricted)
    write_policy(session, cast.vera, [rule("10")])
    deals = [
        sold("r1", 90, owner="Anna", client="Romashka"),
        sold("r2", 70, owner="Boris", client="Romashka", lines=_two()),
        sold("v1", 80, owner="Boris", client="Vasilek", product="MG Advanced"),
        sold("s1", 10, owner="Boris", client="Secret"),
        sold("lost", 5, owner="Boris", client="Vasilek", kind=DealKind.LOST),
        sold("dollars", 5, owner="Boris", client="Vasilek", currency="USD"),
        sold("unknown", 5, None, owner="Boris", client="Vasilek"),
    ]
    apply(session, make_source(session), *deals)


def _two() -> tuple[Line, ...]:
    return (Line("GTX Pro", list_price=Decimal(60)), Line("MG Advanced", list_price=Decimal(40)))


def report(session: Session, actor: Actor, by: By, **wanted: object) -> Report:
    return report_visible_to(session, actor, Wanted(**wanted), by)  # type: ignore[arg-type]


def test_what_one_may_not_see_changes_no_figure(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        fill(session, cast)
        found = {
            actor.name: shown(report(session, actor, By.CLIENT, currency="RUB"))
            for actor in (cast.vera, cast.anna, cast.boris)
        }
        open_ones = {"Romashka": (2, Decimal(40), 1), "Vasilek": (1, Decimal(20), 1)}
        secret = {"Secret": (1, Decimal(90), 1)}
        assert found["Vera"] == found["Anna"] == open_ones | secret
        assert found["Boris"] == open_ones
        for by in By:
            one = report(session, cast.boris, by, currency="RUB")
            assert (one.whole.deals, one.whole.away, one.unknown) == (3, 60, 1)
            assert "Secret" not in str(one)


def test_deals_are_put_together_by_manager_product_and_ground(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        fill(session, cast)
        give_ground(session, cast.anna, deal_of(session, "r2").id, GroundSaid("volume"))
        vera = cast.vera
        by = {one: shown(report(session, vera, one, currency="RUB")) for one in By}
        assert by[By.MANAGER] == {"Anna": (1, 10, 0), "Boris": (3, 140, 3)}
        assert by[By.PRODUCT] == {"GTX Pro": (3, 130, 2), "MG Advanced": (2, 50, 2)}
        assert by[By.GROUND]["Volume"] == (1, 30, 1)
        keys = {g.key: g.measures.deals for g in report(session, vera, By.GROUND).groups}
        assert keys == {-1: 2, 0: 1, 1: 1}


def test_currencies_are_never_added(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        fill(session, cast)
        usual = report(session, cast.vera, By.CLIENT)
        assert (usual.wanted.currency, dict(usual.currencies)) == ("RUB", {"RUB": 5, "USD": 1})
        dollars = report(session, cast.vera, By.CLIENT, currency="USD")
        assert (dollars.whole.deals, dollars.whole.away) == (1, 95)


def test_what_was_given_for_a_deal_without_amount_are_its_prices(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        line = Line("A", list_price=Decimal(3), price=Decimal("2.3333"), quantity=Decimal("0.7"))
        apply(session, make_source(session), sold("D", None, lines=(line,)), sold("E", 50))
        found = report(session, cast.vera, By.MANAGER).whole
        assert (found.deals, found.total) == (2, Decimal("102.1"))
        assert found.given == Decimal("51.6333")


def test_sums_larger_than_a_machine_number_are_exact(database: Database, cast: Cast) -> None:
    huge = Decimal("99999999999999.9999")
    with database.transaction() as session:
        apply(session, make_source(session), *(sold(str(n), 1, huge) for n in range(20)))
        assert report(session, cast.vera, By.MANAGER).whole.total == huge * 20


def test_a_manager_asks_of_the_own_deals_only(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        fill(session, cast)
        for actor, deals in ((cast.anna, 1), (cast.vera, 4)):
            asked = question_in(actor, {"only": "", "seller": "", "currency": "RUB"})
            found = report_visible_to(session, actor, asked.wanted, asked.by)
            assert found.whole.deals == deals


def test_repeated_pairs_are_found_by_client_and_by_person(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        for name in ("Romashka", "Vasilek"):
            make_client(session, cast.anna, name)
        deals = [sold(f"r{n}", 60, owner="Boris", client="Romashka") for n in range(3)]
        deals += [sold(f"v{n}", 95, owner="Anna", client="Vasilek") for n in range(4)]
        deals.append(sold("c", 60, contacts=(Contact(name="Olga"),)))
        apply(session, make_source(session), *deals)
        [pair] = report(session, cast.vera, By.MANAGER).pairs
        assert (pair.seller, pair.buyer, pair.pair.deals) == ("Boris", "Romashka", 3)
        assert (pair.pair.away, pair.pair.expected_away) == (120, 15)
        by_person = report_visible_to(session, cast.vera, Wanted(), buyer=Buyer.CONTACT)
        assert by_person.pairs == []


def test_merged_clients_are_one(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        fill(session, cast)
        kept, lost = (
            session.get_one(Client, deal_of(session, one).client_id) for one in ("r1", "v1")
        )
        lost.merged_into_id = kept.id
        session.flush()
        found = shown(report(session, cast.boris, By.CLIENT, currency="RUB"))
        assert found == {"Romashka": (3, Decimal(60), 2)}


def test_the_list_has_what_lacks_a_ground_or_an_approval(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        fill(session, cast)
        give_ground(session, cast.anna, deal_of(session, "r2").id, GroundSaid("volume"))

        def of(actor: Actor, state: State, **wanted: object) -> list[str]:
            asked = ListWanted(Wanted(**wanted), state)  # type: ignore[arg-type]
            return sorted(row.name for row in list_visible_to(session, actor, asked, 1).rows)

        assert of(cast.vera, State.WITHOUT) == ["dollars", "lost", "s1", "v1"]
        assert of(cast.boris, State.WITHOUT) == ["dollars", "lost", "v1"]
        assert of(cast.boris, State.WITHOUT, mine=True) == ["dollars", "lost", "v1"]
        assert of(cast.anna, State.WITHOUT, mine=True) == []
        assert of(cast.vera, State.UNAPPROVED) == ["dollars", "lost", "r2", "s1", "v1"]
        assert of(cast.vera, State.ALL, until=CLOSED) == [
            *("dollars", "lost", "r1", "r2", "s1", "v1")
        ]


def test_more_deals_cost_no_more_statements(database: Database, cast: Cast) -> None:
    taken = []
    with database.transaction() as session:
        source = make_source(session)
        for count in (3, 40):
            for number in range(count):
                name = f"Client {count} {number}"
                make_client(session, cast.anna, name)
                apply(session, source, sold(name, 90, owner=name, client=name, product=name))
            for by in By:
                with counting(database) as sent:
                    report(session, cast.vera, by)
                taken.append((by, len(sent)))
    assert taken[: len(By)] == taken[len(By) :]
    assert max(number for _by, number in taken) <= 10
