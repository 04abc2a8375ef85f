"""The category tree as plain data, kept in memory until somebody changes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as part
from functools import cached_property

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.pages.facts import Choice, Field, Kind
from wiki.pages.models import Category, CategoryStamp, FactField


@dataclass(frozen=True)
class Shelf:
    """One category: its names, its place, its own fact fields."""

    id: int
    parent_id: int | None
    slug: str
    name_ru: str
    name_en: str
    archived: bool
    templates: tuple[str, str]
    own_fields: tuple[Field, ...]

    def name(self, language: str) -> str:
        """The category's name in that language."""
        return self.name_ru if language == "ru" else self.name_en

    def template(self, language: str) -> str:
        """The text a new page of this category begins with."""
        return self.templates[0] if language == "ru" else self.templates[1]


@dataclass(frozen=True)
class Tree:
    """All categories in the order in which they are shown."""

    stamp: int
    shelves: dict[int, Shelf] = part(default_factory=dict)

    @cached_property
    def _children(self) -> dict[int | None, list[Shelf]]:
        found: dict[int | None, list[Shelf]] = {}
        for shelf in self.shelves.values():
            found.setdefault(shelf.parent_id, []).append(shelf)
        return found

    def children(self, category_id: int | None) -> list[Shelf]:
        """The categories right below this one; `None` means the top."""
        return self._children.get(category_id, [])

    def path(self, category_id: int | None) -> list[Shelf]:
        """From the top down to this category."""
        found: list[Shelf] = []
        while category_id is not None and category_id in self.shelves:
            found.insert(0, self.shelves[category_id])
            category_id = found[0].parent_id
        return found

    def below(self, category_id: int) -> list[int]:
        """The ids of this category and of all below it."""
        found = [category_id]
        for ident in found:
            found.extend(shelf.id for shelf in self.children(ident))
        return found

    def fields(self, category_id: int | None) -> tuple[Field, ...]:
        """The fact fields of a page in this category: those of the categories above first."""
        by_key = {f.key: f for shelf in self.path(category_id) for f in shelf.own_fields}
        return tuple(by_key.values())

    def walk(self, parent_id: int | None = None, depth: int = 0) -> Iterator[tuple[int, Shelf]]:
        """Depth and category of every category that is not archived, in reading order."""
        for shelf in self.children(parent_id):
            if not shelf.archived:
                yield depth, shelf
                yield from self.walk(shelf.id, depth + 1)

    def field(self, key: str) -> Field:
        """The first fact field with that key anywhere; one of plain text when there is none."""
        own = (f for shelf in self.shelves.values() for f in shelf.own_fields if f.key == key)
        return next(own, Field(key, key, key, Kind.TEXT))

    def by_slug(self, slug: str) -> Shelf | None:
        """The category with that slug."""
        return next((shelf for shelf in self.shelves.values() if shelf.slug == slug), None)


def stamp_of_tree(session: Session) -> int:
    """The number that grows with every change of the tree."""
    return session.scalar(select(CategoryStamp.value)) or 0


def tree(session: Session, stamp: int | None = None) -> Tree:
    """The tree as it is now; read from the database only after a change.

    `stamp` saves a statement where the caller has read it along with something else.
    """
    stamp = stamp_of_tree(session) if stamp is None else stamp
    kept: Tree | None = current_app.extensions.get("category_tree")
    if kept is None or kept.stamp != stamp:
        kept = load_tree(session, stamp)
        current_app.extensions["category_tree"] = kept
    return kept


def load_tree(session: Session, stamp: int = 0) -> Tree:
    """Read the whole tree with its fields: two statements."""
    fields: dict[int, list[Field]] = {}
    statement = select(FactField).where(FactField.archived_at.is_(None))
    for row in session.scalars(statement.order_by(FactField.position, FactField.id)):
        fields.setdefault(row.category_id, []).append(as_field(row))
    rows = session.scalars(select(Category).order_by(Category.position, Category.id))
    return Tree(stamp, {row.id: _shelf(row, tuple(fields.get(row.id, ()))) for row in rows})


def as_field(row: FactField) -> Field:
    """A row as plain data."""
    choices = tuple(Choice(c["code"], c["ru"], c["en"]) for c in row.choices)
    return Field(
        row.key, row.label_ru, row.label_en, Kind(row.kind), row.unit, choices, row.required
    )


def _shelf(row: Category, fields: tuple[Field, ...]) -> Shelf:
    return Shelf(
        row.id,
        row.parent_id,
        row.slug,
        row.name_ru,
        row.name_en,
        row.archived_at is not None,
        (row.template_ru, row.template_en),
        fields,
    )
