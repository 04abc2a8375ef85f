"""The editor of a path: one form of rows. Each button sends it whole, so it needs no scripts.

Only "save" writes; the other buttons give the form back with its rows moved, added or taken out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from products.onboarding.kinds import ItemKind
from products.onboarding.models import ReadingPath
from products.onboarding.paths.blueprint import (
    AT,
    ONE,
    address_of_path,
    path_asked,
    reading_paths,
)
from products.onboarding.paths.compare_words import Told, disputes_told
from products.onboarding.paths.heads import LONGEST_WHY
from products.onboarding.paths.pages import (
    Pages,
    pages_of_categories,
    pages_visible_to,
    titles_offered_to,
)
from products.onboarding.paths.rows import (
    Row,
    Rows,
    by_places,
    in_single_file,
    moved,
    row_of,
    waiting_for_nothing,
    with_codes,
    with_pages,
    with_spare,
    without,
)
from products.onboarding.paths.rules import MOST_ITEMS, Items, page_ids_of
from products.onboarding.paths.services import Draft, PathClash, new_code, save_items
from products.onboarding.paths.typed import items_from_rows, typed_rows, understood
from products.onboarding.paths.versions import version_numbered
from products.onboarding.paths.wording import KIND_NAMES
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, language
from wiki.pages.categories import tree
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number

_FIRST_OFFERS = 300


@dataclass
class _Desk:
    """What stands in the editor: the rows, the version they began from, and what is open."""

    path: ReadingPath
    base: int
    rows: Rows
    why: str = ""
    opened: str = ""
    touched: str = ""
    refusal: Refusal | None = None
    disputes: Sequence[Told] = field(default_factory=list)


@reading_paths.get(f"{ONE}/edit")
@needs(Permission.EDIT_READING_PATHS)
def edit(path_id: int) -> ResponseReturnValue:
    """The newest version, to be changed."""
    path = path_asked(path_id)
    items = version_numbered(reading(), path_id, path.newest).items
    return _draw(_Desk(path, path.newest, with_spare(_rows_of(items))))


def _rows_of(items: Items) -> Rows:
    pages = pages_visible_to(reading(), actor(), page_ids_of(items))
    return tuple(row_of(item, pages) for item in items)


@reading_paths.post(f"{ONE}/edit")
@needs(Permission.EDIT_READING_PATHS)
def edit_rows(path_id: int) -> ResponseReturnValue:
    """Do what the button says with the rows as they were typed, or save them."""
    desk = _typed_desk(path_asked(path_id))
    deed, _colon, code = request.form.get("do", "save").partition(":")
    desk.touched = code
    desk.rows = by_places(desk.rows)
    if deed == "save":
        return _save(desk)
    desk.rows = with_spare(understood(reading(), actor(), _done(desk, deed, code)))
    return _draw(desk)


def _typed_desk(path: ReadingPath) -> _Desk:
    form = request.form
    base = whole_number(form.get("base_number"))
    return _Desk(
        path,
        base if 0 < base <= path.newest else path.newest,
        typed_rows(form),
        one_line(form.get("why", ""))[: 2 * LONGEST_WHY],
        form.get("opened", "")[:20],
    )


def _done(desk: _Desk, deed: str, code: str) -> Rows:
    rows = desk.rows
    if deed in ("up", "down"):
        return moved(rows, code, -1 if deed == "up" else 1)
    if deed == "remove":
        return without(rows, code)
    if deed == "line":
        return in_single_file(rows)
    if deed == "free":
        return waiting_for_nothing(rows)
    if deed == "category":
        # What was typed as a title is a page by now, so that it is not added twice.
        known = understood(reading(), actor(), rows)
        return with_pages(known, _pages_of_category(len(known)))
    if deed in ("first", "close"):
        desk.opened = code if deed == "first" else ""
    return rows


def _pages_of_category(many: int) -> Pages:
    shelves = tree(reading())
    asked = whole_number(request.form.get("category"))
    if asked not in shelves.shelves:
        return {}
    below = shelves.below(asked)
    found = pages_of_categories(reading(), actor(), below, MOST_ITEMS - many)
    return {page.id: page for page in found}


def _save(desk: _Desk) -> ResponseReturnValue:
    rows = understood(reading(), actor(), desk.rows)
    desk.rows = with_spare(rows)
    if any(row.problem for row in rows):
        desk.refusal = Refusal(
            "Nothing was saved. Mend the places that are marked; what you typed is still here."
        )
        return _draw(desk)
    coded = with_codes(rows, new_code)
    draft = Draft(items_from_rows(coded), desk.base, desk.why)
    try:
        with transaction() as session:
            saved = save_items(session, actor(), desk.path.id, draft)
    except (Missing, Forbidden):
        raise
    except PathClash as clash:
        return _clashed(desk, clash)
    except Refusal as refusal:
        desk.refusal = refusal
        return _draw(desk)
    return _saved(saved.path_id, saved.number, saved.merged)


def _draft_key(path_id: int, joined: bool = False) -> str:
    """Under which the browser keeps what is typed.

    What was joined with the changes of others is no earlier text of this form.
    """
    return f"reading-path-{path_id}{'-joined' if joined else ''}"


def _saved(path_id: int, number: int, merged: bool) -> ResponseReturnValue:
    for key in (_draft_key(path_id), _draft_key(path_id, joined=True)):
        flash(key, "saved-draft")
    flash(_("Saved as version %(number)d.", number=number), "success")
    if merged:
        flash(_("Somebody else had saved meanwhile; both changes are in this version."), "info")
    return redirect(address_of_path(path_id))


def _clashed(desk: _Desk, clash: PathClash) -> ResponseReturnValue:
    """Both joined, with what was typed where they differ, on the ground of the newest version."""
    pages = pages_visible_to(reading(), actor(), page_ids_of((*clash.items, *clash.theirs.items)))
    desk.disputes = disputes_told(clash.disputed, clash.items, clash.theirs.items, pages)
    marked = {code for code, _field in clash.disputed}
    rows = tuple(row_of(item, pages) for item in clash.items)
    problem = Refusal("Somebody else changed this, too.")
    desk.rows = with_spare(
        [replace(row, problem=problem) if row.code in marked else row for row in rows]
    )
    desk.base, desk.refusal = clash.theirs.number, clash
    return _draw(desk)


def _draw(desk: _Desk) -> ResponseReturnValue:
    filled = [row for row in desk.rows if not row.is_blank]
    html = render_template(
        "products/onboarding/paths/edit.html",
        path=desk.path,
        desk=desk,
        draft_key=_draft_key(desk.path.id, joined=isinstance(desk.refusal, PathClash)),
        filled=filled,
        names=_names(filled),
        kinds=KIND_NAMES,
        archived=_archived(filled),
        titles=titles_offered_to(reading(), actor(), limit=_FIRST_OFFERS),
        shelves=tree(reading()),
        language_code=language(),
    )
    return html, desk.refusal.status if desk.refusal else 200


def _names(rows: Sequence[Row]) -> Mapping[str, str]:
    """What the rows are called in each other's lists, as they are typed."""
    return {row.code: _name(row) for row in rows}


def _name(row: Row) -> str:
    title = row.what or _("a page that you may not see")
    return _("Questions: %(title)s", title=title) if row.kind is ItemKind.QUESTION else title


def _archived(rows: Sequence[Row]) -> frozenset[int]:
    """The pages of the rows that are in the archive."""
    idents = {row.page_id for row in rows if row.page_id is not None}
    pages = pages_visible_to(reading(), actor(), idents)
    return frozenset(page.id for page in pages.values() if page.archived)


@reading_paths.get(f"{AT}/titles")
@needs(Permission.READ)
def titles() -> ResponseReturnValue:
    """Titles that fit what was typed so far, as the answers of a list to choose from."""
    typed = next((one for name, one in request.args.items() if name.startswith("what-")), "")
    found = titles_offered_to(reading(), actor(), one_line(typed)[:100])
    return render_template("products/onboarding/paths/_titles.html", titles=found)
