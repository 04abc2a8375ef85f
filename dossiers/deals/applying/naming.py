"""The rows of companies, sellers and products that records name, made when they are new."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from dossiers.deals.applying.filling import fill_in
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.new import match_companies, match_owners, match_products
from dossiers.deals.models import DealCompany, DealOwner, DealSource, ProductName
from dossiers.deals.record import Company, DealRecord, Line, Seller
from dossiers.facts.writing import in_parts
from wiki.rendering.titles import fold_title

_LONGEST_KEY = 300
_Table = type[DealCompany] | type[DealOwner] | type[ProductName]


# The same few names stand in thousands of records, and folding one takes longer than the rest.
@lru_cache(maxsize=8_192)
def _folded(name: str) -> str:
    return fold_title(name)[:_LONGEST_KEY]


def key_of(external_id: str, name: str) -> str:
    """By what a source's thing is known again: its own number, else its folded name."""
    return f"#{external_id}" if external_id else _folded(name)


@dataclass
class Names:
    """What was found or made so far in one load, so that each name is asked for once."""

    source: DealSource
    companies: dict[str, int] = field(default_factory=dict)
    owners: dict[str, int] = field(default_factory=dict)
    products: dict[str, int] = field(default_factory=dict)
    marks: set[tuple[str, str, str]] = field(default_factory=set)

    def learn(self, session: Session, records: Iterable[DealRecord]) -> None:
        """Find or make the rows of everything that these records name."""
        records = list(records)
        companies = {company_key(r.company): r.company for r in records if named(r.company)}
        owners = {owner_key(r.owner): r.owner for r in records if named(r.owner)}
        lines = {line_key(line): line for r in records for line in r.lines}
        self._find(session, DealCompany, self.companies, companies, _company)
        self._find(session, DealOwner, self.owners, owners, _owner)
        self._find(session, ProductName, self.products, lines, _product)
        firms = ((company_key(r.company), _marks(r.company)) for r in records if named(r.company))
        fill_in(session, self.source, Kind.COMPANY, firms, self.marks)
        mails = ((owner_key(r.owner), _address(r.owner)) for r in records if named(r.owner))
        fill_in(session, self.source, Kind.SELLER, mails, self.marks)

    def recall(
        self, session: Session, companies: set[str], owners: set[str], products: set[str]
    ) -> None:
        """Find the rows of these keys, which earlier loads made."""
        for table, known, keys in (
            (DealCompany, self.companies, companies),
            (DealOwner, self.owners, owners),
            (ProductName, self.products, products),
        ):
            known |= self._kept(session, table, sorted(keys - known.keys() - {""}))

    def _find(
        self,
        session: Session,
        table: _Table,
        known: dict[str, int],
        wanted: Mapping[str, Any],
        row: Callable[[Any], dict[str, Any]],
    ) -> None:
        missing = [key for key in wanted if key not in known]
        known |= self._kept(session, table, missing)
        new = [key for key in missing if key not in known]
        if not new:
            return
        rows = [{"source_id": self.source.id, "key": key, **row(wanted[key])} for key in new]
        session.execute(insert(table), rows)
        known |= self._kept(session, table, new)
        _MATCH[table](session, self.source, [known[key] for key in new])

    def _kept(self, session: Session, table: _Table, keys: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for some in in_parts(keys):
            wanted = select(table.key, table.id).where(
                table.source_id == self.source.id, table.key.in_(some)
            )
            found |= dict(session.execute(wanted).all())
        return found


def named(thing: Company | Seller | None) -> bool:
    """Whether anything is said by which it can be known again."""
    return thing is not None and bool(thing.external_id or _folded(thing.name))


def company_key(company: Company | None) -> str:
    """By what the company is known again."""
    return key_of(company.external_id, company.name) if company else ""


def owner_key(owner: Seller | None) -> str:
    """By what the seller is known again."""
    return key_of(owner.external_id, owner.name) if owner else ""


def line_key(line: Line) -> str:
    """By what the product of a line is known again."""
    return key_of(line.external_id, line.name)


def _company(company: Company) -> dict[str, Any]:
    folded = _folded(company.name)
    return {
        "name": company.name[:250],
        "name_folded": folded,
        "tax_number": company.tax_number[:40],
        "domain": company.domain[:253],
        "is_nobody": False,
    }


def _marks(company: Company | None) -> dict[str, str]:
    if company is None:
        return {}
    return {"tax_number": company.tax_number[:40], "domain": company.domain[:253]}


def _address(owner: Seller | None) -> dict[str, str]:
    return {"email": owner.email[:254]} if owner else {}


def _owner(owner: Seller) -> dict[str, Any]:
    return {
        "name": owner.name[:200],
        "email": owner.email[:254],
        "manager": "",
        "office": "",
        "is_nobody": False,
    }


def _product(line: Line) -> dict[str, Any]:
    return {"name": line.name[:250], "is_nobody": False}


_Match = Callable[[Session, DealSource, list[int]], object]
_MATCH: Mapping[_Table, _Match] = {
    DealCompany: match_companies,
    DealOwner: match_owners,
    ProductName: match_products,
}
