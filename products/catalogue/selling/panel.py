"""The line above the text of a product that leads to its card for a sales talk."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from products.catalogue.selling.outline import headings
from products.catalogue.selling.parts import PartKind, kind_of_heading
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.pages.categories import tree
from wiki.pages.page_to_read import PageToRead


def draw_line(session: Session, actor: Actor, page: PageToRead) -> Markup | None:
    """The way to the card, and for writers how many headings are missing; costs no statement.

    A page without any such heading is asked for them where its category's template has some, and
    only those who may write are asked.
    """
    kinds = {kind_of_heading(str(text)) for _level, _anchor, text in page.toc} - {None}
    writes = may(actor, Permission.WRITE_PAGES)
    if not kinds and not (writes and _is_asked(session, page)):
        return None
    drawn = render_template(
        "products/catalogue/selling/_line.html",
        page=page,
        any_there=bool(kinds),
        missing=len(PartKind) - len(kinds),
        may_write=writes,
    )
    return Markup(drawn)  # noqa: S704 - drawn by a template


def _is_asked(session: Session, page: PageToRead) -> bool:
    path = tree(session, page.tree_stamp).path(page.category_id)
    template = path[-1].template(page.language) if path else ""
    return any(kind_of_heading(head.text) for head in headings(template.split("\n")))
