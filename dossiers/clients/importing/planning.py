"""What a list of clients would do: which clients it means, and what changes in each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from dossiers.clients.card import Card
from dossiers.clients.importing.entries import Entry, EntryReader
from dossiers.clients.importing.gathering import Group, gather, keys_of, merged, rows_of
from dossiers.clients.importing.known import (
    Known,
    KnownClient,
    cards_of,
    known_clients,
    parents_of_all,
    words_of,
)
from dossiers.clients.importing.parents import from_above, in_circles
from dossiers.clients.importing.remarks import slips_in
from dossiers.clients.importing.settings import COUNTRY, TEAM
from dossiers.clients.importing.things import Things
from dossiers.clients.importing.wishes import Node, Wish, wish_for, wish_for_new
from dossiers.clients.rules import check_may_give
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.lists.plans import EVERY_OTHER, Chosen, Plan
from wiki.lists.sheets import Sheet
from wiki.rendering.titles import fold_title


def plan_clients(session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> Plan:
    """What the list would do for this person now, in a number of statements that hardly grows."""
    return _Planning(session, actor, sheet, chosen).plan()


class _Planning:
    """One list on the way from rows to things."""

    def __init__(self, session: Session, actor: Actor, sheet: Sheet, chosen: Chosen) -> None:
        self._session, self._actor, self._chosen = session, actor, chosen
        self._sheet, self._result = sheet, Plan(len(sheet.rows))
        team = chosen.settings.get(TEAM)
        self._team = int(team) if team else actor.team_id
        self._country = chosen.settings.get(COUNTRY, "")

    def plan(self) -> Plan:
        entries = list(self._entries())
        groups, refused = gather(entries)
        self._result.refused |= refused
        known = self._known(entries, groups)
        wishes = list(self._wishes(self._matched(groups, known)))
        self._set_parents(wishes, known)
        self._mark_others(wishes, known)
        things = Things(self._session, self._actor, known, wishes)
        for wish, thing in things.of(self._ordered(wishes)):
            if isinstance(thing, Refusal):
                self._result.refuse(wish.rows, thing)
            else:
                self._result.things.append(thing)
        self._tell(entries, things)
        return self._result

    def _entries(self) -> Iterator[Entry]:
        reader = EntryReader(self._sheet, self._chosen, words_of(self._session), self._country)
        for row in self._sheet.rows:
            try:
                yield reader.entry(row)
            except Refusal as refusal:
                self._result.refuse((row.number,), refusal)

    def _known(self, entries: Sequence[Entry], groups: Sequence[Group]) -> Known:
        numbers = {entry.said["tax_number"] for entry in entries if "tax_number" in entry.said}
        parents = {fold_title(entry.parent)[:300] for entry in entries if entry.parent}
        keys = map(keys_of, groups)
        return known_clients(self._session, self._actor, numbers, keys, parents)

    def _matched(
        self, groups: Iterable[Group], known: Known
    ) -> Iterator[tuple[Group, KnownClient | None]]:
        """The rows of each client with the client that they mean, if one is there."""
        by_client: dict[int, Group] = defaultdict(list)
        for group in groups:
            met = known.met_by(keys_of(group))
            if len(met) > 1:
                self._result.refuse(rows_of(group), _means_two(met))
            elif met:
                by_client[met[0].id] += group
            else:
                yield group, None
        for ident, group in by_client.items():
            yield sorted(group, key=lambda entry: entry.row), known.clients[ident]

    def _wishes(self, matched: Iterable[tuple[Group, KnownClient | None]]) -> Iterator[Wish]:
        pairs = list(matched)
        cards = cards_of(self._session, [client.id for _group, client in pairs if client])
        for group, client in pairs:
            try:
                wish = self._wish(merged(group), client, cards)
            except Refusal as refusal:
                self._result.refuse(rows_of(group), refusal)
            else:
                wish.rows = rows_of(group)
                yield wish

    def _wish(self, entry: Entry, client: KnownClient | None, cards: Mapping[int, Card]) -> Wish:
        if client is None:
            wish = wish_for_new(entry, self._team, self._country)
            check_may_give(self._actor, wish.after.team)
            return wish
        wish, remarks = wish_for(entry, client, cards[client.id])
        for remark in remarks:
            self._result.remark(entry.row, remark)
        return wish

    def _set_parents(self, wishes: Sequence[Wish], known: Known) -> None:
        """Parents are of this file or known already; others are never invented."""
        bearers: dict[str, set[Node]] = defaultdict(set)
        for wish in wishes:
            bearers[fold_title(wish.name)[:300]].add(wish.node)
        own = {wish.node for wish in wishes}
        for wish in wishes:
            name = fold_title(wish.entry.parent)[:300]
            found = bearers[name] | (known.called(name) - own) if name else set()
            if len(found) == 1 and found != {wish.node}:
                wish.parent = found.pop()
            elif name:
                self._leave_parent(wish, _no_parent(wish, found))
        circles = in_circles(
            {wish.node: wish.parent for wish in wishes if wish.parent is not None}, self._above()
        )
        for wish in wishes:
            if wish.node in circles:
                wish.parent = None
                self._leave_parent(wish, _circle(wish))

    def _above(self) -> dict[Node, Node]:
        return parents_of_all(self._session)

    def _leave_parent(self, wish: Wish, why: Refusal) -> None:
        self._result.remark(wish.entry.row, why)
        if EVERY_OTHER not in self._chosen.drop:
            wish.further[self._chosen.columns["parent"]] = wish.entry.parent

    def _mark_others(self, wishes: Sequence[Wish], known: Known) -> None:
        bearers: dict[str, set[Node]] = defaultdict(set)
        for ident, client in known.clients.items():
            for name in client.keys.names:
                bearers[name].add(ident)
        for wish in wishes:
            bearers[fold_title(wish.name)[:300]].add(wish.node)
        for wish in wishes:
            wish.is_another = bool(bearers[fold_title(wish.name)[:300]] - {wish.node})

    def _ordered(self, wishes: Sequence[Wish]) -> list[Wish]:
        """Parents before those that belong to them, so that no circle is there meanwhile."""
        by_node = {wish.node: wish for wish in wishes}
        after = self._above() | {w.node: w.parent for w in wishes if w.parent is not None}
        ordered = sorted(by_node, key=lambda node: by_node[node].entry.row)
        return [by_node[node] for node in from_above(ordered, after)]

    def _tell(self, entries: Sequence[Entry], things: Things) -> None:
        for entry in entries:
            if entry.row not in self._result.refused:
                for remark in entry.remarks:
                    self._result.remark(entry.row, remark)
        self._result.remarks += things.remarks
        self._result.remarks += slips_in(self._session, self._actor, entries, self._chosen)


def _means_two(met: Sequence[KnownClient]) -> Refusal:
    return Refusal(
        "The row fits more than one client: %(names)s. Write the tax number into the row, or merge "
        "the clients if they are one.",
        names=", ".join(f"{client.name} (/clients/{client.id})" for client in met[:5]),
    )


def _no_parent(wish: Wish, found: set[Node]) -> Refusal:
    name = wish.entry.parent[:100]
    if found == {wish.node}:
        return Refusal("The client is named as its own parent; that was left out.")
    if found:
        return Refusal(
            "More than one client is called “%(name)s”, so no parent company was set.", name=name
        )
    return Refusal("There is no client called “%(name)s”, so no parent company was set.", name=name)


def _circle(wish: Wish) -> Refusal:
    return Refusal(
        "“%(name)s” would stand above itself in the holding, so no parent company was set.",
        name=wish.name[:100],
    )
