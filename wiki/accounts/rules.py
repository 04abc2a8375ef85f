"""What each role may do, and who may change whose account."""

from enum import StrEnum

from wiki.accounts.actor import Actor, Role
from wiki.errors import Forbidden, Refusal


class Permission(StrEnum):
    """A thing that some roles may do."""

    READ = "read"
    COMMENT = "comment"
    WRITE_PAGES = "write pages"
    EDIT_DOSSIERS = "edit dossiers"
    SEE_DOSSIER_LOG = "see who looked at dossiers and took them out"
    ARCHIVE_PAGES = "archive pages"
    EDIT_CATEGORIES = "edit categories"
    EDIT_GLOSSARY = "edit the glossary"
    EDIT_READING_PATHS = "edit reading paths and see how far everybody is"
    EDIT_DISCOUNT_POLICY = "edit the discount policy"
    EDIT_REASONS = "edit the reasons of deals"
    REVIEW_DOSSIERS = "review dossiers before renewals"
    SEE_LESSONS = "see what searches teach"
    TRANSFER_PAGES = "import and export pages"
    SEE_UNUSED_FILES = "see unused files"
    MANAGE_DEAL_SOURCES = "manage sources of deals"
    INVITE = "invite"
    MANAGE_STAFF = "manage newcomers, managers and teams"
    MANAGE_USERS = "manage users"


_NEWCOMER = {Permission.READ, Permission.COMMENT}
_MANAGER = _NEWCOMER | {Permission.WRITE_PAGES, Permission.EDIT_DOSSIERS}
_DIRECTOR = _MANAGER | {
    Permission.ARCHIVE_PAGES,
    Permission.SEE_DOSSIER_LOG,
    Permission.EDIT_CATEGORIES,
    Permission.EDIT_GLOSSARY,
    Permission.EDIT_READING_PATHS,
    Permission.EDIT_DISCOUNT_POLICY,
    Permission.EDIT_REASONS,
    Permission.REVIEW_DOSSIERS,
    Permission.SEE_LESSONS,
    Permission.TRANSFER_PAGES,
    Permission.SEE_UNUSED_FILES,
    Permission.MANAGE_DEAL_SOURCES,
    Permission.INVITE,
    Permission.MANAGE_STAFF,
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


_OF_DIRECTORS = (Role.NEWCOMER, Role.MANAGER)


def roles_given_by(actor: Actor | None) -> tuple[Role, ...]:
    """The roles that the person may invite to, give and take; `None` is the command line."""
    if actor is None or may(actor, Permission.MANAGE_USERS):
        return tuple(Role)
    return _OF_DIRECTORS if may(actor, Permission.MANAGE_STAFF) else ()


def may_manage(actor: Actor | None, user_id: int, role: Role) -> bool:
    """Whether the person may change the account of a colleague who has that role."""
    if actor is not None and actor.id == user_id:
        return False
    return role in roles_given_by(actor)


def check_manages(actor: Actor | None, user_id: int, role: Role) -> None:
    """Refuse to change one's own role and state, and those of people above oneself."""
    if actor is not None and actor.id == user_id:
        raise Refusal(
            "You cannot change your own role, team or state, so that nobody locks themselves out. "
            "Nothing was changed. Ask another administrator."
        )
    if not may_manage(actor, user_id, role):
        raise Forbidden(
            "A director looks after newcomers and managers only. Nothing was changed. "
            "Ask an administrator."
        )


def check_gives(actor: Actor | None, role: Role) -> None:
    """Refuse to give a role that the person may not give."""
    if role not in roles_given_by(actor):
        raise Forbidden(
            "A director makes newcomers and managers only. Nothing was changed. "
            "Ask an administrator for other roles."
        )


def check_admin_remains(other_active_admins: int) -> None:
    """Refuse to take the last administrator away."""
    if other_active_admins < 1:
        raise Refusal(
            "This is the last active administrator, so nobody could manage the accounts any more. "
            "Nothing was changed. Make somebody else administrator first."
        )
