"""The fields of all categories with their lives, for directors."""

from collections import defaultdict
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.catalogue.care.lives import life_of
from products.catalogue.care.models import FieldLife
from products.catalogue.care.rules import Life, usual_life
from wiki.pages.categories import Shelf, Tree, as_field
from wiki.pages.facts import Field
from wiki.pages.models import FactField


class FieldLine(NamedTuple):
    """A field, how long its facts are good, and how long they would be if nobody said so."""

    id: int
    field: Field
    life: Life
    usual: Life

    @property
    def typed(self) -> str:
        """The life as directors type it."""
        return str(self.life.days or 0) if self.life.is_given else ""


def field_lines(session: Session, tree: Tree) -> list[tuple[Shelf, list[FieldLine]]]:
    """The fields of each category that has any, in the order of the tree; one statement."""
    wanted = (
        select(FactField, FieldLife)
        .outerjoin(FieldLife, FieldLife.field_id == FactField.id)
        .where(FactField.archived_at.is_(None))
        .order_by(FactField.position, FactField.id)
    )
    found: dict[int, list[FieldLine]] = defaultdict(list)
    for row, given in session.execute(wanted):
        field = as_field(row)
        line = FieldLine(row.id, field, life_of(row, given), usual_life(field.kind))
        found[row.category_id].append(line)
    return [(shelf, found[shelf.id]) for _depth, shelf in tree.walk() if shelf.id in found]
