"""Saving the parts of a page: a new version of its text, merged like any other."""

from dataclasses import dataclass, replace

from products.catalogue.selling.forms import check_parts
from products.catalogue.selling.parts import Parts
from products.catalogue.selling.queries import product_visible_to
from products.catalogue.selling.sections import with_missing_parts, with_parts
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, require
from wiki.pages.content import Content
from wiki.pages.revisions import content_of
from wiki.pages.rules import check_base
from wiki.pages.saving import Desk, Draft, Outcome, save_page


@dataclass(frozen=True, slots=True)
class Deed:
    """On which version the parts were typed, why, and the key of the form."""

    base_number: int
    reason: str = ""
    save_key: str | None = None


def save_parts(desk: Desk, actor: Actor, page_id: int, parts: Parts, deed: Deed) -> Outcome:
    """Save these parts as a new version; parts that are not among them stay as they are.

    Raises `Missing` when the actor may not see the page, `Refusal` when a row breaks a rule.
    """
    require(actor, Permission.WRITE_PAGES)
    language, base = _base(desk, actor, page_id, deed.base_number)
    check_parts(parts)
    content = replace(base, body=with_parts(base.body, parts, language))
    return _saved(desk, actor, page_id, content, deed)


def add_missing_headings(desk: Desk, actor: Actor, page_id: int, deed: Deed) -> Outcome:
    """Save the text with a heading for each part that it lacks."""
    require(actor, Permission.WRITE_PAGES)
    language, base = _base(desk, actor, page_id, deed.base_number)
    content = replace(base, body=with_missing_parts(base.body, language))
    return _saved(desk, actor, page_id, content, deed)


def _base(desk: Desk, actor: Actor, page_id: int, number: int) -> tuple[str, Content]:
    with desk.database.reading() as session:
        page, _current = product_visible_to(session, actor, page_id)
        check_base(number, page.current_number)
        _page, base = product_visible_to(session, actor, page_id, number)
        return page.language, replace(content_of(base), archived=page.archived)


def _saved(desk: Desk, actor: Actor, page_id: int, content: Content, deed: Deed) -> Outcome:
    draft = Draft(content, deed.base_number, deed.reason, deed.save_key)
    return save_page(desk, actor, page_id, draft)
