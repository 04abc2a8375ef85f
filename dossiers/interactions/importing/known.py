"""What dossiers know already of the contacts that a file tells of, in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from dossiers.clients.importing.identity import Keys, bare_tax_number
from dossiers.clients.importing.known import known_clients
from dossiers.clients.models import Client
from dossiers.facts.models import NEVER
from dossiers.facts.writing import in_parts
from dossiers.interactions.contacts.exporting import exported_id
from dossiers.interactions.contacts.origin import kept_number
from dossiers.interactions.contacts.queries import dossiers_of
from dossiers.interactions.kinds import Door
from dossiers.interactions.models import Interaction, InteractionText
from dossiers.people.models import Employment, Person
from dossiers.people.reading.choices import number_in
from wiki.accounts.actor import Actor
from wiki.accounts.models import User
from wiki.pages.forms import whole_number
from wiki.rendering.titles import fold_title

_ADDRESS = "/clients/"


class Home(NamedTuple):
    """A client whom the person may see."""

    id: int
    name: str
    team_id: int | None


Homes = Mapping[str, list[Home]]
ContactKey = tuple[int, str]
"""The client in whose dossier a contact stands, and its number."""


def homes_called(session: Session, actor: Actor, texts: Iterable[str]) -> Homes:
    """The clients that cells may mean: by address, tax number or exact name.

    Those whom the person may not see are as if they were not there.
    """
    texts = sorted(set(texts))
    keys = [Keys(names=frozenset((fold_title(text),))) for text in texts]
    known = known_clients(session, actor, texts, keys, ())
    found: dict[str, set[int]] = {}
    for text in texts:
        bare = bare_tax_number(text)
        near = known.by_key.get(bare, frozenset())
        taxed = {i for i in near if known.clients[i].keys.tax == bare}
        found[text] = taxed or set(known.called(fold_title(text)[:300]))
        if ident := _addressed(text):
            found[text] = {ident}
    homes = _homes(session, actor, {ident for idents in found.values() for ident in idents})
    return {t: [homes[i] for i in sorted(idents) if i in homes] for t, idents in found.items()}


def _addressed(text: str) -> int:
    if _ADDRESS not in text:
        return 0
    return whole_number(text.rpartition(_ADDRESS)[2].partition("/")[0])


def _homes(session: Session, actor: Actor, idents: Iterable[int]) -> Mapping[int, Home]:
    found: dict[int, Home] = {}
    for some in in_parts(sorted(idents)):
        wanted = select(Client.id, Client.name, Client.team_id).where(
            Client.id.in_(some),
            Client.audience.in_(actor.audiences),
            Client.merged_into_id.is_(None),
        )
        found |= {row[0]: Home(*row) for row in session.execute(wanted)}
    return found


@dataclass(frozen=True, slots=True)
class Dossiers:
    """Whose dossier rows of a client stand in: those of merged clients in that of another."""

    homes: Mapping[int, int]


def dossiers_known(session: Session, clients: Iterable[int]) -> Dossiers:
    """The dossiers of these clients."""
    found: dict[int, int] = {}
    for some in in_parts(sorted(set(clients))):
        all_of = dossiers_of(some)
        found |= dict(session.execute(select(all_of.c.id, all_of.c.dossier)).all())
    return Dossiers(found)


def texts_known(
    session: Session, dossiers: Dossiers, keys: Iterable[ContactKey]
) -> Mapping[ContactKey, str]:
    """The newest texts of those contacts that are written down already, also taken back ones."""
    keys = list(keys)
    parts: dict[int, list[int]] = defaultdict(list)
    for own, home in dossiers.homes.items():
        parts[home].append(own)
    kept = {kept_number(own, n): (home, n) for home, n in keys for own in parts[home]}
    exported = {i: (home, n) for home, n in keys if (i := exported_id(n)) is not None}
    found: dict[ContactKey, str] = {}
    for some in in_parts(sorted(exported)):
        rows = session.execute(_texts().where(Interaction.id.in_(some)))
        for ident, client_id, _number, body in rows:
            if dossiers.homes.get(client_id) == exported[ident][0]:
                found[exported[ident]] = body
    for names in in_parts(sorted(filter(None, kept))):
        mine = Interaction.door == Door.FILE, Interaction.external_id.in_(names)
        found |= {
            kept[number]: body for _i, _c, number, body in session.execute(_texts().where(*mine))
        }
    return found


def _texts() -> Select[int, int, str | None, str]:
    newest = InteractionText.number == Interaction.newest
    return select(
        Interaction.id, Interaction.client_id, Interaction.external_id, InteractionText.body
    ).join(InteractionText, (InteractionText.interaction_id == Interaction.id) & newest)


@dataclass(frozen=True, slots=True)
class PeopleKnown:
    """The people of dossiers, by dossier and folded name, and by their numbers."""

    named: Mapping[tuple[int, str], frozenset[int]]
    numbers: frozenset[tuple[int, int]]

    def meant(self, home: int, name: str) -> int:
        """How many people of the dossier the name may mean."""
        found = self.named.get((home, fold_title(name)[:250]), frozenset())
        number = number_in(name)
        if len(found) != 1 and number and (home, number) in self.numbers:
            return 1
        return len(found)


def people_known(session: Session, dossiers: Dossiers) -> PeopleKnown:
    """Everybody who works or worked at these clients and was not merged into another."""
    named: dict[tuple[int, str], set[int]] = defaultdict(set)
    numbers: set[tuple[int, int]] = set()
    for some in in_parts(sorted(dossiers.homes)):
        wanted = (
            select(Employment.client_id, Person.id, Person.name_folded)
            .join(Person, Person.id == Employment.person_id)
            .where(Employment.client_id.in_(some), Employment.superseded_at == NEVER)
            .where(Person.merged_into_id.is_(None))
            .distinct()
        )
        for client_id, ident, folded in session.execute(wanted):
            home = dossiers.homes[client_id]
            named[home, folded].add(ident)
            numbers.add((home, ident))
    frozen = {key: frozenset(found) for key, found in named.items()}
    return PeopleKnown(frozen, frozenset(numbers))


def colleagues_known(session: Session) -> Mapping[str, int]:
    """Colleagues by folded name and address, also former ones; a name of two means neither."""
    found: dict[str, set[int]] = defaultdict(set)
    for ident, name, email in session.execute(select(User.id, User.name, User.email_folded)):
        found[fold_title(name)].add(ident)
        found[email].add(ident)
    return {name: min(idents) for name, idents in found.items() if len(idents) == 1}
