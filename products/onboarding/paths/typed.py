"""From what was typed into the editor to items: titles become pages, words become numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from products.onboarding.kinds import ItemKind
from products.onboarding.paths.pages import PathPage, pages_titled_visible_to
from products.onboarding.paths.rows import Row, Rows
from products.onboarding.paths.rules import LATEST_DAY, MOST_ITEMS, Item, Items
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number

_LONGEST_WHAT = 300
_LONGEST_CODE = 20
_LONGEST_TITLE = 200


def typed_rows(form: MultiDict[str, str]) -> Rows:
    """The rows of a form in the order in which it holds their codes."""
    codes = [one[:_LONGEST_CODE] for one in form.getlist("code")[: 2 * MOST_ITEMS]]
    return tuple(_row(form, code) for code in dict.fromkeys(codes) if code)


def _row(form: MultiDict[str, str], code: str) -> Row:
    kind = form.get(f"kind-{code}", "")
    after = (one[:_LONGEST_CODE] for one in form.getlist(f"after-{code}")[:MOST_ITEMS])
    return Row(
        code=code,
        kind=ItemKind(kind) if kind in list(ItemKind) else ItemKind.PAGE,
        what=one_line(form.get(f"what-{code}", ""))[:_LONGEST_WHAT],
        due=one_line(form.get(f"due-{code}", ""))[:10],
        after=tuple(dict.fromkeys(after)),
        page_id=whole_number(form.get(f"page-{code}")) or None,
        shown=one_line(form.get(f"shown-{code}", ""))[:_LONGEST_WHAT],
        place=one_line(form.get(f"place-{code}", ""))[:10],
    )


def understood(session: Session, actor: Actor, rows: Sequence[Row]) -> Rows:
    """The rows with their pages, and with a problem where something cannot be understood."""
    asked = [row.what for row in rows if _needs_page(row)]
    found = pages_titled_visible_to(session, actor, asked) if asked else {}
    return tuple(_understood(row, found) for row in rows)


def _needs_page(row: Row) -> bool:
    kept = row.page_id is not None and row.what == row.shown
    return row.kind is not ItemKind.PLACEHOLDER and bool(row.what) and not kept


def _understood(row: Row, found: Mapping[str, PathPage]) -> Row:
    if row.kind is ItemKind.PLACEHOLDER:
        row = replace(row, page_id=None, shown="")
    elif _needs_page(row):
        page = found.get(row.what)
        title = page.title if page else row.what
        ident = page.id if page else None
        row = replace(row, page_id=ident, what=title, shown=title if page else "")
    return replace(row, problem=_problem(row))


def _problem(row: Row) -> Refusal | None:
    if row.kind is ItemKind.PLACEHOLDER:
        return _problem_of_title(row) or _problem_of_day(row)
    if row.page_id is None or (not row.what and row.shown):
        return _no_page(row)
    return _problem_of_day(row)


def _no_page(row: Row) -> Refusal | None:
    if row.is_blank:
        return None
    if not row.what:
        return Refusal("Choose a page, or take the row out.")
    return Refusal(
        "There is no page called «%(title)s» that you may see. Choose one from the list, or make "
        "it a page to be written.",
        title=row.what,
    )


def _problem_of_title(row: Row) -> Refusal | None:
    if row.is_blank:
        return None
    if not row.what:
        return Refusal("Say what the page is to be about, or take the row out.")
    if len(row.what) > _LONGEST_TITLE:
        return Refusal("The title is longer than %(limit)d characters.", limit=_LONGEST_TITLE)
    return None


def _problem_of_day(row: Row) -> Refusal | None:
    if row.due and not (row.due.isdecimal() and int(row.due) <= LATEST_DAY):
        return Refusal(
            "The day is a number from 0, the first day, to %(limit)d; or leave it empty.",
            limit=LATEST_DAY,
        )
    return None


def items_from_rows(rows: Sequence[Row]) -> Items:
    """The items of rows without problems."""
    return tuple(
        Item(
            code=row.code,
            kind=row.kind,
            page_id=row.page_id,
            title=row.what if row.kind is ItemKind.PLACEHOLDER else "",
            due_day=int(row.due) if row.due else None,
            after=row.after,
        )
        for row in rows
    )
