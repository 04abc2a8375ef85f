"""What is set beside the text: archived or not, the owner, the translation."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import reading, transaction
from wiki.errors import Missing
from wiki.locale import _
from wiki.pages.forms import reason_of, whole_number
from wiki.pages.queries import possible_owners, twin_visible_to
from wiki.pages.restoring import set_archived
from wiki.pages.saving import visible_revision
from wiki.pages.services import change_owner, pair_twins, unpair_twins
from wiki.pages.views.blueprint import desk, pages


@pages.get("/pages/<int:page_id>/properties")
@needs(Permission.WRITE_PAGES)
def properties(page_id: int) -> ResponseReturnValue:
    """Owner, translation and archiving on one page."""
    person = actor()
    page, _current = visible_revision(reading(), person, page_id)
    return render_template(
        "wiki/pages/properties.html",
        page=page,
        owners=possible_owners(reading()),
        twin=twin_visible_to(reading(), person, page),
        may_archive=may(person, Permission.ARCHIVE_PAGES),
    )


@pages.post("/pages/<int:page_id>/owner")
@needs(Permission.WRITE_PAGES)
def owner(page_id: int) -> ResponseReturnValue:
    """Hand the page to a colleague."""
    visible_revision(reading(), actor(), page_id)
    wanted = whole_number(request.form.get("owner"))
    known = {ident for ident, _name in possible_owners(reading())}
    with transaction() as session:
        change_owner(session, actor(), page_id, wanted if wanted in known else None)
    flash(_("The owner was changed."), "success")
    return redirect(f"/pages/{page_id}/properties")


@pages.post("/pages/<int:page_id>/twin")
@needs(Permission.WRITE_PAGES)
def twin(page_id: int) -> ResponseReturnValue:
    """Say which page is the translation of this one; an empty field parts the two."""
    person = actor()
    page, _current = visible_revision(reading(), person, page_id)
    typed = request.form.get("twin", "").strip()
    number = whole_number(typed.removeprefix("/pages/").split("-")[0])
    if typed and not number:
        raise Missing()
    if number:
        visible_revision(reading(), person, number)
    with transaction() as session:
        if number:
            pair_twins(session, person, page_id, number)
        else:
            unpair_twins(session, person, page_id)
    flash(_("The translation was changed."), "success")
    return redirect(f"/pages/{page.id}/properties")


@pages.post("/pages/<int:page_id>/archive")
@needs(Permission.ARCHIVE_PAGES)
def archive(page_id: int) -> ResponseReturnValue:
    """Take the page out of use; nothing is deleted."""
    set_archived(desk(), actor(), page_id, True, reason_of(request.form.get("reason")))
    flash(_("The page is archived. Its text and history stay; it can be brought back."), "success")
    return redirect(f"/pages/{page_id}")


@pages.post("/pages/<int:page_id>/unarchive")
@needs(Permission.ARCHIVE_PAGES)
def unarchive(page_id: int) -> ResponseReturnValue:
    """Bring an archived page back."""
    set_archived(desk(), actor(), page_id, False, reason_of(request.form.get("reason")))
    flash(_("The page is in use again."), "success")
    return redirect(f"/pages/{page_id}")
