"""Programs push deals: by identity, exactly, as often and in whatever order they like."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.kinds import SourceKind
from dossiers.deals.matching.deciding import decide, is_one_of_ours
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.models import Deal, DealChange, DealContact, DealLine, DealSource, DealStage
from tests.conftest import Cast, SetClock
from tests.counting import counting
from tests.dossiers.deals.matching.making import company, company_that_waits
from tests.factories.deals import make_source
from tests.factories.dossiers import make_client
from wiki.accounts.actor import Actor
from wiki.accounts.services.api_tokens import create_token
from wiki.database import Database
from wiki.history.models import HistoryEntry

Browser = Callable[[Actor | None], FlaskClient]
pytestmark = pytest.mark.usefixtures("clock")

WHOLE = {
    "external_id": "D1",
    "title": "Line 4",
    "amount": "1200.10",
    "currency": "EUR",
    "pipeline": "Sales",
    "stage": "Offer",
    "kind": "open",
    "probability": "40",
    "probability_scale": "0-1",
    "began_on": "2026-01-05",
    "planned_on": "2026-05-05",
    "owner": {"name": "Anna K.", "email": "anna@crm.example"},
    "company": {"external_id": "7", "name": "Camomile", "tax_number": "7707083893"},
    "contacts": [{"name": "Ivan", "email": "ivan@camomile.example", "role": "buyer"}],
    "lines": [{"name": "GTX Pro", "list_price": "600", "price": "600.05", "quantity": "2"}],
    "stages": [{"stage": "Offer", "at": "2026-01-05T09:00:00+03:00"}],
    "updated_at": "2026-02-01T12:00:00Z",
    "raw": {"Id": 17, "Тема": "Линия"},
}


def pushed(browser: FlaskClient, *deals: Any, source: Any = "CRM") -> Any:
    answer = browser.post("/api/deals/bulk", json={"source": source, "deals": list(deals)})
    assert answer.status_code == 200, answer.text
    return answer.json


def the_deal(session: Session, external_id: str = "D1") -> Deal:
    return session.scalars(select(Deal).where(Deal.external_id == external_id)).one()


def test_a_deal_is_created_changed_and_else_left_as_it_is(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)
    first = browser.post("/api/deals", json={"source": "CRM", "deal": WHOLE})
    assert (first.status_code, first.json["result"]) == (201, "created")
    again = browser.post("/api/deals", json={"source": "CRM", "deal": WHOLE})
    assert (again.status_code, again.json["result"]) == (200, "same")
    newer = {"external_id": "D1", "amount": None, "updated_at": "2026-02-02T12:00:00Z"}
    changed = browser.post("/api/deals", json={"source": "CRM", "deal": newer})
    assert changed.json == {
        "external_id": "D1",
        "result": "changed",
        "id": first.json["id"],
        "error": None,
    }
    with database.reading() as session:
        deal = the_deal(session)
        assert (deal.amount, deal.title, deal.probability) == (None, "Line 4", Decimal(40))
        (entry, *_rest) = session.scalars(
            select(HistoryEntry).where(HistoryEntry.action == "push deals")
        ).all()
        assert entry.actor_id == cast.anna.id


def test_what_was_pushed_is_read_back_exactly(cast: Cast, browser_of: Browser) -> None:
    browser = browser_of(cast.anna)
    ident = browser.post("/api/deals", json={"source": "CRM", "deal": WHOLE}).json["id"]
    whole = browser.get(f"/api/deals/{ident}").json
    assert whole["amount"] == "1200.1"
    assert whole["lines"] == [
        {"name": "GTX Pro", "page": None, "list_price": "600", "price": "600.05", "quantity": "2"}
    ]
    assert whole["contacts"][0]["role"] == "buyer"
    assert whole["stages"][0]["origin"] == "source"
    assert whole["raw"] == WHOLE["raw"]
    (line,) = browser.get("/api/deals?source=CRM&external_id=D1").json["deals"]
    assert {name: whole[name] for name in line} == line


def test_zero_empty_and_not_said_are_three_things(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)
    pushed(browser, {"external_id": "D1", "amount": "0"}, {"external_id": "D2", "amount": "5"})
    pushed(browser, {"external_id": "D1"}, {"external_id": "D2", "amount": None})
    with database.reading() as session:
        assert the_deal(session, "D1").amount == Decimal(0)
        assert the_deal(session, "D2").amount is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"amount": 10.5}, "amount must be a text such as"),
        ({"amount": 10}, "amount must be a text such as"),
        ({"amount": "1e5"}, "amount must be a text such as"),
        ({"amount": "NaN"}, "amount must be a text such as"),
        ({"amount": "0.00001"}, "amount must be a text such as"),
        ({"amount": "1" * 15}, "amount must be a text such as"),
        ({"amount": "١٢"}, "amount must be a text such as"),
        ({"amount": True}, "amount must be a text such as"),
        ({"lines": [{"name": "X", "price": 0.1}]}, "lines.0.price must be a text such as"),
        ({"raw": {"price": [{"x": 0.1}]}}, "raw holds a number with a point"),
        ({"raw": {"x": "y" * 20_001}}, "raw is longer than"),
        ({"raw": {"x": "\ud800"}}, "raw has letters that cannot be kept"),
        ({"raw": {"x": "\x00"}}, "raw has letters that cannot be kept"),
        ({"raw": "text"}, "raw"),
        ({"probability": "101"}, "probability is in percent"),
        ({"currency": "euro"}, "currency must be the three capital letters"),
        ({"kind": "Won"}, "kind must be open, won or lost"),
        ({"closed_on": "31.12.2025"}, "closed_on must be a day"),
        ({"closed_on": 1_700_000_000}, "closed_on must be a day"),
        ({"closed_on": "2026-02-30"}, "closed_on must be a day"),
        ({"closed_on": "0001-01-01"}, "closed_on lies before 1900"),
        ({"updated_at": "2026-02-01T12:00:00"}, "updated_at must be a moment with its time zone"),
        ({"updated_at": "2199-02-01T12:00:00Z"}, "updated_at lies in the future"),
        ({"title": "x" * 251}, "title has more than 250 characters"),
        ({"title": 5}, "title must be a text"),
        ({"company": {"tax_number": "1"}}, "company needs a name or an external_id"),
        ({"owner": {}}, "owner needs a name or an external_id"),
        ({"owner": "Anna"}, "owner"),
        ({"lines": [{"name": " "}]}, "lines.0 needs a name"),
        ({"lines": [{}]}, "lines.0.name is missing"),
        ({"contacts": [{}] * 101}, "contacts has more than 100 entries"),
        ({"Amount": "5"}, "There is no field Amount"),
        ({"external_id": ""}, "external_id is empty"),
        ({"external_id": None}, "external_id must be a text"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence_and_the_good_ones_are_written(
    database: Database, cast: Cast, browser_of: Browser, wrong: dict[str, Any], sentence: str
) -> None:
    body = {"source": "CRM", "deals": [{"external_id": "bad", **wrong}, {"external_id": "good"}]}
    answer = browser_of(cast.anna).post(
        "/api/deals/bulk", data=json.dumps(body), content_type="application/json"
    )
    bad, good = answer.json["results"]
    assert bad["result"] == "refused"
    assert sentence in bad["error"]
    assert "not written" in bad["error"]
    assert good["result"] == "created"
    with database.reading() as session:
        assert session.scalars(select(Deal.external_id)).all() == ["good"]
    alone = browser_of(cast.anna).post(
        "/api/deals",
        data=json.dumps({"source": "CRM", "deal": body["deals"][0]}),
        content_type="application/json",
    )
    assert (alone.status_code, alone.json["error"]) == (422, bad["error"])


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "x",
        {"deals": []},
        {"source": "CRM"},
        {"source": "", "deals": []},
        {"source": 5, "deals": []},
        {"source": "x" * 101, "deals": []},
        {"source": "CRM", "deals": {}},
        {"source": "CRM", "deals": [], "more": 1},
        {"source": "CRM", "deals": [{"external_id": "D"}] * 1001},
    ],
)
def test_another_request_is_refused_whole(
    database: Database, cast: Cast, browser_of: Browser, body: Any
) -> None:
    answer = browser_of(cast.anna).post("/api/deals/bulk", json=body)
    assert answer.status_code == 422
    assert "Nothing was written" in answer.json["error"]
    with database.reading() as session:
        assert not session.scalars(select(Deal)).all()


def test_odd_members_of_the_list_are_refused_one_by_one(cast: Cast, browser_of: Browser) -> None:
    answer = pushed(browser_of(cast.anna), None, 5, "x", [], {}, {"external_id": "D1"})
    assert (answer["refused"], answer["created"]) == (5, 1)


def test_a_source_that_is_fetched_takes_no_pushes(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    with database.transaction() as session:
        make_source(session, "Tryton", SourceKind.TRYTON)
    answer = browser_of(cast.anna).post(
        "/api/deals/bulk", json={"source": "Tryton", "deals": [{"external_id": "D1"}]}
    )
    assert answer.status_code == 422
    assert "fetched by a connector" in answer.json["error"]


def test_a_token_of_a_manager_pushes_and_one_of_a_newcomer_does_not(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    body = {"source": "CRM", "deals": [{"external_id": "D1"}]}
    for person, status in ((cast.anna, 200), (cast.nina, 403)):
        with database.transaction() as session:
            _token, secret = create_token(session, person, person.id, "CRM")
        headers = {"Authorization": f"Bearer {secret}"}
        answer = browser_of(None).post("/api/deals/bulk", json=body, headers=headers)
        assert answer.status_code == status
    assert browser_of(None).post("/api/deals/bulk", json=body).status_code in (302, 401)


def hidden(database: Database, cast: Cast) -> int:
    """A deal S1 of a restricted client of Anna's team."""
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Secret", restricted=True)
        source = make_source(session)
        ident = company_that_waits(session, "Camomile", source)
        decide(session, cast.anna, Kind.COMPANY, ident, is_one_of_ours(client.id))
        deal = session.scalars(select(Deal)).one()
        deal.external_id, deal.amount = "S1", Decimal(1000)
        return deal.id


