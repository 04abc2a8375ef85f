"""Who acts: the signed-in person as plain, unchanging data, passed to every query and service."""

from dataclasses import dataclass
from enum import StrEnum

EVERYONE = "all"
DIRECTORS = "directors"


class Role(StrEnum):
    """What a person is in the sales department."""

    NEWCOMER = "newcomer"
    MANAGER = "manager"
    DIRECTOR = "director"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person; also what Flask-Login calls the current user."""

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
        if self.role in (Role.DIRECTOR, Role.ADMIN):
            found.add(DIRECTORS)
        return frozenset(found)
