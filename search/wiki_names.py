"""The names of what the wiki's documents belong to: categories and colleagues."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from search.assembly import Names
from search.documents import Label
from wiki.accounts.models import User
from wiki.pages.models import Category


def category_names(session: Session, numbers: Sequence[int]) -> Mapping[int, Label]:
    """The names of these categories."""
    found = session.scalars(select(Category).where(Category.id.in_(numbers)))
    return {shelf.id: Label(shelf.id, shelf.name_ru, shelf.name_en) for shelf in found}


def owner_names(session: Session, numbers: Sequence[int]) -> Mapping[int, Label]:
    """The names of these colleagues."""
    found = session.execute(select(User.id, User.name).where(User.id.in_(numbers)))
    return {ident: Label(ident, name, name) for ident, name in found}


NAMES: Mapping[str, Names] = {"category": category_names, "owner": owner_names}
