"""The products of a contract: pages of the catalogue, typed by title, shown by name."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.typed import meant_by, offered_visible_to
from dossiers.facts.writing import in_parts
from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.pages.content import one_line
from wiki.pages.models import Page
from wiki.rendering.titles import fold_title

BLANKS = 3
"""Empty places for further products in the form."""


class Product(NamedTuple):
    """A product as a contract shows it."""

    id: int
    title: str
    slug: str
    archived: bool

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"/pages/{self.id}-{self.slug}"


def products_visible_to(
    session: Session, actor: Actor, idents: Iterable[int]
) -> dict[int, Product]:
    """Those of these pages that the actor may see, archived or not, by number."""
    found: dict[int, Product] = {}
    for some in in_parts(sorted(set(idents))):
        wanted = select(Page.id, Page.title, Page.slug, Page.archived).where(
            Page.id.in_(some), Page.audience.in_(actor.audiences)
        )
        found |= {row[0]: Product._make(row) for row in session.execute(wanted)}
    return found


def shown_of(found: dict[int, Product], idents: Iterable[int]) -> list[Product]:
    """The products in the order of the contract; what the reader may not see is left out."""
    return [found[ident] for ident in idents if ident in found]


def offered(session: Session, actor: Actor) -> list[str]:
    """The titles that are suggested while one types."""
    return [title for title, _name in offered_visible_to(session, actor, Kind.PRODUCT)]


def products_typed(
    session: Session, actor: Actor, lines: Iterable[str], before: Sequence[int]
) -> tuple[int, ...]:
    """The numbers of typed products; those of before that the actor cannot see stay.

    Raises `Refusal` for a title that is not just one product's.
    """
    known = products_visible_to(session, actor, before)
    by_title = {fold_title(one.title): one.id for one in known.values()}
    typed = [line for line in map(one_line, lines) if line]
    idents = [
        by_title.get(fold_title(line)) or meant_by(session, actor, Kind.PRODUCT, line)
        for line in typed
    ]
    return (*dict.fromkeys(idents), *(ident for ident in before if ident not in known))


def check_products(
    session: Session, actor: Actor, idents: Iterable[int], before: Collection[int]
) -> None:
    """Raise `Refusal` for a product that is new to the contract and not there for the actor."""
    new = set(idents) - set(before)
    if new and len(products_visible_to(session, actor, new)) < len(new):
        raise Refusal("There is no such product. Nothing was saved. Choose one of the list.")
