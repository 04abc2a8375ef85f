"""Who acts: the signed-in person as plain, unchanging data, passed to every query and service."""

from dataclasses import dataclass
from enum import StrEnum

EVERYONE = "all"
DIRECTORS = "directors"
EDITORS = "editors"
"""Those who keep dossiers: everybody but newcomers."""


class Role(StrEnum):
    """What a person is in the sales department."""

    NEWCOMER = "newcomer"
    MANAGER = "manager"
    DIRECTOR = "director"
    ADMIN = "admin"


DIRECTING = (Role.DIRECTOR, Role.ADMIN)


def restricted_to(team_id: int | None) -> str:
    """The audience of what only a team and the directors may see; without a team, the directors."""
    return f"restricted:{team_id}" if team_id is not None else DIRECTORS


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person; also what Flask-Login calls the current user.

    `teams` are the teams whose restricted things the person may see: the own one, or all of them
    for a director.
    """

    id: int
    name: str
    email: str
    role: Role
    team_id: int | None
    language: str
    time_zone: str
    epoch: int = 0
    unread: int = 0
    finds: int = 0
    teams: tuple[int, ...] = ()

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """What the session cookie holds; a new epoch makes all older cookies worthless."""
        return f"{self.id}.{self.epoch}"

    @property
    def news(self) -> int:
        """The number at the bell: unread notices, and what is new in saved searches."""
        return self.unread + self.finds

    @property
    def audiences(self) -> frozenset[str]:
        """The audiences whose things this person may see."""
        found = {EVERYONE}
        if self.team_id is not None:
            found.add(f"team:{self.team_id}")
        if self.role is not Role.NEWCOMER:
            found.add(EDITORS)
        if self.is_director:
            found.add(DIRECTORS)
        found.update(restricted_to(team) for team in self.teams)
        return frozenset(found)

    @property
    def is_director(self) -> bool:
        """Whether the person sees and may do what directors do."""
        return self.role in DIRECTING
