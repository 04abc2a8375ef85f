"""Writing contacts from a file, by the services that a person's form uses."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.interactions.contacts.details import Details
from dossiers.interactions.contacts.naming import people_typed
from dossiers.interactions.contacts.origin import Origin
from dossiers.interactions.contacts.services import note_contact
from dossiers.interactions.contacts.texts import Written, draw_many, sketch
from dossiers.interactions.importing.entries import Promised
from dossiers.interactions.importing.wishes import Wish
from dossiers.interactions.kinds import Door
from dossiers.interactions.promises import services as promises
from dossiers.interactions.promises.holders import holders_of
from wiki.accounts.actor import Actor
from wiki.lists.plans import Thing
from wiki.lists.sorts import Writer
from wiki.pages.saving import Desk


class ContactWriter(Writer):
    """Writes the contacts of one file, each with the people and promises that came with it."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk, self._actor = desk, actor
        self._texts: Mapping[tuple[int, str], Written] = {}

    def prepare(self, things: Sequence[Thing]) -> None:
        """Render what was said, for the readers of each client."""
        wishes: list[Wish] = [thing.todo for thing in things]
        language = self._actor.language
        with self._desk.database.reading() as session:
            audiences = _audiences(session, {wish.client_id for wish in wishes})
            drawn = [sketch(session, audiences[w.client_id], language, w.text) for w in wishes]
        texts = draw_many(drawn, self._desk.renderer)
        keys = [(wish.client_id, wish.number) for wish in wishes]
        self._texts = dict(zip(keys, texts, strict=True))

    def write(self, session: Session, thing: Thing) -> None:
        """Note one contact; one that was noted meanwhile stays as it is."""
        wish: Wish = thing.todo
        names = people_typed(session, self._actor, wish.client_id, wish.theirs, may_add=True)
        details = Details(
            wish.kind, wish.moment, frozenset(wish.ours), frozenset(names), next_on=wish.next_on
        )
        text, origin = self._texts[wish.client_id, wish.number], Origin(Door.FILE, wish.number)
        noted = note_contact(session, self._actor, wish.client_id, details, text, origin)
        if noted.is_new:
            person = names[0] if len(names) == 1 else None
            for one in wish.promised:
                self._promise(session, wish, one, person, noted.row.id)

    def finish(self, session: Session) -> None:
        """Nothing is left to do."""

    def _promise(
        self, session: Session, wish: Wish, one: Promised, person: int | None, contact: int
    ) -> None:
        """A colleague who can no longer look after it is replaced by who sends the file."""
        client = client_visible_to(session, self._actor, wish.client_id)
        able = {ident for ident, _name in holders_of(session, client)}
        keeper = next((ident for ident in wish.ours if ident in able), self._actor.id)
        said = promises.Wish(one.by_us, one.what, one.due_on, keeper, person, contact)
        promises.make_promise(session, self._actor, wish.client_id, said)


def _audiences(session: Session, client_ids: set[int]) -> Mapping[int, str]:
    rows = session.execute(select(Client.id, Client.audience).where(Client.id.in_(client_ids)))
    return dict(rows.all())
