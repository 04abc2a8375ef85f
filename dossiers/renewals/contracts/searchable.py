"""Contracts as documents: found by number, subject and client, within the sight of the dossier.

A contract of a client that was merged into another is found by the readers of the other.
"""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import CTE, select
from sqlalchemy.orm import Session, aliased

from dossiers.clients.models import Client
from dossiers.deals.homes import homes_of
from dossiers.renewals.contracts.services import CONTRACT
from dossiers.renewals.contracts.wording import STATE_NAMES
from dossiers.renewals.models import Contract
from search.documents import Document, Key, Label, Source
from search.languages import language_of
from wiki.accounts.models import User
from wiki.locale import _l


def load_contracts(session: Session, idents: Sequence[int]) -> list[Document]:
    """The documents of these contracts; archived ones are not found."""
    wanted = (
        select(Contract, User.name)
        .outerjoin(User, User.id == Contract.owner_id)
        .where(Contract.id.in_(idents), Contract.archived.is_(False))
    )
    rows = session.execute(wanted).all()
    homes = homes_of(session, (contract.client_id for contract, _name in rows))
    found = []
    for contract, owner in rows:
        home = homes.get(contract.client_id)
        if home is not None:
            client = Label(home.id, home.name, home.name)
            found.append(_document(contract, client, home.audience, owner))
    return found


def _document(contract: Contract, client: Label, audience: str, owner: str | None) -> Document:
    title = f"{contract.number}: {contract.subject}" if contract.subject else contract.number
    by = Label(contract.owner_id, owner, owner) if contract.owner_id and owner else None
    return Document(
        kind=CONTRACT,
        ident=contract.id,
        title=title,
        body=contract.index_clause,
        url=f"/contracts/{contract.id}",
        audience=audience,
        language=language_of(title),
        changed_at=contract.created_at,
        client=client,
        owner=by,
        names=(contract.number,),
        place=str(STATE_NAMES[contract.state]),
    )


def contract_idents(session: Session) -> Iterable[int]:
    """The numbers of all contracts."""
    return session.scalars(select(Contract.id).order_by(Contract.id))


def contracts_naming(session: Session, client_ids: Sequence[int]) -> Iterator[Key]:
    """The contracts of these clients and of those that were merged into them."""
    own = select(Client.id).where(Client.id.in_(client_ids)).cte(recursive=True)
    merged = select(Client.id).join(own, Client.merged_into_id == own.c.id)
    here = select(own.union(merged).c.id)
    for ident in session.scalars(select(Contract.id).where(Contract.client_id.in_(here))):
        yield Key(CONTRACT, ident)


_home = aliased(Client)


def _merged() -> CTE:
    """Clients that were merged into another, with all to which they lead."""
    start = select(Client.id.label("own"), Client.merged_into_id.label("here"))
    chain = start.where(Client.merged_into_id.is_not(None)).cte("contracts_led", recursive=True)
    further = select(chain.c.own, Client.merged_into_id).join(chain, Client.id == chain.c.here)
    return chain.union(further.where(Client.merged_into_id.is_not(None)))


_LED = _merged()
_SIGHT = (
    select(Contract.id.label("ident"), Client.audience.label("audience"))
    .join(Client, Client.id == Contract.client_id)
    .where(Client.merged_into_id.is_(None))
    .union_all(
        select(Contract.id, _home.audience)
        .join(_LED, _LED.c.own == Contract.client_id)
        .join(_home, _home.id == _LED.c.here)
        .where(_home.merged_into_id.is_(None))
    )
)
CONTRACTS = Source(
    CONTRACT, _l("Contracts"), load_contracts, contract_idents, _l("Contract"), _SIGHT
)
