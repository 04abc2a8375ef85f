"""Saying of two contracts that are there that one follows the other."""

from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.renewals.contracts.queries import chain_of
from dossiers.renewals.contracts.services import is_followed, opened, outcome, put_state
from dossiers.renewals.kinds import OVER
from dossiers.renewals.models import Contract
from wiki.accounts.actor import Actor
from wiki.errors import Clash, Refusal

LINKED = "link contract"


def is_in_row(session: Session, contract: Contract, other: Contract) -> bool:
    """Whether one of these follows the other, with others between them or not."""
    return contract.id in {one.contract.id for one in chain_of(session, other)}


def link_contract(session: Session, actor: Actor, contract_id: int, before_id: int) -> Contract:
    """Let a contract follow another of its dossier, which is renewed or shrunk by it.

    Raises `Refusal` for itself and in a ring, `Clash` when either is in a row already.
    """
    contract, client = opened(session, actor, contract_id)
    before, home = opened(session, actor, before_id)
    if home.id != client.id or is_in_row(session, contract, before):
        raise Refusal("These two contracts cannot follow each other. Nothing was changed.")
    if contract.predecessor_id or is_followed(session, before.id):
        raise Clash("This contract has a successor already. Nothing was changed. Look at it there.")
    words = {"before": before.number, "earlier": before.id, "was": before.state.value}
    about = {"number": contract.number, "ident": contract.id}
    begin_deed(session, actor, client, LINKED, **about, **words)
    contract.predecessor_id = before.id
    if before.state not in OVER:
        put_state(session, before, outcome(before, contract))
    session.flush()
    return contract
