"""The lives of all fields, as they count for the pages of each category."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from products.catalogue.care.models import FieldLife
from products.catalogue.care.rules import Life, good_until, usual_life
from wiki.pages.facts import Kind
from wiki.pages.models import Category, FactField

_STRAY = usual_life(Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Lives:
    """The own fields of categories, with their lives, and which category stands in which."""

    parents: Mapping[int, int | None]
    own: Mapping[tuple[int, str], Life]

    def life(self, category_id: int | None, key: str) -> Life:
        """How long the fact of a page in that category is good; one without a field for ever."""
        seen: set[int] = set()
        while category_id is not None and category_id not in seen:
            found = self.own.get((category_id, key))
            if found is not None:
                return found
            seen.add(category_id)
            category_id = self.parents.get(category_id)
        return _STRAY

    def until(self, category_id: int | None, key: str, value: str, day: date) -> date | None:
        """The last day on which a fact is good that somebody vouched for on that day."""
        return good_until(self.life(category_id, key), value, day)


def read_lives(session: Session) -> Lives:
    """The lives as they are now: two statements."""
    parents = dict(session.execute(select(Category.id, Category.parent_id)).all())
    fields = (
        select(FactField, FieldLife)
        .outerjoin(FieldLife, FieldLife.field_id == FactField.id)
        .where(FactField.archived_at.is_(None))
    )
    own = {
        (field.category_id, field.key): life_of(field, given)
        for field, given in session.execute(fields)
    }
    return Lives(parents, own)


def life_of(field: FactField, given: FieldLife | None) -> Life:
    """How long facts of the field are good."""
    kind = Kind(field.kind)
    return usual_life(kind) if given is None else Life(kind, given.days, True)
