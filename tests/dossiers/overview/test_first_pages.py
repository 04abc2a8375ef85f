"""The first page of a dossier, and of managers and directors."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.deals.kinds import DealKind
from dossiers.deals.models import Deal, DealSource
from dossiers.interactions.kinds import TopicKind
from dossiers.interactions.models import Topic
from dossiers.renewals.kinds import FollowUpState, RenewalState, ReviewState
from dossiers.renewals.models import FollowUp, Review
from tests.conftest import Cast
from tests.counting import counting
from tests.factories.deals import make_source
from tests.factories.dossiers import make_client
from tests.factories.renewals import make_contract, make_interaction, make_promise
from wiki import clock as wiki_clock
from wiki.accounts.actor import Actor
from wiki.database import Database

Browser = Callable[[Actor | None], FlaskClient]
pytestmark = pytest.mark.usefixtures("clock")
HOSTILE = "<script>alert(1)</script>"


def filled(database: Database, cast: Cast, name: str, restricted: bool = False) -> int:
    """A client with a contact, a promise that is overdue, and a renewal that is late."""
    with database.transaction() as session:
        client = make_client(session, cast.anna, name, restricted)
        make_interaction(session, cast.anna, client, date(2026, 2, 1))
        make_promise(session, cast.anna, client, date(2026, 2, 20), f"Offer {name}")
        make_contract(
            session, cast.anna, client, date(2026, 6, 1), f"N {name}",
            start_by=date(2026, 2, 1), state=RenewalState.AT_RISK,
        )  # fmt: skip
        return client.id


def test_a_dossier_answers_six_questions_in_order(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    page = browser_of(cast.anna).get(f"/clients/{filled(database, cast, HOSTILE)}").text
    titles = ("who", "decisions", "due", "promised", "light", "missing")
    places = [page.index(f'id="{title}-title"') for title in titles]
    assert places == sorted(places)
    assert "&lt;script&gt;" in page
    assert HOSTILE not in page
    assert "February 1, 2026" in page or "1 February 2026" in page


def test_a_director_sees_what_is_late_and_who_has_how_much(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    filled(database, cast, "Romashka")
    page = browser_of(cast.vera).get("/").text
    for title in ("late-title", "at-risk-title", "shares-title", "news-title"):
        assert f'id="{title}"' in page
    assert "N Romashka" in page
    assert 'id="shares-title"' not in browser_of(cast.anna).get("/").text


def test_a_manager_sees_what_is_due_and_a_newcomer_nothing_of_it(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    filled(database, cast, "Romashka")
    page = browser_of(cast.anna).get("/").text
    assert "Offer Romashka" in page
    assert "N Romashka" in page
    assert "Romashka" not in browser_of(cast.nina).get("/").text


def test_a_restricted_client_leaves_no_trace(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    filled(database, cast, "Secretive", restricted=True)
    assert "Secretive" in browser_of(cast.vera).get("/").text
    for address in ("/", "/clients/neglected"):
        assert "Secretive" not in browser_of(cast.boris).get(address).text


@pytest.mark.parametrize("address", ["/", "/clients/neglected"])
def test_the_number_of_statements_does_not_grow(
    cast: Cast, database: Database, browser_of: Browser, address: str
) -> None:
    vera = browser_of(cast.vera)
    filled(database, cast, "A")
    vera.get(address)
    with counting(database) as few:
        vera.get(address)
    for name in "BCDE":
        filled(database, cast, name)
    with counting(database) as many:
        vera.get(address)
    assert len(many) == len(few)


def test_who_was_not_spoken_with_is_listed_until_somebody_does(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    with database.transaction() as session:
        silent = make_client(session, cast.anna, "Silent")
        silent.created_at = silent.created_at.replace(year=2025)
        make_interaction(session, cast.anna, silent, date(2026, 1, 1))
        fresh = make_client(session, cast.anna, "Fresh")
        fresh.created_at = fresh.created_at.replace(year=2025)
        make_interaction(session, cast.anna, fresh, date(2026, 2, 25))
    page = browser_of(cast.vera).get("/clients/neglected").text
    assert "Silent" in page
    assert "Fresh" not in page
    assert "Silent" not in browser_of(cast.anna).get("/clients/neglected").text


def test_what_stood_with_a_merged_client_is_due_in_the_dossier_it_leads_to(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    near, far = (filled(database, cast, name) for name in ("Near", "Far"))
    home = filled(database, cast, "Home")
    with database.transaction() as session:
        for own, here in ((far, near), (near, home)):
            client = session.get(Client, own)
            assert client is not None
            client.merged_into_id = here
    page = browser_of(cast.anna).get("/").text
    assert "Offer Far" in page
    assert f'href="/clients/{home}">Home' in page
    assert f'href="/clients/{far}"' not in page


def test_a_deal_alone_is_neglected_when_every_contact_was_about_another(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        hidden = make_client(session, cast.anna, "Secretive", restricted=True)
        source = make_source(session)
        deals = [_deal(session, source, client, title) for title in ("Spoken of", HOSTILE)]
        _deal(session, source, hidden, "Secret deal")
        for one in (client, hidden):
            talk = make_interaction(session, cast.anna, one, date(2026, 2, 25))
            session.add(Topic(interaction_id=talk.id, kind=TopicKind.DEAL, ref=deals[0].id))
    page = browser_of(cast.vera).get("/clients/neglected").text
    assert "&lt;script&gt;" in page
    assert HOSTILE not in page
    assert "Secret deal" in page
    assert "Spoken of" not in page
    assert "Secret deal" not in browser_of(cast.boris).get("/clients/neglected").text
    with database.transaction() as session:
        romashka = session.get_one(Client, deals[0].client_id)
        make_interaction(session, cast.anna, romashka, date(2026, 2, 26))
    assert "&lt;script&gt;" not in browser_of(cast.vera).get("/clients/neglected").text


def _deal(session: Session, source: DealSource, client: Client, title: str) -> Deal:
    seen_at = wiki_clock.now().replace(year=2025)
    deal = Deal(
        source_id=source.id, external_id=title, title=title, kind=DealKind.OPEN,
        client_id=client.id, first_seen_at=seen_at, changed_at=seen_at,
    )  # fmt: skip
    session.add(deal)
    session.flush()
    return deal


def test_late_means_the_same_as_in_the_calendar(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, "Romashka")
        make_contract(session, cast.anna, client, date(2026, 1, 31), "Ended")
        make_contract(session, cast.anna, client, date(2026, 1, 31), "Renews", renews_months=12)
        make_contract(
            session, cast.anna, client, date(2026, 1, 31), "Done", state=RenewalState.RENEWED
        )
    start = browser_of(cast.vera).get("/").text
    late = start[start.index('id="late-title"') : start.index('id="at-risk-title"')]
    calendar = browser_of(cast.vera).get("/renewals?colour=late").text
    for page in (late, calendar):
        assert "Ended" in page
        assert "Renews" not in page
        assert ">Done<" not in page


def test_a_follow_up_is_due_for_its_colleague_once_the_review_is_signed(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.vera, "Romashka")
        for state, what in ((ReviewState.SIGNED, "Meet Petrov"), (ReviewState.OPEN, "Not yet")):
            review = Review(client_id=client.id, state=state, opened_at=wiki_clock.now())
            session.add(review)
            session.flush()
            row = FollowUp(
                review_id=review.id, client_id=client.id, user_id=cast.anna.id, what=what,
                due_on=date(2026, 3, 5), state=FollowUpState.OPEN, created_at=wiki_clock.now(),
            )  # fmt: skip
            session.add(row)
    mine = browser_of(cast.anna).get("/").text
    assert "Meet Petrov" in mine
    assert "Not yet" not in mine
    assert "Meet Petrov" not in browser_of(cast.boris).get("/").text
    assert 'id="sign-title"' in browser_of(cast.vera).get("/").text
    assert 'id="sign-title"' not in mine


def test_promises_stand_once_on_the_first_page_of_a_dossier(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    page = browser_of(cast.anna).get(f"/clients/{filled(database, cast, 'Romashka')}").text
    assert page.count(">Offer Romashka</a>") == 1


def test_the_first_page_of_a_dossier_asks_as_much_for_many_rows_as_for_few(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    address = f"/clients/{filled(database, cast, 'Romashka')}"
    anna = browser_of(cast.anna)
    anna.get(address)
    with counting(database) as few:
        anna.get(address)
    with database.transaction() as session:
        client = session.get_one(Client, int(address.rpartition("/")[2]))
        for number in range(5):
            day = date(2026, 2, 10 + number)
            make_interaction(session, cast.anna, client, day)
            make_promise(session, cast.anna, client, day, f"More {number}", number % 2 > 0)
            make_contract(session, cast.anna, client, date(2026, 7, 1), f"M {number}")
    with counting(database) as many:
        anna.get(address)
    assert len(many) == len(few)


def test_a_restricted_dossier_is_for_strangers_as_if_it_were_not_there(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    ident = filled(database, cast, "Secretive", restricted=True)
    assert "Offer Secretive" in browser_of(cast.anna).get(f"/clients/{ident}").text
    unseen = browser_of(cast.boris).get(f"/clients/{ident}")
    absent = browser_of(cast.boris).get("/clients/99999")
    assert (unseen.status_code, absent.status_code) == (404, 404)
    assert "Secretive" not in unseen.text


def test_what_a_check_finds_wrong_is_said_to_be_missing(
    cast: Cast, database: Database, browser_of: Browser
) -> None:
    ident = filled(database, cast, "Romashka")
    missing = 'id="missing-title"'
    page = browser_of(cast.anna).get(f"/clients/{ident}").text
    assert "There is no approval path." in page[page.index(missing) :]
    assert "No discount is outside the policy." not in page
