"""The ground of a discount: who may give it, what is kept, how it is taken back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.deals.discounts.documents import GROUNDS, Ground
from dossiers.deals.discounts.grounds import (
    GroundSaid,
    give_ground,
    ground_of,
    withdraw_ground,
)
from dossiers.deals.discounts.judged import judged
from dossiers.deals.discounts.models import DiscountGround
from dossiers.deals.discounts.policies import Draft, save_policy
from dossiers.deals.discounts.policy import WhoKind
from dossiers.deals.models import DealChange
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from tests.conftest import Cast, SetClock
from tests.dossiers.deals.discounts.making import FIRST, deal_of, rule, sold, write_policy
from tests.factories.deals import apply, make_source
from tests.factories.dossiers import make_client, pen_of, seat
from wiki.accounts.actor import Actor
from wiki.database import Database
from wiki.errors import Forbidden, Missing, Refusal
from wiki.history.models import HistoryEntry


def outside_deal(session: Session, actor: Actor, client: str = "Romashka", **more: object) -> int:
    """A deal of a client of the actor's team, far below the list price."""
    if client:
        make_client(session, actor, client, **more)  # type: ignore[arg-type]
    apply(session, make_source(session, f"CRM of {client}"), sold(client or "D", 50, client=client))
    return deal_of(session, client or "D").id


def test_a_ground_is_kept_with_those_before_it(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        ident = outside_deal(session, cast.anna)
        give_ground(session, cast.anna, ident, GroundSaid("volume", "Big.", "Olga"))
        give_ground(session, cast.vera, ident, GroundSaid("promotion", approved_by=cast.vera.id))
        rows = session.scalars(select(DiscountGround).order_by(DiscountGround.id)).all()
        assert [(row.ground, row.is_newest) for row in rows] == [
            ("volume", False),
            ("promotion", True),
        ]
        told = session.scalars(select(DealChange).order_by(DealChange.id)).all()
        assert [one.fields for one in told] == [
            {"ground": [None, "volume"]},
            {"ground": ["volume", "promotion"]},
        ]


def test_a_person_of_the_client_is_known_by_the_name(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        ident = outside_deal(session, cast.anna)
        client = session.scalars(select(Client)).one()
        seat(pen_of(session, cast.anna, client), "Buyer", name="Olga Petrova")
        give_ground(session, cast.anna, ident, GroundSaid("volume", asked_by=" olga  petrova "))
        known = ground_of(session, ident)
        assert known is not None
        assert known.asked_by_id is not None
        give_ground(session, cast.anna, ident, GroundSaid("volume", asked_by="Their chief"))
        free = ground_of(session, ident)
        assert free is not None
        assert (free.asked_by, free.asked_by_id) == ("Their chief", None)


def test_a_ground_is_taken_back_and_given_again(
    database: Database, cast: Cast, clock: SetClock
) -> None:
    with database.transaction() as session:
        ident = outside_deal(session, cast.anna)
        give_ground(session, cast.anna, ident, GroundSaid("volume"))
        change = give_ground(session, cast.anna, ident, GroundSaid("promotion"))
        assert change is not None
        pen = open_dossier(session, cast.anna, change.client_id)
        back = take_back(pen, change.id)
        held = ground_of(session, ident)
        assert held is not None
        assert held.ground == "volume"
        take_back(pen, back.id)
        again = ground_of(session, ident)
        assert again is not None
        assert again.ground == "promotion"


def test_a_ground_is_withdrawn_and_stays_in_the_past(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        ident = outside_deal(session, cast.anna)
        with pytest.raises(Refusal):
            withdraw_ground(session, cast.anna, ident)
        give_ground(session, cast.anna, ident, GroundSaid("volume"))
        withdraw_ground(session, cast.anna, ident)
        assert ground_of(session, ident) is None
        assert len(judged(session, deal_of(session, "Romashka"), "en").grounds) == 1


def test_who_approved_must_be_able_to_give_that_much(database: Database, cast: Cast) -> None:
    with database.transaction() as session:
        rules = [rule("10"), rule("60", WhoKind.ROLE, "director")]
        write_policy(session, cast.vera, rules)
        ident = outside_deal(session, cast.anna)
        found = []
        for actor in (cast.boris, cast.vera):
            give_ground(session, cast.anna, ident, GroundSaid("volume", approved_by=actor.id))
            shown = judged(session, deal_of(session, "Romashka"), "en").ground
            assert shown is not None
            assert shown.approval is not None
            found.append((shown.approval.name, shown.approval.allowed, shown.approval.may))
        assert found == [("Boris", 10, False), ("Vera", 60, True)]


@pytest.mark.parametrize(
    "said",
    [
        GroundSaid(""),
        GroundSaid("no such"),
        GroundSaid("volume", "w" * 1001),
        GroundSaid("volume", asked_by="n" * 201),
        GroundSaid("volume", approved_by=10**8),
    ],
)
def test_what_cannot_be_meant_is_refused(database: Database, cast: Cast, said: GroundSaid) -> None:
    with database.transaction() as session:
        ident = outside_deal(session, cast.anna)
        with pytest.raises(Refusal):
            give_ground(session, cast.anna, ident, said)
        assert ground_of(session, ident) is None


def test_grounds_are_given_by_those_who_may_change_the_dossier(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        opened = outside_deal(session, cast.anna)
        secret = outside_deal(session, cast.anna, "Secret", restricted=True)
        nobodys = outside_deal(session, cast.anna, "")
    for ident, actor, error in (
        (opened, cast.nina, Forbidden),
        (opened, cast.boris, Forbidden),
        (secret, cast.boris, Missing),
        (10**6, cast.vera, Missing),
    ):
        with pytest.raises(error), database.transaction() as session:
            give_ground(session, actor, ident, GroundSaid("volume"))
    with database.transaction() as session:
        assert session.scalars(select(DiscountGround)).all() == []
        assert give_ground(session, cast.boris, nobodys, GroundSaid("volume")) is None
        told = session.scalars(
            select(HistoryEntry).where(HistoryEntry.action == "give discount ground")
        ).one()
        assert told.after == {"deal": nobodys, "ground": "volume"}


def test_the_director_changes_the_list_and_old_grounds_keep_their_names(
    database: Database, cast: Cast
) -> None:
    with database.transaction() as session:
        ident = outside_deal(session, cast.anna)
        give_ground(session, cast.anna, ident, GroundSaid("volume"))
        archived = Ground("volume", "Объём", "Volume", True)
        grounds = (archived, *GROUNDS[1:], Ground("friend", "Друг", "A friend"))
        save_policy(session, cast.vera, Draft([rule("10")], grounds, FIRST, "New list", 0))
        with pytest.raises(Refusal):
            give_ground(session, cast.anna, ident, GroundSaid("volume"))
        shown = judged(session, deal_of(session, "Romashka"), "ru").ground
        assert shown is not None
        assert shown.name == "Объём"
        give_ground(session, cast.anna, ident, GroundSaid("friend"))
