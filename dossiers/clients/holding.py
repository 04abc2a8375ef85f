"""The holding that a client stands in: no circles, and as far as a person may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import literal, select
from sqlalchemy.orm import Session, aliased

from dossiers.clients.kinds import CardField, State
from dossiers.clients.models import CardFact, Client
from dossiers.facts.models import NEVER
from dossiers.facts.periods import Period
from wiki.accounts.actor import Actor
from wiki.errors import Refusal

MOST_SHOWN = 300
_DEEPEST = 30


class Kin(NamedTuple):
    """A client of the same holding."""

    id: int
    name: str
    parent_id: int | None
    state: str

    @property
    def is_archived(self) -> bool:
        """Whether it is out of use."""
        return self.state == State.ARCHIVED


@dataclass(frozen=True)
class Branch:
    """A client of the holding and those below it."""

    kin: Kin
    below: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Holding:
    """Those above a client, the outermost first, and the branches below it."""

    above: Sequence[Kin] = ()
    below: Sequence[Branch] = ()

    def __bool__(self) -> bool:
        return bool(self.above or self.below)


def holding_visible_to(session: Session, actor: Actor, client: Client) -> Holding:
    """The holding around a client, in two statements; it ends at whom the person may not see."""
    below = _below(session, actor, client.id)
    by_parent: dict[int | None, list[Kin]] = {}
    for kin in below:
        by_parent.setdefault(kin.parent_id, []).append(kin)
    return Holding(_above(session, actor, client), _branches(by_parent, client.id))


def _branches(by_parent: Mapping[int | None, Sequence[Kin]], ident: int) -> list[Branch]:
    return [Branch(kin, _branches(by_parent, kin.id)) for kin in by_parent.get(ident, ())]


def _above(session: Session, actor: Actor, client: Client) -> list[Kin]:
    if client.parent_id is None:
        return []
    seen = Client.audience.in_(actor.audiences)
    columns = (Client.id, Client.name, Client.parent_id, Client.state)
    start = select(*columns, literal(1).label("step")).where(Client.id == client.parent_id, seen)
    chain = start.cte("above", recursive=True)
    other = aliased(Client)
    chain = chain.union_all(
        select(other.id, other.name, other.parent_id, other.state, chain.c.step + 1)
        .join(chain, other.id == chain.c.parent_id)
        .where(other.audience.in_(actor.audiences), chain.c.step < _DEEPEST)
    )
    rows = session.execute(select(chain).order_by(chain.c.step.desc()))
    return [Kin(*row[:4]) for row in rows]


def _below(session: Session, actor: Actor, client_id: int) -> list[Kin]:
    start = select(Client.id, literal(1).label("step")).where(
        Client.parent_id == client_id, Client.audience.in_(actor.audiences)
    )
    tree = start.cte("below", recursive=True)
    other = aliased(Client)
    tree = tree.union_all(
        select(other.id, tree.c.step + 1)
        .join(tree, other.parent_id == tree.c.id)
        .where(other.audience.in_(actor.audiences), tree.c.step < _DEEPEST)
    )
    wanted = (
        select(Client.id, Client.name, Client.parent_id, Client.state)
        # Itself too would stand below when two people close a circle at the same moment.
        .where(Client.id.in_(select(tree.c.id)), Client.id != client_id)
        .where(Client.merged_into_id.is_(None))
        .order_by(Client.name_folded)
        .limit(MOST_SHOWN)
    )
    return [Kin(*row) for row in session.execute(wanted)]


Stretch = tuple[int, Period]


def check_no_circle(session: Session, client_id: int, parent_id: int, period: Period) -> None:
    """Raise `Refusal` when a client would stand above its own parent on some day of `period`."""
    reached, seen = [(parent_id, period)], set[Stretch]()
    while reached:
        if any(ident == client_id for ident, _days in reached):
            raise Refusal(
                "That company belongs to this client itself, directly or through others, so it "
                "cannot be its parent. Nothing was changed. Choose another one."
            )
        seen.update(reached)
        parents = _parents(session, {ident for ident, _days in reached})
        reached = [step for step in _steps(reached, parents) if step not in seen]


def _steps(
    reached: Iterable[Stretch], parents: Mapping[int, Sequence[Stretch]]
) -> Iterable[Stretch]:
    for ident, days in reached:
        for parent, when in parents.get(ident, ()):
            if when.meets(days):
                yield parent, when.with_(days)


def _parents(session: Session, idents: set[int]) -> dict[int, list[Stretch]]:
    columns = CardFact.__table__.c
    rows = session.connection().execute(
        select(columns.client_id, columns.value, columns.valid_from, columns.valid_to).where(
            columns.client_id.in_(idents),
            columns.field == CardField.PARENT,
            columns.superseded_at == NEVER,
        )
    )
    found: dict[int, list[Stretch]] = {}
    for ident, parent, start, end in rows:
        found.setdefault(ident, []).append((int(parent), Period(start, end)))
    return found
