"""Who needs a position beside the chart: packages above say here what a removal would tear.

A removal asks what acts in the place of the position; taking the removal back gives it back.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dossiers.facts.models import NEVER, Change
from dossiers.facts.writing import in_parts
from dossiers.people.editing.lookup import position_here
from dossiers.people.editing.pen import Pen
from dossiers.people.models import Employment
from wiki.errors import Refusal
from wiki.outbox import changed_many

_MOST_NAMED = 5


class Use(NamedTuple):
    """Something that needs a position, by the name and address that its readers know."""

    position_id: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Instead:
    """What acts in the place of positions that go; `None` says that nobody is known yet."""

    position_id: int | None = None


Uses = Callable[[Session, int, Collection[int]], Sequence[Use]]
"""What needs these positions in the dossier of a client, in a constant number of statements."""

Replace = Callable[[Pen, Change, Collection[int], int | None], None]
"""Puts one position (or nobody) in the place of others, under a change that has begun."""

Renamed = Callable[[Session, Sequence[int]], None]
"""Learns that these positions are called otherwise from now on."""


@dataclass(frozen=True, slots=True)
class User:
    """A package above that needs positions."""

    uses: Uses
    replace: Replace
    renamed: Renamed


_users: dict[str, User] = {}


def know_user(name: str, user: User) -> None:
    """Let removals ask this one."""
    _users[name] = user


def uses_of(session: Session, client_id: int, positions: Collection[int]) -> list[Use]:
    """Everything in the dossier that needs one of these positions.

    The caller has found the client with `client_visible_to`.
    """
    if not positions:
        return []
    return [use for user in _users.values() for use in user.uses(session, client_id, positions)]


class InUse(Refusal):
    """A position cannot go before it is said what takes its place; `uses` need it."""

    def __init__(self, uses: Sequence[Use]) -> None:
        """`uses` is not empty."""
        super().__init__(
            "Approval paths need this position: %(paths)s. Nothing was changed. Say which "
            "position acts in its place, or that nobody is known yet.",
            paths=names_of(uses),
        )
        self.uses = uses


def names_of(uses: Sequence[Use]) -> str:
    """The names of what needs the positions, each once; of many only the first."""
    names = list(dict.fromkeys(use.name for use in uses))
    more = ["…"] if len(names) > _MOST_NAMED else []
    return ", ".join([*(f"«{name}»" for name in names[:_MOST_NAMED]), *more])


def check_replaceable(pen: Pen, ended: Collection[int], instead: Instead | None) -> None:
    """Raise `InUse` when something needs what goes and nobody said what takes its place.

    Raises `Refusal` for a position in its place that goes itself, and what `position_here` raises.
    """
    if instead is None:
        uses = uses_of(pen.session, pen.client.id, ended)
        if uses:
            raise InUse(uses)
    elif instead.position_id in ended:
        raise Refusal(
            "The position that is to act instead goes, too. Nothing was changed. Choose another."
        )
    elif instead.position_id is not None:
        position_here(pen, instead.position_id)


def replace_in_uses(pen: Pen, change: Change, ended: Collection[int], instead: Instead) -> None:
    """Let all that need these positions go by what takes their place."""
    for user in _users.values():
        user.replace(pen, change, ended, instead.position_id)


def tell_renamed(session: Session, positions: Sequence[int]) -> None:
    """Let all that is found by the titles of these positions be indexed anew, people first."""
    for some in in_parts(positions):
        wanted = select(Employment.person_id).where(
            Employment.position_id.in_(some), Employment.superseded_at == NEVER
        )
        changed_many(session, "person", sorted(set(session.scalars(wanted))))
    for user in _users.values():
        user.renamed(session, positions)
