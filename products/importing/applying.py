"""Writing products from a list: a page for each, or a new version of one, with its history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from products.importing.fields import PRICE
from products.importing.planning import Wish
from products.importing.shelves import make_category
from wiki import clock
from wiki.accounts.actor import EVERYONE, Actor
from wiki.errors import Clash
from wiki.lists.further import with_facts
from wiki.lists.plans import Thing
from wiki.lists.sorts import By, Writer
from wiki.locale import _
from wiki.pages.content import Content
from wiki.pages.drawing import render_context, toc_entries
from wiki.pages.revisions import Deed, Drawn, add_revision, locked_page
from wiki.pages.rules import LONGEST_REASON
from wiki.pages.saving import Desk, visible_revision
from wiki.pages.services import create_page
from wiki.rendering.shapes import RenderContext

_LONGEST_ORIGIN = 100


@dataclass(frozen=True, slots=True)
class _Text:
    """A page that is not rendered yet."""

    content: Content
    context: RenderContext
    meant: dict[str, int | None]


class ProductWriter(Writer):
    """Writes the products of one list."""

    def __init__(self, desk: Desk, actor: Actor, by: By) -> None:
        self._desk, self._actor, self._by = desk, actor, by
        self._today = clock.today(actor.time_zone)
        self._drawn: dict[int, tuple[Content, Drawn]] = {}
        self._made: dict[str, int] = {}

    def prepare(self, things: Sequence[Thing]) -> None:
        """Make the categories that are wanted, and render the texts."""
        wishes: list[Wish] = [thing.todo for thing in things]
        self._make_categories([wish for wish in wishes if wish.category])
        with self._desk.database.reading() as session:
            texts = [self._text(session, wish) for wish in wishes]
        drawn = self._desk.renderer.render_many((t.content.body, t.context) for t in texts)
        self._drawn = {
            id(wish): (text.content, Drawn(one, text.meant))
            for wish, text, one in zip(wishes, texts, drawn, strict=True)
        }

    def write(self, session: Session, thing: Thing) -> None:
        """Write one page. Raises `Refusal` when somebody was faster."""
        wish: Wish = thing.todo
        content, drawn = self._drawn[id(wish)]
        reason = _("From the file %(file)s", file=self._by.file_name)[:LONGEST_REASON]
        if wish.page is None:
            deed = Deed("create", reason)
            create_page(session, self._actor, wish.language, content, drawn, deed, EVERYONE)
            return
        page = locked_page(session, wish.page.id)
        if page.current_number != wish.page.number:
            raise _overtaken(content.title)
        deed = Deed("edit", reason, page.current_number)
        add_revision(session, self._actor, page, content, drawn, deed)

    def finish(self, session: Session) -> None:
        """Nothing is left to do."""

    def _make_categories(self, wishes: Sequence[Wish]) -> None:
        missing = {wish.category for wish in wishes} - self._made.keys()
        if not missing:
            return
        with self._desk.database.transaction() as session:
            for name in sorted(missing):
                priced = any(PRICE.key in w.facts for w in wishes if w.category == name)
                self._made[name] = make_category(session, self._actor, name, priced)

    def _text(self, session: Session, wish: Wish) -> _Text:
        content = wish.content
        if wish.category:
            content = replace(content, category_id=self._made[wish.category])
        origin = f"{self._by.file_name[:_LONGEST_ORIGIN]}, {self._today.isoformat()}"
        body = with_facts(content.body, wish.language, wish.further, origin)
        content = replace(content, body=body)
        if wish.page is None:
            context, meant = render_context(session, None, EVERYONE, wish.language, content, ())
            return _Text(content, context, meant)
        page, current = visible_revision(session, self._actor, wish.page.id)
        context, meant = render_context(
            session, page.id, page.audience, page.language, content, toc_entries(current)
        )
        return _Text(content, context, meant)


def _overtaken(title: str) -> Clash:
    return Clash(
        "Somebody has changed the page «%(title)s» meanwhile. Nothing of the row was written. "
        "Send it again.",
        title=title,
    )
