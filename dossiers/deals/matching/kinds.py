"""What sources name in their own words, and where we keep who or what that is for us."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from dossiers.deals.models import Deal, DealCompany, DealLine, DealOwner, ProductName

Row = DealCompany | ProductName | DealOwner


class Kind(StrEnum):
    """A company is a client, a product has a page, a seller is a colleague."""

    COMPANY = "companies"
    PRODUCT = "products"
    SELLER = "sellers"


@dataclass(frozen=True, slots=True)
class Subject:
    """The table of a kind, the column that holds who or what it is, and the name in histories."""

    kind: Kind
    table: Any
    column: str
    called: str

    @property
    def target(self) -> Any:
        """The column of whom or what the row is for us."""
        return getattr(self.table, self.column)

    @property
    def waits(self) -> ColumnElement[bool]:
        """The condition under which nobody knows yet who or what a row is."""
        return and_(self.target.is_(None), self.table.is_nobody.is_(False))


SUBJECTS: dict[Kind, Subject] = {
    Kind.COMPANY: Subject(Kind.COMPANY, DealCompany, "client_id", "deal_company"),
    Kind.PRODUCT: Subject(Kind.PRODUCT, ProductName, "page_id", "deal_product"),
    Kind.SELLER: Subject(Kind.SELLER, DealOwner, "user_id", "deal_seller"),
}


def links_of(kind: Kind, among: Any = None) -> Select[*tuple[Any, ...]]:
    """Pairs of a row of that kind and a deal that names it, each once; all, or `among` these."""
    if kind is Kind.PRODUCT:
        own: Any = DealLine.product_id
        pairs = select(own.label("ident"), DealLine.deal_id.label("deal_id")).distinct()
    else:
        own = Deal.company_id if kind is Kind.COMPANY else Deal.owner_id
        pairs = select(own.label("ident"), Deal.id.label("deal_id"))
    return pairs.where(own.is_not(None) if among is None else own.in_(among))
