"""The categories that a list names: found, or made when that was chosen."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from products.importing.fields import PRICE
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.pages.categories import Shelf, Tree, load_tree
from wiki.pages.shelving import LONGEST_NAME, Plan, change_category
from wiki.pages.transfer.shelving import find_shelf, make_shelves
from wiki.rendering.titles import fold_title


@dataclass(slots=True)
class Shelves:
    """Looks categories up. With `makes` unknown ones are made, below none."""

    tree: Tree
    makes: bool
    _found: dict[str, Shelf | None] = field(default_factory=dict)

    def called(self, text: str) -> Shelf | None:
        """The category; `None` for one that is to be made. Raises `Refusal` when there is none."""
        key = fold_title(text)
        if key not in self._found:
            self._found[key] = find_shelf(self.tree, path_of(text))
        shelf = self._found[key]
        if shelf is None and not self.makes:
            raise Refusal("There is no category “%(name)s”.", name=text[:100])
        if shelf is not None and shelf.archived:
            raise Refusal("The category “%(name)s” is archived.", name=text[:100])
        return shelf


def path_of(text: str) -> tuple[str, ...]:
    """The names from the top down. Raises `Refusal` for one that is too long."""
    path = tuple(part.strip() for part in text.split("/") if part.strip())
    if not path or any(len(part) > LONGEST_NAME for part in path):
        raise Refusal("“%(name)s” is no name of a category.", name=text[:100])
    return path


def make_category(session: Session, actor: Actor, text: str, with_price: bool) -> int:
    """The number of the category, made when it is not there; with a price among its facts."""
    path = path_of(text)
    shelf = find_shelf(load_tree(session), path)
    if shelf is not None:
        return shelf.id
    make_shelves(session, actor, [path])
    tree = load_tree(session)
    shelf = find_shelf(tree, path)
    if shelf is None:
        raise Refusal("There is no category “%(name)s”.", name=text[:100])
    if with_price and PRICE.key not in {one.key for one in tree.fields(shelf.id)}:
        plan = Plan(
            shelf.name_ru,
            shelf.name_en,
            shelf.slug,
            shelf.parent_id,
            *shelf.templates,
            (*shelf.own_fields, PRICE),
        )
        change_category(session, actor, shelf.id, plan)
    return shelf.id
