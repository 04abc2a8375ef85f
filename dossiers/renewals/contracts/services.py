"""Writing contracts: their terms, how far the renewal is, what came of it.

Every deed locks the client's row, so that nobody else writes into the dossier meanwhile.
"""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from dossiers.approvals.paths.queries import path_in
from dossiers.clients.deeds import begin_deed
from dossiers.clients.models import Client
from dossiers.clients.queries import dossier_ids, locked_client
from dossiers.facts.models import Change
from dossiers.renewals.contracts.products import check_products
from dossiers.renewals.contracts.queries import (
    contract_visible_to,
    home_id_of,
    version_numbered,
)
from dossiers.renewals.contracts.starting import work_out
from dossiers.renewals.contracts.terms import (
    FIELDS,
    LONGEST_WHY,
    Terms,
    checked,
    kept_terms,
    merge,
    plain_terms,
)
from dossiers.renewals.kinds import OVER, RenewalState
from dossiers.renewals.models import Contract, ContractVersion
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Clash, Refusal
from wiki.outbox import changed
from wiki.pages.content import one_line
from wiki.rendering.titles import fold_title

CONTRACT = "contract"
WRITTEN = "write contract"
SAVED = "save contract"
STATED = "move contract"
SUCCEEDED = "succeed contract"
ARCHIVED = "archive contract"
BROUGHT_BACK = "bring back contract"


@dataclass
class TermsClash(Clash):
    """Two people changed the same of a contract; `disputed` are the names of the fields."""

    disputed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(
            "Somebody else has changed the same of this contract since you opened it. What you "
            "typed is still here and not saved. Look at the newest version, then save again."
        )


def write_contract(session: Session, actor: Actor, client_id: int, terms: Terms) -> Contract:
    """A new contract with its first version. Raises `Refusal`, `Missing`, `Forbidden`."""
    client = locked_client(session, actor, client_id)
    return _written(session, actor, client, terms, None, WRITTEN)


def succeed(session: Session, actor: Actor, contract_id: int, terms: Terms) -> Contract:
    """The contract that follows this one; this one is renewed, or shrunk when less is paid.

    Raises `Clash` when it has a successor, and what `write_contract` raises.
    """
    before, client = opened(session, actor, contract_id)
    if is_followed(session, before.id):
        raise Clash("This contract has a successor already. Nothing was changed. Look at it there.")
    after = _written(session, actor, client, terms, before, SUCCEEDED)
    put_state(session, before, outcome(before, after))
    session.flush()
    return after


def is_followed(session: Session, contract_id: int) -> bool:
    """Whether a contract has a successor that is not in the archive."""
    follows = Contract.predecessor_id == contract_id, Contract.archived.is_(False)
    return bool(session.scalar(select(exists().where(*follows))))


def check_follows_alone(session: Session, contract: Contract) -> None:
    """Raise `Clash` when another contract has come to follow the one before this one."""
    if contract.predecessor_id and is_followed(session, contract.predecessor_id):
        raise Clash(
            "The contract before it is followed by another one now. Nothing was changed. Look at "
            "that one first."
        )


def put_state(session: Session, contract: Contract, state: RenewalState) -> None:
    """Let the renewal be so far; when it goes on after all, the day to begin is counted anew."""
    goes_on = contract.state in OVER and state not in OVER
    contract.state = state
    if goes_on:
        work_out(session, contract, "path")
    find_anew(session, contract)


def outcome(before: Contract, after: Contract) -> RenewalState:
    """How a contract ended that was followed by another."""
    is_known = before.value is not None and after.value is not None
    if is_known and before.currency == after.currency and after.value < before.value:  # type: ignore[operator]
        return RenewalState.SHRUNK
    return RenewalState.RENEWED


def _written(
    session: Session,
    actor: Actor,
    client: Client,
    terms: Terms,
    before: Contract | None,
    action: str,
) -> Contract:
    terms = _checked(session, actor, client, terms, None)
    contract = Contract(
        client_id=client.id,
        state=RenewalState.FUTURE,
        predecessor_id=before.id if before else None,
        start_by_why={},
        created_at=clock.now(),
        created_by=actor.id,
        **_columns(terms),
    )
    session.add(contract)
    session.flush()
    words = {"number": terms.number, "ident": contract.id}
    if before is not None:
        words |= {"before": before.number, "earlier": before.id, "was": before.state.value}
    change = begin_deed(session, actor, client, action, **words)
    add_version(session, actor, change, contract, terms, "")
    return contract


