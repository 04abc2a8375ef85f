"""A page's history: who, when, why; comparing, restoring, undoing; who wrote which line."""

from itertools import groupby

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading
from wiki.errors import Clash
from wiki.locale import _, say
from wiki.pages.authorship import lines_with_authors
from wiki.pages.compare import compare
from wiki.pages.differing import changed_rows, far_and_near
from wiki.pages.forms import number_in_address, reason_of
from wiki.pages.queries import authors_of_revisions, history_visible_to
from wiki.pages.restoring import restore_revision, undo_revision
from wiki.pages.revisions import content_of
from wiki.pages.saving import InConflict, Outcome, Saved, visible_revision
from wiki.pages.version_panels import version_panels_of
from wiki.pages.views.blueprint import desk, pages
from wiki.pages.views.rooms import seen_revision, standing_of

_PER_PAGE = 50


@pages.get("/pages/<int:page_id>/history")
def history(page_id: int) -> ResponseReturnValue:
    """All revisions, the newest first; two can be chosen to be compared."""
    person = actor()
    page, _current = seen_revision(page_id)
    before = request.args.get("before", type=number_in_address)
    lines = history_visible_to(reading(), person, page_id, before, _PER_PAGE + 1)
    return render_template(
        "wiki/pages/history.html",
        page=page,
        lines=lines[:_PER_PAGE],
        sizes={line.number: line.size for line in lines},
        more=lines[_PER_PAGE - 1].number if len(lines) > _PER_PAGE else None,
        may_write=standing_of(page_id, page.room).may_write,
    )


@pages.get("/pages/<int:page_id>/compare")
def comparison(page_id: int) -> ResponseReturnValue:
    """What changed from revision `from` to revision `to` (by default the last step)."""
    person = actor()
    page, _current = seen_revision(page_id)
    to = request.args.get("to", page.current_number, type=number_in_address)
    since = request.args.get("from", max(1, to - 1), type=number_in_address)
    _page, old = visible_revision(reading(), person, page_id, since)
    _page, new = visible_revision(reading(), person, page_id, to)
    compared = compare(content_of(old), content_of(new))
    return render_template(
        "wiki/pages/compare.html",
        page=page,
        old=old,
        new=new,
        names=authors_of_revisions(reading(), [old.author_id, new.author_id]),
        groups=far_and_near(compared),
        comparison=compared,
        rows=changed_rows(reading(), compared),
        view="inline" if request.args.get("view") == "inline" else "side",
        panels=version_panels_of(reading(), person, page, since, to),
        may_write=standing_of(page_id, page.room).may_write,
    )


@pages.post("/pages/<int:page_id>/revisions/<int:number>/restore")
@needs(Permission.WRITE_PAGES)
def restore(page_id: int, number: int) -> ResponseReturnValue:
    """A new revision with the text of an older one."""
    reason = reason_of(request.form.get("reason")) or _("As in version %(number)d", number=number)
    return _done(page_id, restore_revision(desk(), actor(), page_id, number, reason))


@pages.post("/pages/<int:page_id>/revisions/<int:number>/undo")
@needs(Permission.WRITE_PAGES)
def undo(page_id: int, number: int) -> ResponseReturnValue:
    """A new revision without what one revision changed."""
    reason = reason_of(request.form.get("reason")) or _("Without version %(number)d", number=number)
    try:
        outcome = undo_revision(desk(), actor(), page_id, number, reason)
    except Clash as refusal:
        flash(say(refusal), "warning")
        return redirect(f"/pages/{page_id}/compare?from={max(1, number - 1)}&to={number}")
    return _done(page_id, outcome)


def _done(page_id: int, outcome: Outcome) -> ResponseReturnValue:
    if isinstance(outcome, InConflict):
        raise Clash(
            "Somebody saved a newer version at this very moment. Nothing was changed. Look at it, "
            "then try again."
        )
    if isinstance(outcome, Saved):
        flash(_("Saved as version %(number)d.", number=outcome.number), "success")
    else:
        flash(_("The page already says this, so there is no new version."), "info")
    return redirect(f"/pages/{page_id}")


@pages.get("/pages/<int:page_id>/authors")
def authors(page_id: int) -> ResponseReturnValue:
    """Who wrote which line of the current text, and in which revision."""
    person = actor()
    page, current = seen_revision(page_id)
    known = [(run[0], run[1]) for run in current.line_authors]
    numbered = lines_with_authors(current.body, known)
    runs = [(n, [text for _n, text in run]) for n, run in groupby(numbered, lambda line: line[0])]
    writers = {
        line.number: line for line in history_visible_to(reading(), person, page_id, limit=5000)
    }
    return render_template(
        "wiki/pages/authors.html",
        page=page,
        runs=runs,
        writers=writers,
        may_write=standing_of(page_id, page.room).may_write,
    )
