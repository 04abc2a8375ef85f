"""What each role may do, and what a name, address or password must be."""

from enum import StrEnum

from wiki.accounts.actor import Actor, Role
from wiki.errors import Forbidden


class Permission(StrEnum):
    """A thing that some roles may do."""

    READ = "read"
    COMMENT = "comment"
    WRITE_PAGES = "write pages"
    ARCHIVE_PAGES = "archive pages"
    EDIT_CATEGORIES = "edit categories"
    TRANSFER_PAGES = "import and export pages"
    SEE_UNUSED_FILES = "see unused files"
    INVITE = "invite"
    MANAGE_USERS = "manage users"


_NEWCOMER = {Permission.READ, Permission.COMMENT}
_MANAGER = _NEWCOMER | {Permission.WRITE_PAGES}
_DIRECTOR = _MANAGER | {
    Permission.ARCHIVE_PAGES,
    Permission.EDIT_CATEGORIES,
    Permission.TRANSFER_PAGES,
    Permission.SEE_UNUSED_FILES,
    Permission.INVITE,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.NEWCOMER: frozenset(_NEWCOMER),
    Role.MANAGER: frozenset(_MANAGER),
    Role.DIRECTOR: frozenset(_DIRECTOR),
    Role.ADMIN: frozenset(Permission),
}


def may(actor: Actor, permission: Permission) -> bool:
    """Whether the person's role allows this."""
    return permission in PERMISSIONS[actor.role]


def require(actor: Actor, permission: Permission) -> None:
    """Raise `Forbidden` unless the person's role allows this."""
    if not may(actor, permission):
        raise Forbidden(
            "Your role does not allow this. Nothing was changed. Ask a director if you need it."
        )
