"""What a list of contracts would do: those before stand before those that follow them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from dossiers.renewals.contracts.importing.entries import Entry, EntryReader, merged
from dossiers.renewals.contracts.importing.fields import Field
from dossiers.renewals.contracts.importing.ground import Ground, Key, ground_of
from dossiers.renewals.contracts.terms import FIELDS, Terms, checked, differing
from dossiers.renewals.contracts.wording import FIELD_NAMES, state_name
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.models import Contract
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.lists.plans import Chosen, Difference, Fate, Plan, Thing
from wiki.lists.sheets import Sheet
from wiki.locale import _l
from wiki.rendering.titles import fold_title

CURRENCY = "currency"
_NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Wish:
    """A contract as the list wants it; `before` is the one that it is still to follow.

    `before_state` is what the list says of that one, for a successor would change it.
    """

    key: Key
    contract_id: int | None
    base: int
    terms: Terms
    saves: bool
    state: RenewalState | None
    why: str
    before: Key | None
    before_id: int | None
    before_state: RenewalState | None


def plan_contracts(session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> Plan:
    """What the list would do for this person now."""
    plan = Plan(len(sheet.rows))
    entries = list(_entries(plan, sheet, chosen))
    ground = ground_of(session, actor, entries)
    told = _merged(plan, _grouped(plan, ground, entries))
    befores = {key: _before_key(key, entry) for key, entry in told.items()}
    claims: dict[Key, Key] = {}
    planned: set[Key] = set()
    for key in _in_order(told, befores):
        try:
            wish = _Maker(ground, told, befores, claims, planned, chosen).wish(key)
        except Refusal as refusal:
            plan.refuse(told[key].rows, refusal)
            continue
        planned.add(key)
        if befores[key]:
            claims[befores[key] or key] = key
        plan.things.append(_thing(ground, told[key], wish))
    return plan


def _entries(plan: Plan, sheet: Sheet, chosen: Chosen) -> Iterator[Entry]:
    reader = EntryReader(sheet, chosen)
    for row in sheet.rows:
        try:
            yield reader.entry(row)
        except Refusal as refusal:
            plan.refuse((row.number,), refusal)


def _grouped(plan: Plan, ground: Ground, entries: Iterable[Entry]) -> dict[Key, list[Entry]]:
    found: dict[Key, list[Entry]] = {}
    for entry in entries:
        try:
            key = (ground.client_of(entry).id, entry.folded)
        except Refusal as refusal:
            plan.refuse(entry.rows, refusal)
            continue
        found.setdefault(key, []).append(entry)
    return found


def _merged(plan: Plan, groups: Mapping[Key, list[Entry]]) -> dict[Key, Entry]:
    found: dict[Key, Entry] = {}
    for key, group in groups.items():
        try:
            found[key] = merged(group)
        except Refusal as refusal:
            plan.refuse([row for one in group for row in one.rows], refusal)
    return found


def _before_key(key: Key, entry: Entry) -> Key | None:
    number = entry.texts.get(Field.PREDECESSOR, "")
    return (key[0], fold_title(number)[:120]) if number else None


def _in_order(told: Mapping[Key, Entry], befores: Mapping[Key, Key | None]) -> Iterator[Key]:
    """The contracts of the file, each behind the one before it, wherever that stands."""
    done: set[Key] = set()
    for start in told:
        way, key = list[Key](), start
        while key in told and key not in done:
            done.add(key)
            way.append(key)
            key = befores[key] or key
        yield from reversed(way)


@dataclass
class _Maker:
    ground: Ground
    told: Mapping[Key, Entry]
    befores: Mapping[Key, Key | None]
    claims: Mapping[Key, Key]
    planned: set[Key]
    chosen: Chosen

    def wish(self, key: Key) -> Wish:
        """What is to become of one contract. Raises `Refusal`."""
        entry, contract = self.told[key], self.ground.contracts.get(key)
        terms = self._terms(key, entry, contract)
        before = self._before(key, contract)
        said = self.told[before].state if before and before in self.told else None
        there = self.ground.contracts.get(before) if before else None
        now = contract.state if contract else RenewalState.FUTURE
        return Wish(
            key,
            contract.id if contract else None,
            contract.newest if contract else 0,
            terms,
            contract is None or bool(differing(terms, terms_of(contract))),
            entry.state if entry.state not in (None, now) else None,
            entry.texts.get(Field.WHY, ""),
            before,
            there.id if there else None,
            said,
        )

    def _terms(self, key: Key, entry: Entry, contract: Contract | None) -> Terms:
        known = terms_of(contract) if contract else None
        said: dict[str, Any] = dict(entry.values)
        if Field.OWNER in entry.texts:
            said["owner_id"] = self.ground.owner_called(entry.texts[Field.OWNER])
        if Field.PATH in entry.texts:
            said["path_id"] = self.ground.path_called(key[0], entry.texts[Field.PATH])
        if entry.products:
            said["products"] = self._products(entry, known.products if known else ())
        if known is not None:
            terms = replace(known, **said)
        elif "starts_on" in said:
            terms = Terms(number=entry.number, **said)
        else:
            raise Refusal("The row does not say the first day of the contract.")
        return checked(self._with_currency(terms))

    def _products(self, entry: Entry, known: tuple[int, ...]) -> tuple[int, ...]:
        named = [self.ground.product_called(text, known) for text in entry.products]
        unseen = [ident for ident in known if ident not in self.ground.pages]
        found = set(named) | set(unseen)
        # The same products in another order are no change.
        return known if found == set(known) else (*dict.fromkeys([*named, *unseen]),)

    def _with_currency(self, terms: Terms) -> Terms:
        usual = self.chosen.settings.get(CURRENCY, "")
        if terms.value is None:
            return replace(terms, currency="")
        if not (terms.currency or usual):
            raise Refusal("The row does not say the currency of the amount.")
        return replace(terms, currency=terms.currency or usual)

    def _before(self, key: Key, contract: Contract | None) -> Key | None:
        """The contract that this one is to follow and does not follow yet. Raises `Refusal`."""
        before = self.befores[key]
        if before is None:
            return None
        number = self.told[key].texts[Field.PREDECESSOR]
        if self._leads_back(key, before):
            raise Refusal("Contract %(number)s would follow itself.", number=self.told[key].number)
        there = self.ground.contracts.get(before)
        if there is None and before not in self.planned:
            raise Refusal("There is no contract %(number)s before it.", number=number)
        if contract and contract.predecessor_id:
            if there and there.id == contract.predecessor_id:
                return None
            raise Refusal("It follows another contract already.")
        follower = self.ground.followed.get(there.id) if there else None
        if follower or before in self.claims:
            raise Refusal("Contract %(number)s has a successor already.", number=number)
        return before

    def _leads_back(self, key: Key, before: Key) -> bool:
        passed: set[Key] = set()
        at: Key | None = before
        while at is not None and at not in passed:
            if at == key:
                return True
            passed.add(at)
            at = self.befores.get(at) or self._kept_before(at)
        return False

    def _kept_before(self, key: Key) -> Key | None:
        contract = self.ground.contracts.get(key)
        return self.ground.keys.get(contract.predecessor_id or 0) if contract else None


def terms_of(contract: Contract) -> Terms:
    """The terms of a contract as it stands now."""
    said = {name: getattr(contract, name) for name in FIELDS}
    return Terms(**{**said, "products": tuple(contract.products)})


def _thing(ground: Ground, entry: Entry, wish: Wish) -> Thing:
    contract = ground.contracts.get(wish.key)
    differences = list(_differences(ground, contract, wish))
    fate = Fate.NEW if contract is None else Fate.CHANGED if differences else Fate.SAME
    name = f"{ground.clients[wish.key[0]].name}: {entry.number}"
    url = f"/contracts/{contract.id}" if contract else ""
    return Thing(name, entry.rows, fate, differences if contract else (), url, wish)


def _differences(ground: Ground, contract: Contract | None, wish: Wish) -> Iterator[Difference]:
    if contract is None:
        return
    old = terms_of(contract)
    for name in differing(old, wish.terms):
        before, after = (_shown(ground, wish.key, name, one) for one in (old, wish.terms))
        yield Difference(FIELD_NAMES[name], before, after)
    if wish.state:
        yield Difference(_l("State"), state_name(contract.state), state_name(wish.state))
    if wish.before:
        yield Difference(_l("Follows"), _NOTHING, wish.before[1])


def _shown(ground: Ground, key: Key, name: str, terms: Terms) -> str:
    value = getattr(terms, name)
    if name == "owner_id":
        return next((own for ident, own, _mail in ground.owners if ident == value), _NOTHING)
    if name == "path_id":
        paths = ground.paths.get(key[0], ())
        return next((subject for ident, subject, _own in paths if ident == value), _NOTHING)
    if name == "products":
        titles = [ground.pages[ident].title for ident in value if ident in ground.pages]
        return ", ".join(titles) or _NOTHING
    if isinstance(value, Decimal):
        return f"{value:f}"
    return _NOTHING if value in (None, "") else str(value)
