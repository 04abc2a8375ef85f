"""What changed is what a review says, shortened to what matters, with the count of the rest."""

import re
from datetime import date

from dossiers.clients.models import Client
from dossiers.people.editing.judging import judge
from dossiers.people.editing.positions import Wanted, add_position
from dossiers.people.kinds import Aspect, Attitude
from dossiers.renewals.models import Contract
from tests.dossiers.renewals.reviews.reviewing import a_dossier, begin, sign
from tests.factories.dossiers import pen_of

CHANGED = date(2026, 3, 10)


def _changes(browser, client_id: int) -> str:
    page = browser.get(f"/clients/{client_id}/briefing").text
    found = re.search(r'<section [^>]*id="changes".*?</section>', page, re.S)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found[0])


def test_a_briefing_tells_what_is_other_than_at_the_signed_review(
    database, browser_of, cast, clock
) -> None:
    dossier, vera = a_dossier(database, cast), browser_of(cast.vera)
    sign(vera, begin(vera, dossier))
    assert "Nothing changed." in _changes(vera, dossier.client)
    clock.forward(days=20)
    with database.transaction() as session:
        session.get_one(Contract, dossier.contract).notice_days = 45
        pen = pen_of(session, cast.anna, session.get_one(Client, dossier.client), CHANGED)
        judge(pen, dossier.olga, Aspect.ATTITUDE, Attitude.ENEMY)
        for number in range(30):
            add_position(pen, Wanted(f"Buyer <b>{number}"), dossier.buyer)
    told = _changes(vera, dossier.client)
    assert "What changed since the review of 2 March 2026" in told
    assert "notice, days: 0 → 45" in told
    assert "Olga Petrova: attitude to us: neutral → enemy" in told
    assert "Buyer &lt;b&gt;0: new here, reports to: Head of purchasing" in told
    shown = told.count("new here")
    assert f"and {30 - shown} further changes" in told
    second = begin(vera, dossier)
    review = vera.get(second).text
    assert "<del>0</del>" in review
    assert "<ins>45</ins>" in review
    sign(vera, second)
    assert "notice, days: 0 → 45" in _changes(vera, dossier.client)
    clock.forward(days=15)
    told = _changes(vera, dossier.client)
    assert "notice, days" not in told
    assert "What changed since the review of 22 March 2026" in told


def test_a_dossier_without_a_review_is_compared_with_three_months_ago(
    database, browser_of, cast, clock
) -> None:
    dossier, anna = a_dossier(database, cast), browser_of(cast.anna)
    assert "begun less than three months ago" in _changes(anna, dossier.client)
    clock.forward(days=100)
    assert "Nothing changed." in _changes(anna, dossier.client)
    with database.transaction() as session:
        pen = pen_of(session, cast.anna, session.get_one(Client, dossier.client), CHANGED)
        judge(pen, dossier.olga, Aspect.ATTITUDE, Attitude.ENEMY)
    assert "neutral → enemy" in _changes(anna, dossier.client)
