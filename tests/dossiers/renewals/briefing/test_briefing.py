"""A briefing shows what matters of a client, to whoever may see it, on two to four pages."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from dossiers.clients.models import Client
from dossiers.facts.asking import Moment
from dossiers.people.chart.queries import chart_of
from dossiers.renewals.briefing.pruning import pruned
from dossiers.renewals.contracts.starting import work_out
from dossiers.renewals.models import Briefing
from tests.counting import counting
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of, seat
from tests.factories.renewals import make_contract, make_interaction, make_promise
from wiki.history.models import HistoryEntry

ENDS = date(2026, 6, 30)


@pytest.fixture
def client_id(database, cast, clock) -> int:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        pen = pen_of(session, cast.anna, client)
        top = seat(pen, "Director", name="Olga Petrova")
        seat(pen, "Buyer", top, "Igor Belov")
        path = make_path(session, cast.anna, client, usual_document({"sign": top}))
        contract = make_contract(
            session, cast.anna, client, ENDS, value=Decimal(5_000_000), currency="RUB",
            path_id=path.path.id,
        )  # fmt: skip
        work_out(session, contract)
        make_promise(session, cast.anna, client, date(2026, 2, 20), "Send the price list")
        make_interaction(session, cast.anna, client, date(2026, 2, 25), "Wants a discount")
        return client.id


def test_the_page_tells_contract_path_promises_and_contacts(browser_of, cast, client_id) -> None:
    page = browser_of(cast.anna).get(f"/clients/{client_id}/briefing").text
    told = ("5,000,000", "30 June 2026", "Send the price list", "Wants a discount", "Olga Petrova")
    assert [one for one in told if one not in page] == []
    assert "To be signed by 30 June 2026, it must begin by" in page


def test_the_pdf_says_the_same_and_each_making_is_in_the_audit_log(
    browser_of, database, cast, client_id
) -> None:
    answer = browser_of(cast.vera).get(f"/clients/{client_id}/briefing.pdf")
    assert answer.status_code == 200, answer.text[:500]
    pages = PdfReader(BytesIO(answer.data)).pages
    text = " ".join(page.extract_text() for page in pages)
    assert 1 <= len(pages) <= 4
    assert "Send the price list" in text
    assert "Olga Petrova" in text
    assert all("Vera" in page.extract_text() for page in pages)
    with database.reading() as session:
        kept = session.scalars(select(Briefing)).one()
        noted = session.scalars(
            select(HistoryEntry.action).where(HistoryEntry.actor_id == cast.vera.id)
        )
        assert (kept.client_id, kept.made_for) == (client_id, cast.vera.id)
        assert "export briefing.pdf" in list(noted)


def test_whoever_does_not_see_the_client_gets_no_briefing(
    browser_of, database, cast, client_id
) -> None:
    with database.transaction() as session:
        hidden = make_client(session, cast.anna, "Hidden", restricted=True).id
    boris = browser_of(cast.boris)
    for page in ("briefing", "briefing.pdf"):
        assert boris.get(f"/clients/{hidden}/{page}").status_code == 404
        assert browser_of(cast.anna).get(f"/clients/{hidden}/{page}").status_code == 200
        assert boris.get(f"/clients/999/{page}").status_code == 404
    with database.reading() as session:
        made = list(session.scalars(select(Briefing.made_for)))
    assert made == [cast.anna.id]


def test_a_contract_of_another_dossier_is_absent(browser_of, database, cast, client_id) -> None:
    with database.transaction() as session:
        other = make_client(session, cast.anna, "Other")
        foreign = make_contract(session, cast.anna, other, ENDS, "K-9").id
    anna = browser_of(cast.anna)
    assert anna.get(f"/clients/{client_id}/briefing?contract={foreign}").status_code == 404
    assert anna.get(f"/clients/{other.id}/briefing?contract={foreign}").status_code == 200


LONG = "<script>alert(1)</script> #panic() " + "Ж" * 150


@pytest.fixture
def hostile_id(database, cast, clock) -> int:
    with database.transaction() as session:
        client = make_client(session, cast.anna, LONG)
        pen = pen_of(session, cast.anna, client)
        tops = [seat(pen, f"{LONG} {n}", name=f"{'Щ' * 80} {n}") for n in range(3)]
        for number in range(200):
            seat(pen, f"{LONG} {number}", tops[number % 3], f"{'Щ' * 80} {number} x")
        make_path(session, cast.anna, client, usual_document({"sign": tops[0]}), LONG[:150])
        make_contract(session, cast.anna, client, ENDS, "Ж" * 90, subject=LONG)
        for number in range(30):
            make_promise(session, cast.anna, client, ENDS, f"{number} {LONG * 2}"[:500])
            make_interaction(session, cast.anna, client, date(2026, 2, 1), LONG)
        return client.id


def test_hostile_texts_stay_texts_on_at_most_four_pages(browser_of, cast, hostile_id) -> None:
    anna = browser_of(cast.anna)
    page = anna.get(f"/clients/{hostile_id}/briefing").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    for language in ("en", "ru"):
        answer = anna.get(f"/clients/{hostile_id}/briefing.pdf?language={language}")
        assert answer.status_code == 200, answer.text[:500]
        assert 2 <= len(PdfReader(BytesIO(answer.data)).pages) <= 4


def test_a_large_chart_keeps_who_signs_and_hangs_them_below_whom_is_drawn(
    database, cast, client_id
) -> None:
    with database.transaction() as session:
        client = session.get_one(Client, client_id)
        pen = pen_of(session, cast.anna, client)
        above = seat(pen, "Above")
        signer = seat(pen, "Signer", seat(pen, "Between", above))
        chart = chart_of(session, client_id, Moment(date(2026, 3, 2)))
    small = pruned(chart, {signer, above}, 2)
    assert set(small.seats) == {signer, above}
    assert small.seats[signer].manager_id == above
    assert pruned(chart, (), 40) is chart


def test_a_briefing_asks_as_much_for_many_rows_as_for_few(
    browser_of, database, cast, client_id
) -> None:
    anna, counts = browser_of(cast.anna), []
    for _turn in range(2):
        with counting(database) as statements:
            assert anna.get(f"/clients/{client_id}/briefing").status_code == 200
        counts.append(len(statements))
        with database.transaction() as session:
            client = session.get_one(Client, client_id)
            pen = pen_of(session, cast.anna, client)
            for number in range(12):
                seat(pen, f"Seat {number}", name=f"Person {number} Name")
                make_promise(session, cast.anna, client, ENDS, f"Promise {number}")
                make_interaction(session, cast.anna, client, date(2026, 2, 1))
                make_contract(session, cast.anna, client, ENDS, f"K-{number + 2}")
    assert counts[0] == counts[1]


def test_contract_and_dossier_lead_to_the_briefing(browser_of, cast, client_id) -> None:
    anna = browser_of(cast.anna)
    here = f"/clients/{client_id}/briefing"
    assert f'href="{here}?contract=1"' in anna.get("/contracts/1").text
    assert f'href="{here}"' in anna.get(f"/clients/{client_id}").text
    assert anna.get(f"{here}?contract=1").status_code == 200