def save_terms(
    session: Session, actor: Actor, contract_id: int, terms: Terms, base: int, why: str = ""
) -> Contract:
    """A new version; what somebody else saved since version `base` is joined field by field.

    Raises `TermsClash` when both changed the same otherwise, and what `write_contract` raises.
    """
    contract, client = opened(session, actor, contract_id)
    newest = kept_terms(version_numbered(session, contract.id, contract.newest).terms)
    if base != contract.newest:
        old = kept_terms(version_numbered(session, contract.id, base).terms)
        terms, disputed = merge(old, terms, newest)
        if disputed:
            raise TermsClash(disputed)
    terms = _checked(session, actor, client, terms, contract)
    if terms == newest:
        return contract
    words = {"number": terms.number, "ident": contract.id, "version": contract.newest + 1}
    change = begin_deed(session, actor, client, SAVED, **words)
    add_version(session, actor, change, contract, terms, why_of(why))
    return contract


def restore_version(session: Session, actor: Actor, contract_id: int, number: int) -> Contract:
    """Let the terms of an earlier version hold again, as a new one."""
    contract = contract_visible_to(session, actor, contract_id)
    terms = kept_terms(version_numbered(session, contract.id, number).terms)
    return save_terms(session, actor, contract_id, terms, contract.newest)


def add_version(
    session: Session, actor: Actor, change: Change, contract: Contract, terms: Terms, why: str
) -> None:
    """The next version under a change that has begun; the terms are taken as they are."""
    for name, value in _columns(terms).items():
        setattr(contract, name, value)
    contract.newest = (contract.newest or 0) + 1
    session.add(
        ContractVersion(
            contract_id=contract.id,
            number=contract.newest,
            terms=plain_terms(terms),
            why=why,
            saved_at=change.at,
            saved_by=actor.id,
            change_id=change.id,
        )
    )
    session.flush()
    work_out(session, contract)
    find_anew(session, contract)
    session.flush()


def set_state(
    session: Session, actor: Actor, contract_id: int, state: RenewalState, why: str = ""
) -> Contract:
    """Say how far the renewal is. A contract that is lost or shrunk says why: else `Refusal`."""
    contract, client = opened(session, actor, contract_id)
    why = why_of(why)
    if state in (RenewalState.LOST, RenewalState.SHRUNK) and not why:
        raise Refusal("Say why it was lost or has shrunk. Nothing was changed.")
    if state is not contract.state:
        words = {"was": contract.state.value, "now": state.value, "why": why}
        about = {"number": contract.number, "ident": contract.id}
        begin_deed(session, actor, client, STATED, **about, **words)
        put_state(session, contract, state)
        session.flush()
    return contract


def archive_contract(
    session: Session, actor: Actor, contract_id: int, away: bool = True
) -> Contract:
    """Put a contract into the archive, or bring it back. Raises `Refusal` for a number in use."""
    contract, client = opened(session, actor, contract_id)
    if contract.archived and not away:
        check_number(session, client.id, contract.number, contract.id)
        check_follows_alone(session, contract)
    if contract.archived is not away:
        action = ARCHIVED if away else BROUGHT_BACK
        begin_deed(session, actor, client, action, number=contract.number, ident=contract.id)
        contract.archived = away
        find_anew(session, contract)
        session.flush()
    return contract


def find_anew(session: Session, contract: Contract) -> None:
    """Let the search know that what it has of the contract is old."""
    changed(session, CONTRACT, contract.id)


def why_of(text: str) -> str:
    """The reason on one line, cut at its limit."""
    return one_line(text)[:LONGEST_WHY]


def check_number(session: Session, client_id: int, number: str, own_id: int) -> None:
    """Raise `Refusal` when another contract of the dossier has that number."""
    taken = exists().where(
        Contract.client_id.in_(dossier_ids(client_id)),
        Contract.number_folded == fold_title(number)[:120],
        Contract.archived.is_(False),
        Contract.id != own_id,
    )
    if session.scalar(select(taken)):
        raise Refusal(
            "There is a contract number %(number)s in this dossier. Nothing was saved. Open that "
            "one, or write another number.",
            number=number,
        )


def _checked(
    session: Session, actor: Actor, client: Client, terms: Terms, own: Contract | None
) -> Terms:
    terms = checked(terms)
    check_number(session, client.id, terms.number, own.id if own else 0)
    check_products(session, actor, terms.products, own.products if own else ())
    if terms.path_id is not None:
        path_in(session, client.id, terms.path_id)
    if terms.owner_id is not None and session.get(User, terms.owner_id) is None:
        raise Refusal("There is no such colleague. Nothing was saved. Choose one of the list.")
    return terms


def opened(session: Session, actor: Actor, contract_id: int) -> tuple[Contract, Client]:
    """The contract as it is now, with the locked client of its dossier. Raises `Missing`."""
    contract = contract_visible_to(session, actor, contract_id)
    client = locked_client(session, actor, home_id_of(session, contract))
    session.refresh(contract)
    return contract, client


def _columns(terms: Terms) -> dict[str, Any]:
    columns = {name: getattr(terms, name) for name in FIELDS}
    folded = fold_title(terms.number)[:120]
    return {**columns, "products": list(terms.products), "number_folded": folded}
