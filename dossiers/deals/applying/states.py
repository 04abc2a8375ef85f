"""Deals while records are joined to them: read in bulk, changed as values, written in bulk."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from dossiers.deals.applying.clocks import join, plain
from dossiers.deals.applying.naming import Names
from dossiers.deals.applying.values import COLUMNS, CONTACT, LINE, NAMES
from dossiers.deals.models import Deal, DealCompany, DealContact, DealLine, DealOwner, ProductName
from dossiers.deals.record import DealRecord
from wiki.database import Base

_COLUMNS = (*COLUMNS, "created_there")
_OWN = (
    "id",
    "external_id",
    "client_id",
    "pinned",
    "clocks",
    "updated_there",
    "changed_at",
    "gone_at",
)
_EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(_COLUMNS),
    **dict.fromkeys(("title", "currency", "pipeline", "stage"), ""),
    **dict.fromkeys(("probability_scale", "loss_reason"), ""),
    **dict.fromkeys(NAMES, ""),
    "raw": {},
}


@dataclass(eq=False)
class State:
    """One deal: what was known of it at first, and what is known after the records so far."""

    external_id: str
    id: int | None = None
    client_id: int | None = None
    pinned: bool = False
    is_new: bool = True
    gone_at: datetime | None = None
    changed_at: datetime | None = None
    updated_there: datetime | None = None
    updated_before: datetime | None = None
    before: Mapping[str, Any] = field(default_factory=lambda: {**_EMPTY, **_no_parts()})
    values: Mapping[str, Any] = field(default_factory=lambda: {**_EMPTY, **_no_parts()})
    clocks: Mapping[str, str] = field(default_factory=dict)
    clocks_before: Mapping[str, str] = field(default_factory=dict)

    @property
    def known_id(self) -> int:
        """The number of the deal once it has been written."""
        assert self.id is not None
        return self.id

    @property
    def is_touched(self) -> bool:
        """Whether anything of it must be written."""
        if self.is_new or self.gone_at or self.updated_there != self.updated_before:
            return True
        return self.clocks != self.clocks_before or self.values != self.before

    def join(
        self, record: DealRecord, said: Mapping[str, Any], now: datetime, anew: bool = False
    ) -> frozenset[str]:
        """Join what a record says; the fields that are other than before it."""
        joined = join(self.values, self.clocks, said, record.updated_at, now, anew)
        self.values, self.clocks = joined.values, joined.clocks
        known = [moment for moment in (self.updated_there, record.updated_at) if moment]
        self.updated_there = max(known, default=None)
        return joined.changed

    def difference(self) -> dict[str, Any]:
        """Field → before and after, as JSON values; without the raw record.

        A deal that the source had no more and has again is another than before.
        """
        back = {"gone": [plain(self.gone_at), None]} if self.gone_at else {}
        pairs = {n: (self.before[n], v) for n, v in self.values.items() if n != "raw"}
        changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        found = {name: [plain(one), plain(other)] for name, (one, other) in changed.items()}
        return {**found, **back}


def _no_parts() -> dict[str, list[Any]]:
    return {"lines": [], "contacts": []}


def states_of(
    session: Session, names: Names, idents: Iterable[str], locked: bool = False
) -> dict[str, State]:
    """The states of these deals by their numbers there, in three statements.

    `locked`: what is decided of them meanwhile waits until they are written, so that it holds.
    """
    states = {ident: State(ident) for ident in idents}
    columns = [getattr(Deal, name) for name in (*_OWN, *_COLUMNS)]
    keys = (DealOwner.key.label("owner"), DealCompany.key.label("company"))
    wanted = (
        select(*columns, *keys)
        .outerjoin(DealOwner, DealOwner.id == Deal.owner_id)
        .outerjoin(DealCompany, DealCompany.id == Deal.company_id)
        .where(Deal.source_id == names.source.id, Deal.external_id.in_(states))
    )
    if locked:
        wanted = wanted.order_by(Deal.id).with_for_update(of=Deal)
    for row in session.execute(wanted).mappings():
        state = states[row["external_id"]]
        state.id, state.client_id, state.pinned = row["id"], row["client_id"], row["pinned"]
        state.updated_there = state.updated_before = row["updated_there"]
        state.is_new = False
        state.gone_at, state.changed_at = row["gone_at"], row["changed_at"]
        state.clocks = state.clocks_before = row["clocks"]
        known = {name: row[name] for name in _COLUMNS} | {n: row[n] or "" for n in NAMES}
        state.before = {**known, **_no_parts()}
    _read_parts(session, [state for state in states.values() if state.id])
    for state in states.values():
        state.values = dict(state.before)
    return states


def _read_parts(session: Session, states: Sequence[State]) -> None:
    by_id = {state.known_id: state for state in states}
    lines, contacts = defaultdict(list), defaultdict(list)
    found = (
        select(DealLine, ProductName.key)
        .join(ProductName, ProductName.id == DealLine.product_id)
        .where(DealLine.deal_id.in_(by_id))
        .order_by(DealLine.deal_id, DealLine.number)
    )
    for line, key in session.execute(found):
        lines[line.deal_id].append([key, *(getattr(line, one) for one in LINE)])
    people = select(DealContact).where(DealContact.deal_id.in_(by_id))
    for one in session.scalars(people.order_by(DealContact.deal_id, DealContact.number)):
        contacts[one.deal_id].append([getattr(one, name) for name in CONTACT])
    for ident, state in by_id.items():
        parts = {"lines": lines[ident], "contacts": contacts[ident]}
        state.before = {**state.before, **parts}


def write_states(
    session: Session,
    names: Names,
    states: Sequence[State],
    told: Collection[int | None],
    now: datetime,
) -> None:
    """Write these deals with their lines and contacts; new ones have their numbers then.

    `told` are the numbers of those of which a reader sees that they changed.
    """
    companies, owners = ({state.values[name] for state in states} for name in reversed(NAMES))
    products = {line[0] for state in states for line in state.values["lines"]}
    names.recall(session, companies, owners, products)
    clients = _clients_of(session, {names.companies.get(key) for key in companies})
    rows = {state.external_id: _row(names, state, clients, now) for state in states}
    new = [state for state in states if state.is_new]
    if new:
        fresh = [{**rows[s.external_id], "first_seen_at": now} for s in new]
        session.execute(insert(_table(Deal)), fresh)
        _number(session, names, new)
    old = [
        {
            "id": s.known_id,
            **rows[s.external_id],
            "changed_at": now if s.id in told else s.changed_at,
        }
        for s in states
        if not s.is_new
    ]
    if old:
        session.execute(update(Deal), old)
    _write_parts(session, names, states)


def _table(model: type[Base]) -> Table:
    """The bare table: through the model each row without some value is a statement of its own."""
    return Base.metadata.tables[model.__tablename__]


def _clients_of(session: Session, companies: set[int | None]) -> dict[int | None, int | None]:
    wanted = select(DealCompany.id, DealCompany.client_id).where(DealCompany.id.in_(companies))
    # Somebody may be deciding about one of them just now: that holds for these deals, too.
    return dict(session.execute(wanted.with_for_update(read=True)).all())


def _row(
    names: Names, state: State, clients: Mapping[int | None, int | None], now: datetime
) -> dict[str, Any]:
    own = {name: state.values[name] for name in _COLUMNS}
    company = names.companies.get(state.values["company"])
    return {
        **own,
        "source_id": names.source.id,
        "external_id": state.external_id,
        "owner_id": names.owners.get(state.values["owner"]),
        "company_id": company,
        "client_id": state.client_id if state.pinned else clients.get(company),
        "pinned": state.pinned,
        "clocks": dict(state.clocks),
        "updated_there": state.updated_there,
        "changed_at": now,
        "gone_at": None,
        "is_outside_policy": False,
    }


def _number(session: Session, names: Names, states: Sequence[State]) -> None:
    wanted = select(Deal.external_id, Deal.id).where(
        Deal.source_id == names.source.id, Deal.external_id.in_([s.external_id for s in states])
    )
    numbers = dict(session.execute(wanted).all())
    for state in states:
        state.id = numbers[state.external_id]


def _write_parts(session: Session, names: Names, states: Sequence[State]) -> None:
    for table, part, row in ((DealLine, "lines", _line), (DealContact, "contacts", _contact)):
        changed = [s for s in states if s.values[part] != s.before[part]]
        if not changed:
            continue
        had = [state.known_id for state in changed if state.before[part]]
        if had:
            session.execute(delete(table).where(table.deal_id.in_(had)))
        rows = [
            {"deal_id": state.known_id, "number": number, **row(names, values)}
            for state in changed
            for number, values in enumerate(state.values[part], 1)
        ]
        if rows:
            session.execute(insert(_table(table)), rows)


def _line(names: Names, values: Sequence[Any]) -> dict[str, Any]:
    key, *figures = values
    return {"product_id": names.products[key], **dict(zip(LINE, figures, strict=True))}


def _contact(_names: Names, values: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(CONTACT, values, strict=True))
