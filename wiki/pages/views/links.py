"""How pages hang together: what links here, what is wanted, what nobody links to."""

from flask import render_template
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor
from wiki.database import reading
from wiki.pages.categories import tree
from wiki.pages.queries import backlinks_visible_to, orphans_visible_to, wanted_visible_to
from wiki.pages.saving import visible_revision
from wiki.pages.views.blueprint import pages
from wiki.pages.views.rooms import standing_of


@pages.get("/pages/<int:page_id>/links")
def backlinks(page_id: int) -> ResponseReturnValue:
    """The pages that link to this one."""
    page, _current = visible_revision(reading(), actor(), page_id)
    lines = backlinks_visible_to(reading(), actor(), page_id)
    shelves = tree(reading()).shelves
    return render_template(
        "wiki/pages/backlinks.html",
        page=page,
        lines=lines,
        shelves=shelves,
        may_write=standing_of(page_id, page.room).may_write,
    )


@pages.get("/pages/wanted")
def wanted() -> ResponseReturnValue:
    """Titles that pages link to and nobody has written."""
    return render_template("wiki/pages/wanted.html", wanted=wanted_visible_to(reading(), actor()))


@pages.get("/pages/orphans")
def orphans() -> ResponseReturnValue:
    """Pages to which no other page links."""
    lines = orphans_visible_to(reading(), actor())
    return render_template("wiki/pages/orphans.html", lines=lines, shelves=tree(reading()).shelves)
