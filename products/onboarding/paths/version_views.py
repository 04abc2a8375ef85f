"""The versions of a path: the list, one as it was, two compared, an old one restored."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from products.onboarding.paths.blueprint import (
    ONE,
    address_of_path,
    may_edit,
    path_asked,
    reading_paths,
)
from products.onboarding.paths.compare_words import changes_told
from products.onboarding.paths.pages import Pages, pages_visible_to
from products.onboarding.paths.rules import Item, page_ids_of
from products.onboarding.paths.services import restore_version
from products.onboarding.paths.shown import items_visible_to, places_of
from products.onboarding.paths.versions import Version, version_lines, version_numbered
from products.onboarding.paths.wording import day_name
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing
from wiki.locale import _
from wiki.pages.forms import number_in_address

_VERSIONS = f"{ONE}/versions"


@reading_paths.get(_VERSIONS)
@needs(Permission.READ)
def versions(path_id: int) -> ResponseReturnValue:
    """All versions, the newest first; two of them can be chosen to be compared."""
    return render_template(
        "products/onboarding/paths/versions.html",
        path=path_asked(path_id),
        lines=version_lines(reading(), path_id),
    )


@reading_paths.get(f"{_VERSIONS}/<int:number>")
@needs(Permission.READ)
def version(path_id: int, number: int) -> ResponseReturnValue:
    """One version as it was saved."""
    path, found = path_asked(path_id), version_numbered(reading(), path_id, number)
    return render_template(
        "products/onboarding/paths/version.html",
        path=path,
        version=found,
        places=places_of(reading(), actor(), found.items),
        day_name=day_name,
        editable=may_edit(),
    )


@reading_paths.get(f"{_VERSIONS}/compare")
@needs(Permission.READ)
def compare_versions(path_id: int) -> ResponseReturnValue:
    """What differs between the versions `from` and `to`, in words."""
    path = path_asked(path_id)
    one, other = (_asked(path_id, name) for name in ("from", "to"))
    old, new = sorted((one, other), key=lambda found: found.number)
    pages = _pages_of((*old.items, *new.items))
    before, after = (items_visible_to(actor(), side.items, pages) for side in (old, new))
    return render_template(
        "products/onboarding/paths/compare.html",
        path=path,
        old=old,
        new=new,
        changes=changes_told(before, after, pages),
        editable=may_edit(),
    )


def _pages_of(items: Sequence[Item]) -> Pages:
    return pages_visible_to(reading(), actor(), page_ids_of(items))


def _asked(path_id: int, name: str) -> Version:
    number = request.args.get(name, 0, type=number_in_address)
    if not number:
        raise Missing()
    return version_numbered(reading(), path_id, number)


@reading_paths.post(f"{_VERSIONS}/<int:number>/restore")
@needs(Permission.EDIT_READING_PATHS)
def restore(path_id: int, number: int) -> ResponseReturnValue:
    """Make an old version the newest again."""
    path_asked(path_id)
    with transaction() as session:
        saved = restore_version(session, actor(), path_id, number)
    flash(_("Saved as version %(number)d.", number=saved.number), "success")
    return redirect(address_of_path(path_id))