def test_a_deal_of_a_restricted_client_is_absent_and_its_values_cannot_be_guessed(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    ident = hidden(database, cast)
    his, hers = browser_of(cast.boris), browser_of(cast.anna)
    assert his.get(f"/api/deals/{ident}").status_code == 404
    assert his.get("/api/deals").json["deals"] == []
    assert hers.get(f"/api/deals/{ident}").json["amount"] == "1000"
    assert len(hers.get("/api/deals").json["deals"]) == 1
    guess = {"external_id": "S1", "amount": "1000", "updated_at": "2026-01-01T00:00:00Z"}
    for deal in (guess, {**guess, "amount": "5"}, {"external_id": "S1"}):
        (answer,) = pushed(his, deal)["results"]
        assert answer == {"external_id": "S1", "result": "created", "id": None, "error": None}


def test_a_deal_is_not_taken_from_a_client_that_one_may_not_see(
    database: Database, cast: Cast, browser_of: Browser, clock: SetClock
) -> None:
    ident = hidden(database, cast)
    his = browser_of(cast.boris)
    for named in (None, {"name": "Other"}):
        clock.forward(minutes=1)
        pushed(his, {"external_id": "S1", "company": named, "title": "Changed"})
        assert his.get(f"/api/deals/{ident}").status_code == 404
    with database.reading() as session:
        assert the_deal(session, "S1").client_id is not None
    hers = browser_of(cast.anna)
    assert hers.get(f"/api/deals/{ident}").json["title"] == "Changed"
    clock.forward(minutes=1)
    pushed(hers, {"external_id": "S1", "company": None})
    assert his.get(f"/api/deals/{ident}").status_code == 200


def test_the_list_goes_on_where_it_ended(cast: Cast, browser_of: Browser) -> None:
    browser = browser_of(cast.anna)
    pushed(browser, *({"external_id": f"D{n}", "kind": "won"} for n in range(5)))
    pushed(browser, {"external_id": "L1", "kind": "lost"})
    found, after = [], ""
    while after is not None:
        part = browser.get(f"/api/deals?kind=won&limit=2&after={after}" if after else
                           "/api/deals?kind=won&limit=2").json  # fmt: skip
        found += [deal["external_id"] for deal in part["deals"]]
        after = part["next"]
    assert found == [f"D{n}" for n in range(5)]
    late = "/api/deals?changed_since=2199-01-01T00:00:00%2B00:00"
    assert browser.get(late).json["deals"] == []
    assert browser.get("/api/deals?changed_since=2026-01-01T00:00:00").status_code == 422
    assert browser.get("/api/deals?limit=0").status_code == 422


def test_decisions_are_made_and_taken_back_by_programs(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka North").id
    pushed(browser, {"external_id": "D1", "company": {"name": "OOO Romashka North"}})
    (line,) = browser.get("/api/deals/queue").json["lines"]
    assert [(one["target"], one["exact"]) for one in line["suggestions"]] == [(client, True)]
    address = f"/api/deals/queue/companies/{line['id']}"
    assert browser.post(address, json={"target": client, "nobody": True}).status_code == 422
    made = browser.post(address, json={"target": client}).json
    assert (made["target"], made["deals"]) == (client, 1)
    assert browser.post(address, json={"nobody": True}).status_code == 409
    (known,) = browser.get("/api/deals/queue?state=decided").json["lines"]
    assert (known["target_name"], known["matched"]) == ("Romashka North", "person")
    assert browser.post(f"{address}/back").json["target"] is None
    otherwise = {"nobody": True, "only_if_waiting": False}
    assert browser.post(address, json=otherwise).json["nobody"] is True
    deal = browser.get("/api/deals").json["deals"][0]
    given = browser.post(f"/api/deals/{deal['id']}/client", json={"client": client}).json
    assert (given["client"], given["pinned"]) == (client, True)
    assert browser.post(f"/api/deals/{deal['id']}/client", json={"client": None}).json == {
        "id": deal["id"],
        "client": None,
        "pinned": False,
        "change": given["change"] + 1,
    }


def test_a_company_of_an_unseen_client_is_not_decided_by_a_program(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    hidden(database, cast)
    with database.reading() as session:
        ident = company(session, "Camomile").id
    browser = browser_of(cast.boris)
    values = {"nobody": True, "only_if_waiting": False}
    assert browser.post(f"/api/deals/queue/companies/{ident}", json=values).status_code == 404
    assert browser.post(f"/api/deals/queue/companies/{ident}/back").status_code == 404
    assert browser.get("/api/deals/queue?state=decided").json["lines"] == []


def test_every_address_is_described(cast: Cast, browser_of: Browser) -> None:
    described = browser_of(cast.anna).get("/api/openapi.json").json
    for path in ("/api/deals", "/api/deals/bulk", "/api/deals/{deal_id}", "/api/deals/queue"):
        assert path in described["paths"]
    shapes = described["components"]["schemas"]
    amount = shapes["DealIn"]["properties"]["amount"]["anyOf"]
    assert {"type": "string"}.items() <= amount[0].items()
    assert "number" not in json.dumps(amount)


def test_a_thousand_deals_take_as_many_statements_as_hundred_more(
    database: Database, cast: Cast, browser_of: Browser
) -> None:
    browser = browser_of(cast.anna)

    def statements(numbers: range) -> int:
        with counting(database) as sent:
            pushed(browser, *({**WHOLE, "external_id": f"D{n}"} for n in numbers))
        return len(sent)

    pushed(browser, WHOLE)
    assert statements(range(10, 12)) == statements(range(20, 320))


NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["", "Line 4", None]),
        "amount": st.sampled_from([None, "0", "9.99", "10", 9.99]),
        "stage": st.sampled_from(["Offer", "Won"]),
        "closed_on": st.sampled_from([None, "2026-01-05", "never"]),
        "company": st.sampled_from([None, {"name": "Romashka"}, {"external_id": "7"}]),
        "owner": st.sampled_from([None, {"name": "Anna"}]),
        "lines": st.lists(st.sampled_from([{"name": "A"}, {"name": "B", "price": "2.5"}])),
        "contacts": st.lists(st.sampled_from([{"name": "Ivan"}, {"email": "x@y.example"}])),
        "raw": st.dictionaries(st.sampled_from("xy"), st.integers(0, 1)),
    },
)
DEALS = st.lists(
    st.builds(
        lambda ident, hours, said: {
            "external_id": ident,
            "updated_at": (NOON + timedelta(hours=hours)).isoformat(),
            **said,
        },
        st.sampled_from(["D1", "D2", "D3"]),
        st.integers(0, 4),
        FIELDS,
    ),
    max_size=10,
)
_names = count()


