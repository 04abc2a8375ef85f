"""Writing clients from a list: one deed for each, by the services that a person's form uses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from dossiers.clients.deeds import begin_deed
from dossiers.clients.importing.wishes import Node, Wish, with_lists
from dossiers.clients.models import Assignment, Client
from dossiers.clients.queries import locked_client
from dossiers.clients.services.cards import Said, make_client, write_card
from dossiers.clients.services.managers import lead_facts
from dossiers.clients.services.notes import notes_begun
from dossiers.clients.services.refreshing import present_card
from dossiers.facts.models import Change, Source
from dossiers.facts.writing import Evidence, write_facts
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.accounts.queries import names_of
from wiki.errors import Clash
from wiki.lists.further import with_facts
from wiki.lists.plans import Thing
from wiki.lists.sorts import By, Writer
from wiki.locale import _
from wiki.pages.content import Content
from wiki.pages.drawing import render_context, toc_entries
from wiki.pages.revisions import Deed, Drawn, add_revision, content_of, locked_page
from wiki.pages.rules import LONGEST_REASON, check_content
from wiki.pages.saving import Desk, visible_revision
from wiki.rendering.shapes import RenderContext

MADE, CHANGED = "import client", "import card"
_LONGEST_ORIGIN = 100


@dataclass(frozen=True, slots=True)
class _Notes:
    """The notes of a client as they are to be; without a number they are to be begun."""

    content: Content
    drawn: Drawn
    page_id: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class _Text:
    """Notes that are not rendered yet."""

    content: Content
    context: RenderContext
    meant: dict[str, int | None]
    page_id: int | None = None
    number: int | None = None


class ClientWriter(Writer):
    """Writes the clients of one list."""

    def __init__(self, desk: Desk, actor: Actor, by: By) -> None:
        self._desk, self._actor, self._by = desk, actor, by
        self._today: date = clock.today(actor.time_zone)
        self._evidence = Evidence(Source.IMPORT)
        self._made: dict[Node, int] = {}
        self._notes: dict[Node, _Notes] = {}

    def prepare(self, things: Sequence[Thing]) -> None:
        """Render the notes that get further facts."""
        wishes = [thing.todo for thing in things if thing.todo.further]
        with self._desk.database.reading() as session:
            texts = [self._text(session, wish) for wish in wishes]
        drawn = self._desk.renderer.render_many((t.content.body, t.context) for t in texts)
        self._notes = {
            wish.node: _Notes(text.content, Drawn(one, text.meant), text.page_id, text.number)
            for wish, text, one in zip(wishes, texts, drawn, strict=True)
        }

    def write(self, session: Session, thing: Thing) -> None:
        """Write one client. Raises `Refusal` when somebody was faster."""
        wish: Wish = thing.todo
        if wish.client is None:
            self._made[wish.node] = self._make(session, wish)
        else:
            self._change(session, wish, wish.client.id)

    def finish(self, session: Session) -> None:
        """Nothing is left to do."""

    def _make(self, session: Session, wish: Wish) -> int:
        """Since when what a list says is so, nobody knows."""
        said = Said(self._evidence, None, wish.is_another)
        card = replace(wish.after, parent=self._parent(wish))
        client, change = make_client(session, self._actor, card, said, MADE, **self._words())
        self._assign(session, wish, client, said, change)
        if wish.further:
            self._write_notes(session, wish, client)
        return client.id

    def _change(self, session: Session, wish: Wish, client_id: int) -> None:
        client = locked_client(session, self._actor, client_id)
        said = Said(self._evidence, self._today, wish.is_another)
        before = present_card(session, client_id)
        after = with_lists(before, wish.said)
        if wish.parent is not None:
            after["parent"] = self._parent(wish) or before.parent
        change = write_card(session, self._actor, client, after, said, CHANGED, **self._words())
        change = self._assign(session, wish, client, said, change)
        if wish.further:
            page = self._write_notes(session, wish, client)
            if page and change is None:
                begin_deed(session, self._actor, client, "start notes", page=page)

    def _parent(self, wish: Wish) -> int | None:
        """The number of the parent; `None` when it was to be made and could not be."""
        if wish.parent is None or wish.parent > 0:
            return wish.parent
        return self._made.get(wish.parent)

    def _assign(
        self, session: Session, wish: Wish, client: Client, said: Said, change: Change | None
    ) -> Change | None:
        if wish.manager is None:
            return change
        facts = lead_facts(session, client, wish.manager, said)
        if facts:
            change = change or begin_deed(session, self._actor, client, CHANGED, **self._words())
            name = names_of(session, [wish.manager]).get(wish.manager, "")
            change.words = {**change.words, "colleague": name}
            write_facts(session, change, Assignment, facts, self._evidence)
        return change

    def _write_notes(self, session: Session, wish: Wish, client: Client) -> str:
        """The title of the page when it was begun; empty when there was one."""
        notes, reason = self._notes[wish.node], self._reason()
        if client.page_id != notes.page_id:
            raise _overtaken()
        if notes.page_id is None:
            deed = Deed("create", reason)
            page = notes_begun(session, self._actor, client, notes.content.body, notes.drawn, deed)
            return page.title
        page = locked_page(session, notes.page_id)
        if page.current_number != notes.number:
            raise _overtaken()
        deed = Deed("edit", reason, notes.number)
        add_revision(session, self._actor, page, notes.content, notes.drawn, deed)
        return ""

    def _text(self, session: Session, wish: Wish) -> _Text:
        origin = f"{self._by.file_name[:_LONGEST_ORIGIN]}, {self._today.isoformat()}"
        page_id = wish.client.page_id if wish.client is not None else None
        if page_id is None:
            language = self._actor.language
            body = with_facts("", language, wish.further, origin)
            content = Content(wish.name, body, {}, (), None)
            context, meant = render_context(session, None, "", language, content, ())
            return _Text(content, context, meant)
        page, current = visible_revision(session, self._actor, page_id)
        before = content_of(current)
        content = replace(before, body=with_facts(before.body, page.language, wish.further, origin))
        check_content(content)
        toc = toc_entries(current)
        context, meant = render_context(
            session, page.id, page.audience, page.language, content, toc
        )
        return _Text(content, context, meant, page.id, page.current_number)

    def _words(self) -> dict[str, object]:
        return {"file": self._by.file_name}

    def _reason(self) -> str:
        return _("From the file %(file)s", file=self._by.file_name)[:LONGEST_REASON]


def _overtaken() -> Clash:
    return Clash(
        "Somebody has changed the notes of this client meanwhile. Nothing of the row was written. "
        "Send it again."
    )
