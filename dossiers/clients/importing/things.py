"""From wishes to what a plan shows: each client with its differences in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from dossiers.clients.card_words import value_text
from dossiers.clients.importing.known import Known, leads_of, names_of_clients, notes_of
from dossiers.clients.importing.wishes import Node, Wish, differing
from dossiers.clients.kinds import CardField
from dossiers.clients.rules import audience_of, check_may_edit
from dossiers.clients.wording import FIELD_NAMES
from wiki.accounts.actor import Actor
from wiki.accounts.queries import actor_of, names_of, team_names
from wiki.errors import Refusal
from wiki.lists.further import facts_in
from wiki.lists.plans import Difference, Fate, Thing
from wiki.locale import _l
from wiki.pages.rules import LARGEST_BODY

_NOTHING = "—"


class Things:
    """The wishes of one list, held against what is there."""

    def __init__(
        self, session: Session, actor: Actor, known: Known, wishes: Sequence[Wish]
    ) -> None:
        self._session, self._actor, self._known = session, actor, known
        there = [wish.client for wish in wishes if wish.client is not None]
        self._leads = leads_of(session, [client.id for client in there])
        notes = notes_of(session, [client.page_id for client in there if client.page_id])
        self._facts = {page_id: facts_in(one.body) for page_id, one in notes.items()}
        people = {*self._leads.values(), *(wish.manager for wish in wishes if wish.manager)}
        self._people, self._teams = names_of(session, people), team_names(session)
        self._names: dict[Node, str] = {wish.node: wish.name for wish in wishes}
        self._parents = names_of_clients(session, actor, {_parent_before(w) for w in wishes})
        self._colleagues: dict[int, Actor | None] = {}
        self.remarks: list[tuple[int, Refusal]] = []

    def of(self, wishes: Iterable[Wish]) -> Iterator[tuple[Wish, Thing | Refusal]]:
        """Each with what becomes of it, or why it is refused."""
        for wish in wishes:
            try:
                yield wish, self._thing(wish)
            except Refusal as refusal:
                yield wish, refusal

    def _thing(self, wish: Wish) -> Thing:
        self._check_manager(wish)
        wish.further = dict(self._new_facts(wish))
        differences = list(self._differences(wish))
        if differences and wish.client is not None:
            check_may_edit(self._actor, wish.client.team_id)
        fate = Fate.NEW if wish.client is None else Fate.CHANGED if differences else Fate.SAME
        url = f"/clients/{wish.client.id}" if wish.client is not None else ""
        return Thing(wish.name, wish.rows, fate, differences, url, wish)

    def _check_manager(self, wish: Wish) -> None:
        """Only a colleague who may see the client can be made responsible."""
        if wish.manager is None or not wish.after.restricted:
            return
        if wish.manager not in self._colleagues:
            self._colleagues[wish.manager] = actor_of(self._session, wish.manager)
        colleague = self._colleagues[wish.manager]
        audience = audience_of(True, wish.after.team)
        if colleague is None or audience not in colleague.audiences:
            self.remarks.append((wish.entry.row, _may_not_see(self._people[wish.manager])))
            wish.manager = None

    def _new_facts(self, wish: Wish) -> Mapping[str, str]:
        known = self._facts_of(wish)
        news = {name: value for name, value in wish.further.items() if known.get(name) != value}
        if sum(map(len, news.values())) > LARGEST_BODY // 4:
            raise Refusal("The further facts of the row are too long for the notes of a client.")
        return news

    def _facts_of(self, wish: Wish) -> Mapping[str, str]:
        page_id = wish.client.page_id if wish.client is not None else None
        return self._facts.get(page_id, {}) if page_id is not None else {}

    def _differences(self, wish: Wish) -> Iterator[Difference]:
        for name, (before, after) in differing(wish).items():
            texts = (self._text(name, before), self._text(name, after))
            yield Difference(FIELD_NAMES[name], *texts)
        yield from self._parent(wish)
        lead = self._leads.get(wish.client.id) if wish.client is not None else None
        if wish.manager is not None and wish.manager != lead:
            before = self._people.get(lead or 0, _NOTHING)
            yield Difference(_l("Responsible"), before, self._people[wish.manager])
        known = self._facts_of(wish)
        for heading, value in wish.further.items():
            yield Difference(heading, known.get(heading, _NOTHING), value)

    def _parent(self, wish: Wish) -> Iterator[Difference]:
        now = _parent_before(wish)
        if wish.parent is not None and wish.parent != now:
            before = self._parents.get(now, _NOTHING)
            after = self._names.get(wish.parent) or self._known.clients[wish.parent].name
            yield Difference(FIELD_NAMES[CardField.PARENT], before, after)

    def _text(self, name: CardField, value: Any) -> str:
        if name is CardField.TEAM:
            return self._teams.get(value, _NOTHING) if value is not None else _NOTHING
        return value_text(name, value)


def _parent_before(wish: Wish) -> int:
    """The parent that the client has now; 0 for none."""
    return (wish.before.parent if wish.before is not None else None) or 0


def _may_not_see(name: str) -> Refusal:
    return Refusal(
        "%(name)s may not see this client, because it is restricted to its team; nobody was made "
        "responsible.",
        name=name,
    )
