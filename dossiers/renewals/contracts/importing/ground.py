"""What the words of a list can mean here: clients, contracts, colleagues, paths, products.

All of it in a constant number of statements for a few hundred rows. A client that the person may
not see is the same as one that is not there.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalPath
from dossiers.clients.models import Client
from dossiers.clients.rules import may_edit
from dossiers.facts.writing import in_parts
from dossiers.renewals.contracts.importing.entries import Entry
from dossiers.renewals.contracts.importing.fields import WHOSE, Field
from dossiers.renewals.models import Contract
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.errors import Refusal
from wiki.pages.forms import whole_number
from wiki.pages.models import Page
from wiki.rendering.titles import fold_title

Key = tuple[int, str]
Called = tuple[Field, str]


class _Client(NamedTuple):
    id: int
    name: str
    folded: str
    tax_number: str
    team_id: int | None


class _Page(NamedTuple):
    id: int
    title: str
    folded: str
    archived: bool


@dataclass
class Ground:
    """What was found. Contracts are known by dossier and number, and by their own number."""

    actor: Actor
    clients: dict[int, _Client] = field(default_factory=dict)
    called: dict[Called, set[int]] = field(default_factory=dict)
    contracts: dict[Key, Contract] = field(default_factory=dict)
    keys: dict[int, Key] = field(default_factory=dict)
    followed: dict[int, int] = field(default_factory=dict)
    owners: Sequence[tuple[int, str, str]] = ()
    paths: dict[int, list[tuple[int, str, str]]] = field(default_factory=dict)
    pages: dict[int, _Page] = field(default_factory=dict)

    def client_of(self, entry: Entry) -> _Client:
        """The client that a row names. Raises `Refusal` when just none is meant."""
        idents = self.called.get(whose_of(entry), ())
        found = [self.clients[ident] for ident in sorted(idents)]
        if len(found) != 1:
            raise Refusal(
                "There is not just one client called “%(name)s” here. Write its tax number or the "
                "address of its dossier into the row.",
                name=next(iter(entry.whose.values()))[:100],
            )
        if not may_edit(self.actor, found[0].team_id):
            raise Refusal(
                "Only its team and directors may change the dossier of “%(name)s”.",
                name=found[0].name[:100],
            )
        return found[0]

    def owner_called(self, text: str) -> int:
        """The colleague of that name or address. Raises `Refusal`."""
        folded = text.strip().casefold()
        found = [ident for ident, *names in self.owners if folded in map(str.casefold, names)]
        if len(found) != 1:
            raise Refusal("There is not just one colleague called “%(name)s”.", name=text[:100])
        return found[0]

    def path_called(self, client_id: int, text: str) -> int:
        """The path of the dossier that is called so. Raises `Refusal`."""
        folded = fold_title(text)[:250]
        found = [ident for ident, _name, own in self.paths.get(client_id, ()) if own == folded]
        if len(found) != 1:
            raise Refusal(
                "There is not just one path called “%(name)s” in the dossier.", name=text[:100]
            )
        return found[0]

    def product_called(self, text: str, known: Iterable[int]) -> int:
        """The page of a product; one that the contract has already goes first. Raises `Refusal`."""
        number = page_number(text)
        folded = fold_title(text)[:300]
        fitting = [
            one
            for one in self.pages.values()
            if (one.id == number if number else one.folded == folded)
        ]
        known = set(known)
        own = [one for one in fitting if one.id in known]
        found = own or [one for one in fitting if not one.archived] or fitting
        if len(found) != 1:
            raise Refusal(
                "There is not just one product called “%(name)s”. Write the address of its page, "
                "like /pages/12.",
                name=text[:100],
            )
        return found[0].id


def page_number(text: str) -> int:
    """The number in the address of a page; 0 when it is a title."""
    return (
        whole_number(text.rpartition("/pages/")[2].partition("/")[0].partition("-")[0])
        if ("/pages/" in text)
        else 0
    )


def dossier_number(text: str) -> int:
    """The number in the address of a dossier; 0 when there is none."""
    return whole_number(text.rpartition("/clients/")[2].partition("/")[0])


def whose_of(entry: Entry) -> Called:
    """By what a row names its client, in canonical form: the surest that it says."""
    if Field.DOSSIER in entry.whose:
        return Field.DOSSIER, str(dossier_number(entry.whose[Field.DOSSIER]))
    if Field.TAX_NUMBER in entry.whose:
        return Field.TAX_NUMBER, entry.whose[Field.TAX_NUMBER].replace(" ", "")
    return Field.CLIENT, fold_title(entry.whose[Field.CLIENT])[:300]


def ground_of(session: Session, actor: Actor, entries: Sequence[Entry]) -> Ground:
    """All that these rows may mean for this person."""
    ground = Ground(actor)
    _clients(session, ground, entries)
    homes = _dossiers(session, ground)
    _contracts(session, ground, homes)
    if any(Field.PATH in entry.texts for entry in entries):
        _paths(session, ground, homes)
    active = select(User.id, User.name, User.email).where(User.deactivated_at.is_(None))
    ground.owners = [(ident, name, email) for ident, name, email in session.execute(active)]
    _pages(session, ground, entries)
    return ground


def _clients(session: Session, ground: Ground, entries: Sequence[Entry]) -> None:
    called: dict[Field, set[str]] = {name: set() for name in WHOSE}
    for entry in entries:
        name, text = whose_of(entry)
        called[name].add(text)
    seen = Client.audience.in_(ground.actor.audiences), Client.merged_into_id.is_(None)
    columns = (Client.id, Client.name, Client.name_folded, Client.tax_number, Client.team_id)
    wanted = select(*columns).where(*seen)
    for clause in _clauses(called):
        for row in session.execute(wanted.where(clause)):
            one = ground.clients[row[0]] = _Client._make(row)
            for name, text in zip(WHOSE, (str(one.id), one.tax_number, one.folded), strict=True):
                ground.called.setdefault((name, text), set()).add(one.id)


def _clauses(called: Mapping[Field, Iterable[str]]) -> Iterator[ColumnElement[bool]]:
    idents = sorted(int(text) for text in called[Field.DOSSIER])
    yield from (Client.id.in_(some) for some in in_parts(idents))
    numbers, names = sorted(called[Field.TAX_NUMBER]), sorted(called[Field.CLIENT])
    yield from (Client.tax_number.in_(some) for some in in_parts(numbers))
    yield from (Client.name_folded.in_(some) for some in in_parts(names))


def _dossiers(session: Session, ground: Ground) -> dict[int, int]:
    """Whose dossier the rows of a client stand in: its own, and of those merged into it."""
    rows = select(Client.id, Client.merged_into_id).where(Client.merged_into_id.is_not(None))
    into = {ident: home for ident, home in session.execute(rows) if home}
    homes = {ident: ident for ident in ground.clients}
    for ident in into:
        home, steps = ident, 0
        while home in into and steps < 20:
            home, steps = into[home], steps + 1
        if home in ground.clients:
            homes[ident] = home
    return homes


def _contracts(session: Session, ground: Ground, homes: dict[int, int]) -> None:
    for some in in_parts(sorted(homes)):
        wanted = select(Contract).where(Contract.client_id.in_(some), Contract.archived.is_(False))
        for one in session.scalars(wanted):
            key = (homes[one.client_id], one.number_folded)
            ground.contracts[key], ground.keys[one.id] = one, key
            if one.predecessor_id:
                ground.followed[one.predecessor_id] = one.id


def _paths(session: Session, ground: Ground, homes: dict[int, int]) -> None:
    found: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    columns = (
        ApprovalPath.client_id, ApprovalPath.id, ApprovalPath.subject, ApprovalPath.subject_folded,
    )  # fmt: skip
    for some in in_parts(sorted(homes)):
        wanted = select(*columns).where(
            ApprovalPath.client_id.in_(some), ApprovalPath.archived.is_(False)
        )
        for client, ident, subject, folded in session.execute(wanted):
            found[homes[client]].append((ident, subject, folded))
    ground.paths = found


def _pages(session: Session, ground: Ground, entries: Sequence[Entry]) -> None:
    typed = {text for entry in entries for text in entry.products}
    idents = {page_number(text) for text in typed} - {0}
    idents |= {ident for one in ground.contracts.values() for ident in one.products}
    titles = {fold_title(text)[:300] for text in typed if not page_number(text)}
    seen = Page.audience.in_(ground.actor.audiences), Page.room.is_(None)
    wanted = select(Page.id, Page.title, Page.title_folded, Page.archived).where(*seen)
    clauses = [Page.id.in_(some) for some in in_parts(sorted(idents))]
    clauses += [Page.title_folded.in_(some) for some in in_parts(sorted(titles))]
    for clause in clauses:
        for row in session.execute(wanted.where(clause)):
            ground.pages[row[0]] = _Page._make(row)
