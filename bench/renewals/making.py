"""The rows: clients, who looks after them, contacts, promises and contracts."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from dossiers.clients.models import Assignment, Client
from dossiers.facts.models import ALWAYS, FOREVER, NEVER, Change, Confidence, Source
from dossiers.interactions.kinds import Door, InteractionKind, PromiseState
from dossiers.interactions.models import Interaction, Promise
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from wiki import clock
from wiki.accounts.actor import Role
from wiki.accounts.models import User
from wiki.database import Base

CLIENTS, CONTRACTS, CONTACTS, PROMISES = 2_000, 5_000, 20_000, 4_000
_SELLERS = 39


def fill(session: Session, manager_id: int) -> None:
    """All rows; every fortieth client is the manager's, the others are those of made colleagues."""
    chance = Random(5)
    owners = [manager_id, *_sellers(session)]
    _write(session, Client, [_client(number) for number in range(CLIENTS)])
    _write(session, Change, [_change(number, owners) for number in range(CLIENTS)])
    _write(session, Assignment, [_assignment(number, owners) for number in range(CLIENTS)])
    _write(session, Interaction, [_contact(chance, number, owners) for number in range(CONTACTS)])
    _write(session, Promise, [_promise(chance, number, owners) for number in range(PROMISES)])
    _write(session, Contract, [_contract(chance, number, owners) for number in range(CONTRACTS)])


def _write(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    assert isinstance(table.__table__, Table)
    session.execute(insert(table.__table__), rows)


def _sellers(session: Session) -> list[int]:
    made = [
        User(
            email=f"s{number}@bench.example", email_folded=f"s{number}@bench.example",
            name=f"Seller {number}", role=Role.MANAGER, language="ru", time_zone="Europe/Moscow",
            created_at=clock.now(),
        )
        for number in range(_SELLERS)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    return [one.id for one in made]


def _client(number: int) -> dict[str, Any]:
    at, name = clock.now() - timedelta(days=400), f"client {number}"
    return {
        "name": name, "name_folded": name, "slug": f"client-{number}", "audience": "all",
        "tags": [], "state": "active", "created_at": at, "changed_at": at, "stamp": 1,
    }  # fmt: skip


def _change(number: int, owners: Sequence[int]) -> dict[str, Any]:
    return {
        "client_id": number + 1, "actor_id": owners[number % 7], "at": clock.now(),
        "action": "make client", "words": {"name": f"client {number}"},
    }  # fmt: skip


def _assignment(number: int, owners: Sequence[int]) -> dict[str, Any]:
    return {
        "client_id": number + 1, "user_id": owners[number % len(owners)], "duty": "lead",
        "valid_from": ALWAYS, "valid_to": FOREVER, "recorded_at": clock.now(),
        "superseded_at": NEVER, "learned_on": clock.today(), "source": Source.IMPORT,
        "confidence": Confidence.SURE, "change_id": number + 1, "note": "",
    }  # fmt: skip


def _contact(chance: Random, number: int, owners: Sequence[int]) -> dict[str, Any]:
    client = number % CLIENTS
    return {
        "client_id": client + 1, "kind": InteractionKind.CALL, "summary": "Spoke of the renewal.",
        "happened_at": clock.now() - timedelta(days=chance.randrange(400)), "newest": 1,
        "next_on": clock.today() + timedelta(days=chance.randrange(-60, 30)), "door": Door.FILE,
        "created_at": clock.now(), "created_by": owners[client % len(owners)],
        "change_id": client + 1,
    }  # fmt: skip


def _promise(chance: Random, number: int, owners: Sequence[int]) -> dict[str, Any]:
    client = number % CLIENTS
    return {
        "client_id": client + 1, "by_us": number % 3 > 0, "user_id": owners[client % len(owners)],
        "what": f"Send the paper {number}", "state": PromiseState.OPEN, "made_on": clock.today(),
        "due_on": clock.today() + timedelta(days=chance.randrange(-20, 90)),
        "created_at": clock.now(),
    }  # fmt: skip


def _contract(chance: Random, number: int, owners: Sequence[int]) -> dict[str, Any]:
    client, ends = number % CLIENTS, clock.today() + timedelta(days=chance.randrange(20, 700))
    states = (RenewalState.FUTURE, RenewalState.IN_REVIEW, RenewalState.AT_RISK)
    return {
        "client_id": client + 1, "number": f"K-{number}", "number_folded": f"k-{number}",
        "subject": "Licences", "products": [],
        "value": Decimal(chance.randrange(10_000, 9_000_000)),
        "currency": chance.choice(("RUB", "RUB", "EUR")), "starts_on": ends - timedelta(days=365),
        "ends_on": ends, "notice_days": 60, "notice_by": ends - timedelta(days=60),
        "start_by": ends - timedelta(days=120), "start_by_why": {}, "newest": 1,
        "owner_id": owners[client % len(owners)], "state": chance.choices(states, (7, 2, 1))[0],
        "archived": False, "created_at": clock.now(), "index_clause": "",
    }  # fmt: skip
