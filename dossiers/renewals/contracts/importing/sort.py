"""Contracts as a sort of list, and who writes them."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from dossiers.renewals.contracts.importing.fields import FIELDS, WHOSE, Field
from dossiers.renewals.contracts.importing.ground import Key
from dossiers.renewals.contracts.importing.planning import CURRENCY, Wish, plan_contracts
from dossiers.renewals.contracts.linking import link_contract
from dossiers.renewals.contracts.services import save_terms, set_state, succeed, write_contract
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission
from wiki.errors import Clash, Refusal
from wiki.lists.plans import Chosen, Plan, Thing
from wiki.lists.sheets import Sheet
from wiki.lists.sorts import By, ListField, Setting, Sort, SortWords, Writer
from wiki.locale import _l
from wiki.pages.saving import Desk


class ContractSort(Sort):
    """Lists of contracts."""

    code = "contracts"
    address = "/contracts/import"
    room = "/contracts"
    frame = "dossiers/renewals/contracts/import.html"
    permission = Permission.EDIT_DOSSIERS
    words = SortWords(
        title=_l("Import contracts"),
        about=_l(
            "A table of contracts (CSV or XLSX), one a row. A contract is known by its client and "
            "number, so the same file again changes nothing. You see what would happen before "
            "anything is written."
        ),
        done=_l("The contracts are written. Each of them can be looked at and taken back."),
        look=_l("Look at the contracts"),
    )

    def fields(self, session: Session) -> Mapping[str, ListField]:
        """The terms, whose it is, how far it is, and what it follows."""
        return FIELDS

    def settings(self, session: Session, actor: Actor) -> Sequence[Setting]:
        """The currency of amounts that do not say theirs."""
        return (Setting(CURRENCY, _l("Currency of amounts that do not say theirs"), longest=3),)

    def check(self, chosen: Chosen) -> None:
        """Raise `Refusal` when no column says which contract of whom it is."""
        if Field.NUMBER not in chosen.columns or not set(WHOSE) & chosen.columns.keys():
            raise Refusal(
                "A column must hold the number of the contract, and another one the client. "
                "Nothing was changed. Say which ones do."
            )

    def plan(self, session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> Plan:
        """What the list would do."""
        return plan_contracts(session, actor, sheet, chosen)

    def writer(self, desk: Desk, actor: Actor, plan: Plan, by: By) -> Writer:
        """Who writes it."""
        return ContractWriter(actor, by)


class ContractWriter(Writer):
    """Writes the contracts of one list, each by the services that the pages use."""

    def __init__(self, actor: Actor, by: By) -> None:
        self._actor, self._by = actor, by
        self._made: dict[Key, int] = {}

    def prepare(self, things: Sequence[Thing]) -> None:
        """Nothing takes long."""

    def write(self, session: Session, thing: Thing) -> None:
        """Write one contract. Raises `Refusal` when somebody was faster."""
        wish: Wish = thing.todo
        contract = self._saved(session, wish)
        if wish.state:
            self._state(session, contract.id, wish.state, wish.why)
        self._made[wish.key] = contract.id

    def finish(self, session: Session) -> None:
        """Nothing is left to do."""

    def _saved(self, session: Session, wish: Wish) -> Contract:
        before = self._before(wish)
        if wish.contract_id is None and before is None:
            return write_contract(session, self._actor, wish.key[0], wish.terms)
        if wish.contract_id is None and before is not None:
            contract = succeed(session, self._actor, before, wish.terms)
        else:
            contract = self._changed(session, wish, before)
        if before is not None and wish.before_state:
            self._state(session, before, wish.before_state, "")
        return contract

    def _changed(self, session: Session, wish: Wish, before: int | None) -> Contract:
        assert wish.contract_id is not None
        contract = session.get_one(Contract, wish.contract_id)
        if wish.saves:
            contract = save_terms(
                session, self._actor, wish.contract_id, wish.terms, wish.base, self._by.file_name
            )
        if before is not None:
            link_contract(session, self._actor, wish.contract_id, before)
        return contract

    def _before(self, wish: Wish) -> int | None:
        if wish.before is None:
            return None
        found = wish.before_id or self._made.get(wish.before)
        if found is None:
            raise Clash("The contract before it was not written. Nothing of the row was written.")
        return found

    def _state(self, session: Session, ident: int, state: RenewalState, why: str) -> None:
        set_state(session, self._actor, ident, state, why or self._by.file_name)


CONTRACTS = ContractSort()
