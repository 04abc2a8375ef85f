"""Reading contracts: of a dossier, of all that one may see, their versions, files and chains."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids
from dossiers.deals.queries import seen_clients
from dossiers.renewals.kinds import OVER, RenewalState
from dossiers.renewals.models import Contract, ContractVersion
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Missing
from wiki.pages.content import one_line
from wiki.rendering.titles import fold_title

PAGE_SIZE = 50
MOST_SHOWN = 500
MOST_IN_CHAIN = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a list of contracts; empty means all."""

    text: str = ""
    state: RenewalState | None = None
    owner: int = 0
    running: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A contract in a list, with the names beside it."""

    contract: Contract
    client_name: str
    owner_name: str | None


def contract_visible_to(session: Session, actor: Actor, contract_id: int) -> Contract:
    """The contract, archived or not. Raises `Missing` for absent and unseen alike."""
    wanted = select(Contract).where(
        Contract.id == contract_id, Contract.client_id.in_(seen_clients(actor))
    )
    contract = session.scalar(wanted)
    if contract is None:
        raise Missing()
    return contract


def home_id_of(session: Session, contract: Contract) -> int:
    """The client in whose dossier the contract stands, wherever its own was merged into."""
    ident = contract.client_id
    for _step in range(20):
        into = session.scalar(select(Client.merged_into_id).where(Client.id == ident))
        if into is None:
            break
        ident = into
    return ident


def contracts_of(session: Session, client_id: int, archived: bool = False) -> Sequence[Line]:
    """The contracts of a dossier, the one that ends last first; the caller has checked sight."""
    here = _lines().where(
        Contract.client_id.in_(dossier_ids(client_id)), Contract.archived.is_(archived)
    )
    newest = here.order_by(Contract.starts_on.desc(), Contract.id.desc()).limit(MOST_SHOWN)
    return [Line(*row) for row in session.execute(newest)]


def contracts_visible_to(
    session: Session, actor: Actor, wanted: Wanted, limit: int = PAGE_SIZE, skip: int = 0
) -> Sequence[Line]:
    """The contracts that the actor may see: what is not over, the next to end first."""
    rows = narrowed(_lines(), actor, wanted).order_by(Contract.state.in_(OVER))
    ordered = rows.order_by(Contract.ends_on.is_(None), Contract.ends_on, Contract.id)
    return [Line(*row) for row in session.execute(ordered.limit(limit).offset(skip))]


def count_visible_to(session: Session, actor: Actor, wanted: Wanted) -> int:
    """How many these are."""
    count = select(func.count()).select_from(Contract).join(Client, Client.id == Contract.client_id)
    return session.scalar(narrowed(count, actor, wanted)) or 0


def owners_visible_to(session: Session, actor: Actor) -> Sequence[tuple[int, str]]:
    """The colleagues who look after contracts that the actor may see, by name."""
    owning = select(Contract.owner_id).where(
        Contract.client_id.in_(seen_clients(actor)), Contract.archived.is_(False)
    )
    wanted = select(User.id, User.name).where(User.id.in_(owning)).order_by(User.name)
    return [(ident, name) for ident, name in session.execute(wanted)]


def _lines() -> Select[Contract, str, str]:
    return (
        select(Contract, Client.name, User.name)
        .join(Client, Client.id == Contract.client_id)
        .outerjoin(User, User.id == Contract.owner_id)
    )


def narrowed(
    rows: Select[*tuple[Any, ...]], actor: Actor, wanted: Wanted
) -> Select[*tuple[Any, ...]]:
    """These rows of contracts and their clients, within sight and as they are wanted."""
    rows = rows.where(Contract.client_id.in_(seen_clients(actor)), Contract.archived.is_(False))
    text = one_line(wanted.text)[:100]
    if text:
        part = fold_title(text)[:100]
        rows = rows.where(
            or_(
                Contract.number_folded.contains(part, autoescape=True),
                Client.name_folded.contains(part, autoescape=True),
                Contract.subject.icontains(text, autoescape=True),
            )
        )
    if wanted.state:
        rows = rows.where(Contract.state == wanted.state)
    if wanted.owner:
        rows = rows.where(Contract.owner_id == wanted.owner)
    return rows.where(Contract.state.not_in(OVER)) if wanted.running else rows


def versions_of(session: Session, contract_id: int) -> Sequence[ContractVersion]:
    """All versions of a contract, the newest first."""
    wanted = select(ContractVersion).where(ContractVersion.contract_id == contract_id)
    return session.scalars(wanted.order_by(ContractVersion.number.desc())).all()


def version_numbered(session: Session, contract_id: int, number: int) -> ContractVersion:
    """One version. Raises `Missing`."""
    found = session.get(ContractVersion, (contract_id, number))
    if found is None:
        raise Missing()
    return found


@dataclass(frozen=True, slots=True)
class Link:
    """A contract of a chain, and by how much it grew over the one before (`None`: not known)."""

    contract: Contract
    growth: Decimal | None


def chain_of(session: Session, contract: Contract) -> Sequence[Link]:
    """The contracts before and after this one, in their order; archived ones are left out."""
    back = select(Contract.id, Contract.predecessor_id).where(Contract.id == contract.id)
    before = back.cte("before", recursive=True)
    further = select(Contract.id, Contract.predecessor_id)
    before = before.union(further.join(before, Contract.id == before.c.predecessor_id))
    after = select(Contract.id).where(Contract.id == contract.id).cte("after", recursive=True)
    after = after.union(select(Contract.id).join(after, Contract.predecessor_id == after.c.id))
    wanted = select(Contract).where(
        or_(Contract.id.in_(select(before.c.id)), Contract.id.in_(select(after.c.id))),
        Contract.archived.is_(False),
    )
    rows = session.scalars(wanted.order_by(Contract.starts_on, Contract.id).limit(MOST_IN_CHAIN))
    return _links(rows.all())


def _links(rows: Sequence[Contract]) -> Sequence[Link]:
    by_id = {one.id: one for one in rows}
    return [Link(one, growth_over(by_id.get(one.predecessor_id or 0), one)) for one in rows]


def growth_over(before: Contract | None, after: Contract) -> Decimal | None:
    """By how much a contract is worth more than the one before, in one and the same currency."""
    if before is None or before.currency != after.currency:
        return None
    if before.value is None or after.value is None:
        return None
    return after.value - before.value
