"""Every deed with a contract has a way back, and a way forth again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.facts.models import Change
from dossiers.people.editing.taking_back import take_back
from dossiers.renewals.contracts import services
from dossiers.renewals.contracts.linking import link_contract
from dossiers.renewals.contracts.terms import Terms
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from tests.conftest import Cast
from tests.factories.approvals import make_path
from tests.factories.dossiers import make_client, pen_of
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Clash, Refusal

TERMS = Terms("K-1", date(2026, 1, 1), date(2027, 6, 30), value=Decimal(100), currency="RUB")
Deed = Callable[[Session, Actor, int], Any]
DEEDS: dict[str, Deed] = {
    "save": lambda session, actor, ident: services.save_terms(
        session, actor, ident, replace(TERMS, subject="Flour", value=Decimal(3)), 1
    ),
    "state": lambda session, actor, ident: services.set_state(
        session, actor, ident, RenewalState.LOST, "Gone"
    ),
    "succeed": lambda session, actor, ident: services.succeed(
        session, actor, ident, replace(TERMS, number="K-2", value=Decimal(90))
    ),
    "archive": services.archive_contract,
}


def picture(session: Session) -> list[tuple[object, ...]]:
    """What stands in all contracts that are not in the archive."""
    session.flush()
    shown = select(Contract).where(Contract.archived.is_(False)).order_by(Contract.id)
    return [(one.number, one.subject, one.value, one.state) for one in session.scalars(shown)]


def last_change(session: Session) -> int:
    return session.scalars(select(Change.id).order_by(Change.id.desc()).limit(1)).one()


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_taken_back_and_done_again(database: Database, cast: Cast, name: str) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        one = services.write_contract(session, cast.anna, client.id, TERMS)
        before = picture(session)
        DEEDS[name](session, cast.anna, one.id)
        after = picture(session)
        assert after != before
        for wanted in (before, after, before):
            take_back(pen_of(session, cast.anna, client), last_change(session))
            assert picture(session) == wanted


def test_what_was_written_goes_and_comes_back_unless_its_number_is_taken(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        services.write_contract(session, cast.anna, client.id, TERMS)
        take_back(pen_of(session, cast.anna, client), last_change(session))
        assert picture(session) == []
        undo = last_change(session)
        services.write_contract(session, cast.anna, client.id, replace(TERMS, subject="Other"))
        with pytest.raises(Refusal, match="There is a contract number"), session.begin_nested():
            take_back(pen_of(session, cast.anna, client), undo)


def test_older_terms_are_not_taken_back_below_newer_ones(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        one = services.write_contract(session, cast.anna, client.id, TERMS)
        DEEDS["save"](session, cast.anna, one.id)
        first = last_change(session)
        services.save_terms(session, cast.anna, one.id, replace(TERMS, subject="Salt"), 2)
        with pytest.raises(Clash, match="newer versions"), session.begin_nested():
            take_back(pen_of(session, cast.anna, client), first)


def test_a_link_is_taken_back_and_not_done_again_into_a_ring(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        one = services.write_contract(session, cast.anna, client.id, TERMS)
        two = services.write_contract(session, cast.anna, client.id, replace(TERMS, number="K-2"))
        link_contract(session, cast.anna, two.id, one.id)
        assert (two.predecessor_id, one.state) == (one.id, RenewalState.RENEWED)
        with pytest.raises(Refusal, match="cannot follow"):
            link_contract(session, cast.anna, one.id, two.id)
        take_back(pen_of(session, cast.anna, client), last_change(session))
        assert (two.predecessor_id, one.state) == (None, RenewalState.FUTURE)
        undo = last_change(session)
        link_contract(session, cast.anna, one.id, two.id)
        with pytest.raises(Clash, match="another row"), session.begin_nested():
            take_back(pen_of(session, cast.anna, client), undo)


def test_what_somebody_said_since_of_the_state_stays(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        one = services.write_contract(session, cast.anna, client.id, TERMS)
        DEEDS["succeed"](session, cast.anna, one.id)
        succeeded = last_change(session)
        services.set_state(session, cast.anna, one.id, RenewalState.AT_RISK)
        take_back(pen_of(session, cast.anna, client), succeeded)
        assert one.state is RenewalState.AT_RISK


def test_a_renewal_that_goes_on_is_counted_anew(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        client = make_client(session, cast.anna)
        path = make_path(session, cast.anna, client).path.id
        one = services.write_contract(session, cast.anna, client.id, replace(TERMS, path_id=path))
        right = one.start_by
        services.set_state(session, cast.anna, one.id, RenewalState.LOST, "Gone")
        one.start_by = date(2026, 1, 1)
        services.set_state(session, cast.anna, one.id, RenewalState.FUTURE)
        assert one.start_by == right
