"""Taking deeds with contracts back, and doing them again."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.paths.belonging import check_belongs
from dossiers.facts.models import Change
from dossiers.people.editing.aftermath import follow, is_in_force
from dossiers.renewals.contracts import files, linking, services
from dossiers.renewals.contracts.queries import version_numbered
from dossiers.renewals.contracts.terms import kept_terms
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract, ContractVersion
from wiki.accounts.actor import Actor
from wiki.errors import Clash


def init() -> None:
    """Let every deed with a contract be taken back."""
    follow(services.WRITTEN, _written)
    follow(services.SUCCEEDED, _succeeded)
    follow(services.SAVED, _saved)
    follow(services.STATED, _stated)
    follow(services.ARCHIVED, _archived)
    follow(services.BROUGHT_BACK, _archived)
    follow(linking.LINKED, _linked)
    follow(files.ADDED, _filed)
    follow(files.REMOVED, _filed)


def _contract(session: Session, first: Change, undo: Change) -> Contract:
    contract = session.get_one(Contract, first.words["ident"])
    check_belongs(session, undo.client_id, contract.client_id)
    return contract


def _written(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    _put_away(session, undo, _contract(session, first, undo), not is_in_force(session, undo))


def _succeeded(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    _written(session, actor, first, undo)
    _end(session, first, undo, session.get_one(Contract, first.words["ident"]))


def _end(session: Session, first: Change, undo: Change, after: Contract) -> None:
    """The state of the contract before, unless somebody has said another one since."""
    before = session.get_one(Contract, first.words["earlier"])
    ends = RenewalState(first.words["was"]), services.outcome(before, after)
    found, wanted = ends if is_in_force(session, undo) else reversed(ends)
    if before.state is found:
        services.put_state(session, before, wanted)


def _linked(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    after = _contract(session, first, undo)
    before = session.get_one(Contract, first.words["earlier"])
    if is_in_force(session, undo):
        taken = after.predecessor_id or services.is_followed(session, before.id)
        if taken or linking.is_in_row(session, after, before):
            raise Clash(
                "One of these contracts stands in another row now. Nothing was changed. Look at "
                "them first."
            )
        after.predecessor_id = before.id
    else:
        after.predecessor_id = None
    _end(session, first, undo, after)


def _archived(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    away = (first.action == services.ARCHIVED) is is_in_force(session, undo)
    _put_away(session, undo, _contract(session, first, undo), away)


def _filed(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    is_there = (first.action == files.ADDED) is is_in_force(session, undo)
    files.put_file(session, _contract(session, first, undo), first.words["file"], is_there)


def _put_away(session: Session, undo: Change, contract: Contract, away: bool) -> None:
    if not away:
        services.check_number(session, undo.client_id, contract.number, contract.id)
        services.check_follows_alone(session, contract)
    contract.archived = away
    services.find_anew(session, contract)


def _stated(session: Session, _actor: Actor, first: Change, undo: Change) -> None:
    contract = _contract(session, first, undo)
    ends = RenewalState(first.words["was"]), RenewalState(first.words["now"])
    wanted, found = reversed(ends) if is_in_force(session, undo) else ends
    if contract.state is not found:
        raise Clash(
            "The renewal has gone on since. Nothing was changed. Say how far it is on the page of "
            "the contract."
        )
    services.put_state(session, contract, wanted)


def _saved(session: Session, actor: Actor, first: Change, undo: Change) -> None:
    contract = _contract(session, first, undo)
    made = session.scalars(
        select(ContractVersion).where(ContractVersion.change_id == first.id)
    ).one()
    last = version_numbered(session, contract.id, contract.newest)
    if last.change_id not in (first.id, undo.undoes_id):
        raise Clash(
            "The contract has newer versions, so this cannot be taken back by itself. Nothing was "
            "changed. Restore the version that you want from the list of versions."
        )
    number = made.number if is_in_force(session, undo) else made.number - 1
    terms = kept_terms(version_numbered(session, contract.id, number).terms)
    services.check_number(session, undo.client_id, terms.number, contract.id)
    services.add_version(session, actor, undo, contract, terms, "")