def shown(database: Database, source: str) -> Any:
    """Everything that can be seen of the deals of a source."""
    with database.reading() as session:
        ident = session.scalar(select(DealSource.id).where(DealSource.name == source))
        return [
            (
                *(deal.external_id, deal.title, deal.amount, deal.stage, deal.closed_on),
                *(deal.raw, deal.updated_there, deal.company_id is None, deal.owner_id is None),
                [(one.number, one.price) for one in _of(session, DealLine, deal)],
                [(one.number, one.name, one.email) for one in _of(session, DealContact, deal)],
                sorted((one.stage, one.at) for one in _of(session, DealStage, deal)),
            )
            for deal in session.scalars(
                select(Deal).where(Deal.source_id == ident).order_by(Deal.external_id)
            )
        ]


def _of(session: Session, table: Any, deal: Deal) -> Any:
    return session.scalars(select(table).where(table.deal_id == deal.id)).all()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deals=DEALS, order=st.randoms(use_true_random=False), cut=st.integers(0, 10))
def test_any_order_repeated_and_cut_off_over_http_ends_in_the_same_state(
    database: Database,
    cast: Cast,
    browser_of: Browser,
    clock: SetClock,
    deals: list[dict[str, Any]],
    order: Any,
    cut: int,
) -> None:
    browser = browser_of(cast.anna)
    number, mixed = next(_names), list(deals)
    order.shuffle(mixed)
    one, other = f"one {number}", f"other {number}"
    first = pushed(browser, *deals, source=one)
    pushed(browser, *mixed[:cut], source=other)
    for deal in mixed:
        clock.forward(minutes=1)
        browser.post("/api/deals", json={"source": other, "deal": deal})
    assert shown(database, one) == shown(database, other)
    again = pushed(browser, *deals, source=one)
    assert (again["created"], again["changed"], again["refused"]) == (0, 0, first["refused"])
    with database.reading() as session:
        assert not session.scalars(select(DealChange).where(DealChange.at > clock.moment)).all()
