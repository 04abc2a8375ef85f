"""The whole comparison for one reader: products, facts, talk; a constant number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from products.catalogue.comparison.asking import Asked
from products.catalogue.comparison.queries import Product, products_visible_to
from products.catalogue.comparison.rows import (
    CompareRow,
    Side,
    fact_rows,
    only_differing,
    talk_rows,
)
from products.catalogue.selling.sections import read_parts
from products.catalogue.selling.wording import PART_NAMES
from wiki import clock
from wiki.accounts.actor import Actor
from wiki.pages.categories import Tree, tree
from wiki.pages.fact_marks import FactMarks, fact_marks_of
from wiki.pages.queries import PageLine, titles_of_visible_to
from wiki.pages.showing import linked_pages, shown_facts


@dataclass(frozen=True, slots=True)
class Comparison:
    """Products and the rows in which they are compared; `hidden` rows say the same everywhere."""

    products: Sequence[Product]
    facts: Sequence[CompareRow]
    talk: Sequence[CompareRow]
    hidden: int


def comparison_visible_to(
    session: Session, actor: Actor, asked: Asked, language: str
) -> Comparison:
    """What the reader may see of the products that are asked for."""
    products = products_visible_to(session, actor, asked.idents)
    idents = [ident for product in products for ident in linked_pages(product.facts)]
    linked = titles_of_visible_to(session, actor, idents)
    seen, today = [product.id for product in products], clock.today(actor.time_zone)
    marks = fact_marks_of(session, seen, today)
    shelves = tree(session)
    sides = [
        _side(shelves, product, language, linked, marks.get(product.id, {})) for product in products
    ]
    facts, talk = fact_rows(sides), talk_rows(sides, PART_NAMES)
    if not asked.only_differences:
        return Comparison(products, facts, talk, 0)
    kept = only_differing(facts), only_differing(talk)
    return Comparison(products, *kept, len(facts) + len(talk) - len(kept[0]) - len(kept[1]))


def _side(
    shelves: Tree,
    product: Product,
    language: str,
    linked: Mapping[int, PageLine],
    marks: FactMarks,
) -> Side:
    fields = shelves.fields(product.category_id)
    shown = shown_facts(fields, product.facts, language, linked)
    return Side(product.id, shown, product.facts, read_parts(product.body), frozenset(marks))
