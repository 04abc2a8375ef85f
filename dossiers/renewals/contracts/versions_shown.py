"""Versions of a contract as people read them: what changed, with names instead of numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalPath
from dossiers.renewals.contracts.products import Product, products_visible_to, shown_of
from dossiers.renewals.contracts.terms import FIELDS, kept_terms
from dossiers.renewals.models import Contract, ContractVersion
from wiki.accounts.actor import Actor
from wiki.accounts.queries import names_of


@dataclass(frozen=True, slots=True)
class Names:
    """How the numbers in versions are called: colleagues, paths, products that one may see."""

    people: dict[int, str]
    paths: dict[int, str]
    products: dict[int, Product]

    def products_of(self, idents: Iterable[int]) -> list[Product]:
        """The products of a version, in its order."""
        return shown_of(self.products, idents)


@dataclass(frozen=True, slots=True)
class Differing:
    """One field that changed, as values with their currencies beside amounts."""

    name: str
    before: Any
    after: Any
    currencies: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version with what it changed of the one before."""

    row: ContractVersion
    differences: Sequence[Differing]


def names_in(
    session: Session, actor: Actor, contract: Contract, versions: Sequence[ContractVersion]
) -> Names:
    """The names of all that these versions and the contract name by number; three statements."""
    terms = [version.terms for version in versions]
    owners = {contract.owner_id, *(one.get("owner_id") for one in terms)}
    paths = {contract.path_id, *(one.get("path_id") for one in terms)}
    paths.add((contract.start_by_why or {}).get("path"))
    products = {ident for one in terms for ident in one.get("products") or ()}
    wanted = select(ApprovalPath.id, ApprovalPath.subject).where(ApprovalPath.id.in_(paths))
    return Names(
        dict(names_of(session, [*owners, *(version.saved_by for version in versions)])),
        dict(session.execute(wanted).all()),
        products_visible_to(session, actor, {*contract.products, *products}),
    )


def versions_shown(versions: Sequence[ContractVersion]) -> list[VersionShown]:
    """These versions, the newest first, each with what it changed."""
    olders: Sequence[ContractVersion | None] = [*versions[1:], None]
    return [
        VersionShown(row, list(_differences(older, row)) if older else ())
        for row, older in zip(versions, olders, strict=True)
    ]


def _differences(older: ContractVersion, newer: ContractVersion) -> Iterable[Differing]:
    before, after = kept_terms(older.terms), kept_terms(newer.terms)
    for name in FIELDS:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Differing(name, was, now, (before.currency, after.currency))
