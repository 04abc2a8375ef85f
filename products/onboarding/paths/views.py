"""The browser's door to paths: the list, one path, a new one, its name, the archive."""

from itertools import chain

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from products.onboarding.models import ReadingPath
from products.onboarding.paths import api, beginning_views, editor, people_views, version_views
from products.onboarding.paths.blueprint import (
    AT,
    ONE,
    address_of_path,
    may_edit,
    path_asked,
    reading_paths,
)
from products.onboarding.paths.heads import Head
from products.onboarding.paths.page import draw_path
from products.onboarding.paths.pages import pages_visible_to
from products.onboarding.paths.queries import enrolments_of, newest_items, path_lines
from products.onboarding.paths.rules import page_ids_of
from products.onboarding.paths.services import (
    change_head,
    create_path,
    head_of,
    put_page,
    set_archived,
)
from products.onboarding.paths.shown import items_visible_to, seconds_of_items
from products.onboarding.paths.wording import how_long
from wiki.accounts.access import actor, needs
from wiki.accounts.actor import Role
from wiki.accounts.forms import ROLE_NAMES
from wiki.accounts.queries import open_teams, team_names
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number

__all__ = ["api", "beginning_views", "editor", "people_views", "reading_paths", "version_views"]


@reading_paths.get(AT)
@needs(Permission.READ)
def index() -> ResponseReturnValue:
    """All paths: for whom, how many places, how long, how many walk them; or those put away."""
    archive = request.args.get("archive") == "1"
    paths = path_lines(reading(), archived=None)
    items = newest_items(reading())
    pages = pages_visible_to(reading(), actor(), page_ids_of(chain.from_iterable(items.values())))
    items = {ident: items_visible_to(actor(), some, pages) for ident, some in items.items()}
    walking = [one for one in enrolments_of(reading()) if not one.left]
    return render_template(
        "products/onboarding/paths/index.html",
        archive=archive,
        paths=[path for path in paths if path.archived is archive],
        put_away=sum(path.archived for path in paths),
        items=items,
        seconds={ident: seconds_of_items(some, pages) for ident, some in items.items()},
        walking=walking,
        teams=team_names(reading()),
        role_names=ROLE_NAMES,
        how_long=how_long,
        editable=may_edit(),
    )


@reading_paths.get(ONE)
@needs(Permission.READ)
def path(path_id: int) -> ResponseReturnValue:
    """One path as its reader walks it; for whoever edits paths also who is on it."""
    return draw_path(path_asked(path_id))


@reading_paths.route(f"{AT}/new", methods=["GET", "POST"])
@needs(Permission.EDIT_READING_PATHS)
def new_path() -> ResponseReturnValue:
    """Name, purpose and for whom; then the editor opens."""
    if request.method == "GET":
        return _head_form(None, Head("", role=Role.NEWCOMER))
    typed = _typed_head()
    try:
        with transaction() as session:
            made = create_path(session, actor(), typed)
    except Refusal as refusal:
        return _head_form(None, typed, refusal=refusal)
    return redirect(f"{address_of_path(made.path_id)}/edit")


@reading_paths.route(f"{ONE}/about", methods=["GET", "POST"])
@needs(Permission.EDIT_READING_PATHS)
def about(path_id: int) -> ResponseReturnValue:
    """Another name, purpose, role or team."""
    found = path_asked(path_id)
    now = head_of(found)
    if request.method == "GET":
        return _head_form(found, now, now)
    typed, seen = _typed_head(), _typed_head("seen-")
    try:
        with transaction() as session:
            change_head(session, actor(), path_id, typed, seen)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _head_form(found, typed, now, refusal)
    flash(_("The path was changed."), "success")
    return redirect(address_of_path(path_id))


def _typed_head(prefix: str = "") -> Head:
    form = request.form
    role = form.get(f"{prefix}role", "")
    return Head(
        one_line(form.get(f"{prefix}title", "")),
        one_line(form.get(f"{prefix}purpose", "")),
        Role(role) if role in list(Role) else None,
        whole_number(form.get(f"{prefix}team")) or None,
    )


def _head_form(
    found: ReadingPath | None,
    head: Head,
    now: Head | None = None,
    refusal: Refusal | None = None,
) -> ResponseReturnValue:
    html = render_template(
        "products/onboarding/paths/about.html",
        path=found,
        head=head,
        now=now,
        refusal=refusal,
        roles=ROLE_NAMES,
        teams=open_teams(reading()),
        team_names=team_names(reading()),
    )
    return html, refusal.status if refusal else 200


@reading_paths.post(f"{ONE}/archive")
@needs(Permission.EDIT_READING_PATHS)
def put_away(path_id: int) -> ResponseReturnValue:
    """Take the path out of use; everything in it stays."""
    path_asked(path_id)
    with transaction() as session:
        set_archived(session, actor(), path_id, True)
    flash(_("The path is in the archive. What was read stays read."), "success")
    return redirect(address_of_path(path_id))


@reading_paths.post(f"{ONE}/bring-back")
@needs(Permission.EDIT_READING_PATHS)
def bring_back(path_id: int) -> ResponseReturnValue:
    """Bring the path back into use."""
    path_asked(path_id)
    with transaction() as session:
        set_archived(session, actor(), path_id, False)
    flash(_("The path is in use again, with everybody who was on it."), "success")
    return redirect(address_of_path(path_id))


@reading_paths.post(f"{ONE}/written/<code>")
@needs(Permission.EDIT_READING_PATHS)
def put_written_page(path_id: int, code: str) -> ResponseReturnValue:
    """The page that was written takes the place that was kept for it."""
    found = path_asked(path_id)
    page_id = whole_number(request.form.get("page"))
    try:
        with transaction() as session:
            put_page(session, actor(), path_id, code[:20], page_id)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return draw_path(found, refusal)
    flash(_("The page has taken its place in the path."), "success")
    return redirect(address_of_path(path_id))
