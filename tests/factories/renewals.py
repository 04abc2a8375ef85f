"""Contacts, promises and contracts for tests, as bare rows."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.interactions.kinds import Door, InteractionKind, PromiseDeed, PromiseState
from dossiers.interactions.models import (
    Interaction,
    InteractionText,
    OurPart,
    Promise,
    PromiseEvent,
    TheirPart,
)
from dossiers.renewals.contracts.terms import FIELDS, Terms, plain_terms
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract, ContractVersion
from wiki import clock
from wiki.accounts.actor import Actor


def make_interaction(
    session: Session, actor: Actor, client: Client, day: date, said: str = "Spoke.",
    persons: tuple[int, ...] = (), kind: InteractionKind = InteractionKind.CALL,
) -> Interaction:  # fmt: skip
    """A talk at noon of that day, with one text."""
    change = begin_deed(session, actor, client, "note contact", kind=kind, summary=said)
    at = datetime.combine(day, time(12), ZoneInfo("UTC"))
    row = Interaction(
        client_id=client.id, kind=kind, happened_at=at, summary=said[:200], newest=1,
        door=Door.HAND, created_at=clock.now(), created_by=actor.id, change_id=change.id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(
        InteractionText(
            interaction_id=row.id, number=1, body=said, html=f"<p>{said}</p>",
            saved_at=clock.now(), saved_by=actor.id, change_id=change.id,
        )
    )  # fmt: skip
    session.add(OurPart(interaction_id=row.id, user_id=actor.id))
    session.add_all(TheirPart(interaction_id=row.id, person_id=one) for one in persons)
    session.flush()
    return row


def make_promise(
    session: Session, actor: Actor, client: Client, due_on: date, what: str = "Send the offer",
    by_us: bool = True, made_on: date | None = None, person_id: int | None = None,
) -> Promise:  # fmt: skip
    """An open promise with its first event."""
    made_on = made_on or clock.now().date()
    change = begin_deed(session, actor, client, "make promise", what=what)
    row = Promise(
        client_id=client.id, by_us=by_us, user_id=actor.id, person_id=person_id, what=what,
        due_on=due_on, state=PromiseState.OPEN, made_on=made_on, created_at=clock.now(),
        created_by=actor.id,
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(
        PromiseEvent(
            promise_id=row.id, deed=PromiseDeed.MADE, happened_on=made_on, words=what,
            due_on=due_on, user_id=actor.id, recorded_at=clock.now(), recorded_by=actor.id,
            change_id=change.id,
        )
    )  # fmt: skip
    session.flush()
    return row


def make_contract(
    session: Session, actor: Actor, client: Client, ends_on: date | None, number: str = "K-1",
    **terms: Any,
) -> Contract:  # fmt: skip
    """A contract since 2020 with one version; `terms` are other columns."""
    change = begin_deed(session, actor, client, "write contract", number=number)
    row = Contract(
        client_id=client.id, number=number, number_folded=number.casefold(), ends_on=ends_on,
        created_at=clock.now(), created_by=actor.id, newest=1,
        **{"starts_on": date(2020, 1, 1), "owner_id": actor.id, "products": [],
           "state": RenewalState.FUTURE, "start_by_why": {}, **terms},
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add(
        ContractVersion(
            contract_id=row.id, number=1, terms=_terms_of(row), saved_at=clock.now(),
            saved_by=actor.id, change_id=change.id,
        )
    )  # fmt: skip
    session.flush()
    return row


def _terms_of(row: Contract) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in FIELDS}
    return plain_terms(Terms(**{**said, "products": tuple(row.products)}))
