"""Contracts: what they refuse, two who save at once, what follows, and the day to begin."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from dossiers.approvals.dates import latest
from dossiers.approvals.paths.services import Draft, archive_path, save_version
from dossiers.approvals.signature import up_to_signature
from dossiers.approvals.steps import Duration
from dossiers.facts.models import Change
from dossiers.people.editing.taking_back import take_back
from dossiers.renewals.contracts.queries import chain_of, contract_visible_to
from dossiers.renewals.contracts.services import (
    TermsClash,
    restore_version,
    save_terms,
    set_state,
    succeed,
    write_contract,
)
from dossiers.renewals.contracts.terms import Terms
from dossiers.renewals.kinds import RenewalState
from tests.conftest import Cast
from tests.factories.approvals import make_path, usual_document
from tests.factories.dossiers import make_client, pen_of
from wiki.database import Database
from wiki.errors import Missing, Refusal

TERMS = Terms("K-1", date(2026, 1, 1), date(2027, 6, 30), value=Decimal(100), currency="RUB")


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (replace(TERMS, ends_on=date(2025, 1, 1)), "end before it starts"),
        (replace(TERMS, notice_days=1000), "notice is longer"),
        (replace(TERMS, currency="XQQ"), "no such currency"),
        (replace(TERMS, number="k-2"), "There is a contract number k-2"),
    ],
)
def test_bad_terms_are_refused_in_words(
    database: Database, cast: Cast, terms: Terms, words: str
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        write_contract(session, cast.anna, client.id, replace(TERMS, number="K-2"))
        with pytest.raises(Refusal, match=words):
            write_contract(session, cast.anna, client.id, terms)


def test_two_savers_are_joined_unless_they_changed_the_same(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        one = write_contract(session, cast.anna, client.id, TERMS)
        save_terms(session, cast.anna, one.id, replace(TERMS, subject="Flour"), 1)
        save_terms(session, cast.vera, one.id, replace(TERMS, value=Decimal(200)), 1)
        assert (one.subject, one.value, one.newest) == ("Flour", Decimal(200), 3)
        with pytest.raises(TermsClash) as clash:
            save_terms(session, cast.anna, one.id, replace(TERMS, value=Decimal(300)), 1)
        assert clash.value.disputed == ["value"]
        restore_version(session, cast.anna, one.id, 1)
        assert (one.subject, one.value, one.newest) == ("", Decimal(100), 4)


def test_a_successor_that_costs_less_says_that_it_shrank(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        one = write_contract(session, cast.anna, client.id, TERMS)
        next_terms = replace(TERMS, number="K-2", starts_on=date(2027, 7, 1), ends_on=None)
        two = succeed(session, cast.anna, one.id, replace(next_terms, value=Decimal(60)))
        assert one.state is RenewalState.SHRUNK
        assert [link.growth for link in chain_of(session, two)] == [None, Decimal(-40)]
        change = session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert change
        take_back(pen_of(session, cast.anna, client), change.id)
        assert one.state is RenewalState.FUTURE
        assert two.archived


def test_a_lost_contract_says_why(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        one = write_contract(session, cast.anna, make_client(session, cast.anna).id, TERMS)
        with pytest.raises(Refusal, match="Say why"):
            set_state(session, cast.anna, one.id, RenewalState.LOST)
        set_state(session, cast.anna, one.id, RenewalState.LOST, "They bake no more")
        assert one.state is RenewalState.LOST


def test_the_day_to_begin_follows_the_path_and_says_why(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path
        one = write_contract(session, cast.anna, client.id, replace(TERMS, path_id=path.id))
        document = usual_document()
        steps = {k: s for k, s in document.by_code.items() if k != "board"}
        steps["sign"] = replace(steps["sign"], after=frozenset({"legal", "security"}))
        spans = latest(up_to_signature(steps), document.calendar(""), date(2027, 6, 30))
        assert one.start_by == min(span.start for span in spans.values())
        assert one.start_by_why["because"] == "first"
        before = one.start_by
        slower = tuple(
            replace(s, duration=Duration(15, 20)) if s.code == "legal" else s
            for s in document.steps
        )
        draft = Draft(replace(document, steps=slower), 1)
        save_version(session, cast.anna, client.id, path.id, draft)
        assert one.start_by is not None
        assert one.start_by < before
        assert one.start_by_why["was"] == before.isoformat()
        assert one.start_by_why["because"] == "path"
        assert one.start_by_why["version"] == 2
        archive_path(session, cast.anna, client.id, path.id)
        assert one.start_by is None


def test_a_restricted_contract_is_there_for_its_team_alone(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna, restricted=True)
        one = write_contract(session, cast.anna, client.id, TERMS)
        assert contract_visible_to(session, cast.anna, one.id) is one
        with pytest.raises(Missing):
            contract_visible_to(session, cast.boris, one.id)
