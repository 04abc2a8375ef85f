"""Clients that seem to be there already, as far as the person may see them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from dossiers.clients.card import Card
from dossiers.clients.models import Client
from wiki.accounts.actor import Actor
from wiki.errors import Clash
from wiki.rendering.titles import fold_title

_MOST = 5
_SAME_NAME = Clash(
    "There is a client of this name already. Nothing was changed. Open it and look whether it is "
    "the same; if it is another one, say so and save again."
)
_SAME_TAX_NUMBER = Clash(
    "There is a client with this tax number already. Nothing was changed. Open it and go on "
    "there; if its number is wrong, mend it there first."
)


class Twin(NamedTuple):
    """A client that seems to be the same."""

    id: int
    name: str


class SameClient(Clash):
    """There is such a client already; `twins` are those, `may_be_another` when one may insist."""

    def __init__(self, why: Clash, twins: Sequence[Twin], may_be_another: bool) -> None:
        super().__init__(why.message)
        self.twins = twins
        self.may_be_another = may_be_another


def check_is_new(
    session: Session, actor: Actor, card: Card, own_id: int | None, is_another: bool
) -> None:
    """Raise `SameClient` when the tax number, or the name, belongs to a client one can see.

    With `is_another` the person has said that the same name means another client.
    """
    if card.tax_number:
        same = (Client.tax_number == card.tax_number) & (Client.country == card.country)
        if twins := _twins_visible_to(session, actor, same, own_id):
            raise SameClient(_SAME_TAX_NUMBER, twins, False)
    if not is_another:
        check_name_is_new(session, actor, card.name, own_id)


def check_name_is_new(session: Session, actor: Actor, name: str, own_id: int | None) -> None:
    """Raise `SameClient` when another client one can see bears the name."""
    same = Client.name_folded == fold_title(name)[:300]
    if twins := _twins_visible_to(session, actor, same, own_id):
        raise SameClient(_SAME_NAME, twins, True)


def _twins_visible_to(
    session: Session, actor: Actor, same: ColumnElement[bool], own_id: int | None
) -> list[Twin]:
    wanted = (
        select(Client.id, Client.name)
        .where(same, Client.audience.in_(actor.audiences), Client.merged_into_id.is_(None))
        .where(Client.id != own_id if own_id is not None else Client.id.is_not(None))
        .order_by(Client.id)
        .limit(_MOST)
    )
    return [Twin(*row) for row in session.execute(wanted)]
