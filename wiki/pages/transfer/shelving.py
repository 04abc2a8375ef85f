"""Finding and making the categories that imported pages stand in."""

from collections.abc import Iterable
from dataclasses import replace

from slugify import slugify
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.pages.categories import Shelf, Tree, load_tree
from wiki.pages.shelving import (
    LONGEST_NAME,
    Plan,
    add_category,
    change_category,
    set_category_archived,
)
from wiki.pages.transfer.outlines import readable
from wiki.pages.transfer.shelves import ShelfSource
from wiki.rendering import fold_title


def find_shelf(tree: Tree, path: tuple[str, ...]) -> Shelf | None:
    """The category with this path of names or slugs; the slug of the last finds it anywhere."""
    below: int | None = None
    found: Shelf | None = None
    for part in path:
        found = next((shelf for shelf in tree.children(below) if _is_called(shelf, part)), None)
        if found is None:
            return tree.by_slug(path[-1])
        below = found.id
    return found


def place_shelves(session: Session, actor: Actor, shelves: Iterable[ShelfSource]) -> list[str]:
    """Make the categories of the file that are not here yet, and add facts that are missing.

    What is here stays as it is otherwise. Returns the names of the new ones.
    """
    tree = load_tree(session)
    ids = {shelf.slug: shelf.id for shelf in tree.shelves.values()}
    made: list[str] = []
    for source in shelves:
        here = tree.by_slug(source.slug)
        if here is not None:
            _add_facts(session, actor, here, source)
            continue
        category = add_category(session, actor, _plan(source, ids.get(source.parent or "")))
        if source.archived:
            set_category_archived(session, actor, category.id, True)
        ids[source.slug] = category.id
        made.append(source.name_en)
    return made


def make_shelves(session: Session, actor: Actor, paths: Iterable[tuple[str, ...]]) -> list[str]:
    """Make the categories along these paths that are not here yet. Returns their names."""
    made: list[str] = []
    for path in sorted(set(paths)):
        if path and find_shelf(load_tree(session), path) is None:
            made += _make_path(session, actor, path)
    return made


def source_of(shelf: Shelf, tree: Tree) -> ShelfSource:
    """A category as it stands in the file."""
    parent = tree.shelves[shelf.parent_id].slug if shelf.parent_id is not None else None
    return ShelfSource(
        slug=shelf.slug,
        parent=parent,
        name_ru=shelf.name_ru,
        name_en=shelf.name_en,
        template_ru=shelf.templates[0],
        template_en=shelf.templates[1],
        archived=shelf.archived,
        fields=shelf.own_fields,
    )


def _plan(source: ShelfSource, parent_id: int | None) -> Plan:
    return Plan(
        name_ru=source.name_ru,
        name_en=source.name_en,
        slug=source.slug,
        parent_id=parent_id,
        template_ru=source.template_ru,
        template_en=source.template_en,
        fields=source.fields,
    )


def _add_facts(session: Session, actor: Actor, here: Shelf, source: ShelfSource) -> None:
    known = {field.key for field in here.own_fields}
    more = tuple(field for field in source.fields if field.key not in known)
    if more:
        own = _plan(source_of(here, load_tree(session)), here.parent_id)
        plan = replace(own, fields=(*here.own_fields, *more))
        change_category(session, actor, here.id, plan)


def _make_path(session: Session, actor: Actor, path: tuple[str, ...]) -> list[str]:
    made: list[str] = []
    parent: int | None = None
    for part in path:
        tree = load_tree(session)
        here = [shelf for shelf in tree.children(parent) if _is_called(shelf, part)]
        if here:
            parent = here[0].id
            continue
        name = (readable(part) or part)[:LONGEST_NAME]
        slug = _free_slug(part, {shelf.slug for shelf in tree.shelves.values()})
        parent = add_category(session, actor, Plan(name, name, slug, parent)).id
        made.append(name)
    return made


def _is_called(shelf: Shelf, name: str) -> bool:
    names = {fold_title(one) for one in (shelf.slug, shelf.name_ru, shelf.name_en)}
    return fold_title(name) in names or fold_title(readable(name)) in names


def _free_slug(name: str, taken: set[str]) -> str:
    base = slugify(name, max_length=90) or "category"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
