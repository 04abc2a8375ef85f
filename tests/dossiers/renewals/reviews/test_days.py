"""Days in a review are those of the reader."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask.testing import FlaskClient

from dossiers.clients.models import Client
from tests.conftest import Cast
from tests.dossiers.renewals.reviews.reviewing import a_dossier, begin, sign
from tests.factories.renewals import make_interaction
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.database import Database


def test_a_call_in_the_far_east_stands_on_the_day_on_which_it_was_there(
    database: Database, cast: Cast, browser_of: Callable[[Actor], FlaskClient]
) -> None:
    dossier = a_dossier(database, cast)
    with database.transaction() as session:
        client = session.get_one(Client, dossier.client)
        call = make_interaction(session, cast.anna, client, date(2026, 2, 1))
        call.happened_at = datetime(2026, 2, 1, 23, 0, tzinfo=UTC)
        session.get_one(User, cast.vera.id).time_zone = "Asia/Vladivostok"
    vera = browser_of(cast.vera)
    review = begin(vera, dossier)
    sign(vera, review)
    page = vera.get(f"{review}/dossier?section=contacts").text
    assert "2 February 2026" in page
    assert "1 February 2026" not in page
