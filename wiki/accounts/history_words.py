"""The words of the history for people; what has no word here is shown as it was written."""

from collections.abc import Iterator
from typing import Any

from wiki.history.models import HistoryEntry
from wiki.locale import _l

_ACTIONS = {
    "accept": _l("accepted"),
    "archive": _l("archived"),
    "ask for new password": _l("asked for a new password"),
    "change": _l("changed"),
    "change password": _l("changed the password"),
    "create": _l("created"),
    "deactivate": _l("deactivated"),
    "invite": _l("invited"),
    "reactivate": _l("reactivated"),
    "rename": _l("renamed"),
    "restore": _l("restored"),
    "revoke": _l("revoked"),
    "set new password by mail": _l("set a new password by mail"),
    "sign in": _l("signed in"),
    "sign out everywhere": _l("signed out everywhere"),
    "withdraw": _l("withdrew"),
}
_KINDS = {
    "category": _l("category"),
    "comment": _l("comment"),
    "file": _l("file"),
    "invitation": _l("invitation"),
    "page": _l("page"),
    "team": _l("team"),
    "token": _l("API token"),
    "user": _l("account"),
}


def action_name(action: str) -> str:
    """What was done, in the reader's language."""
    return str(_ACTIONS.get(action, action.replace("_", " ")))


def kind_name(kind: str) -> str:
    """To what kind of thing it was done, in the reader's language."""
    return str(_KINDS.get(kind, kind.replace("_", " ")))


def changes_of(entry: HistoryEntry) -> Iterator[tuple[str, str, str]]:
    """Each value that differs: its name, before, after; long ones are cut."""
    before, after = entry.before or {}, entry.after or {}
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield name, _short(before.get(name)), _short(after.get(name))


def _short(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 120 else f"{text[:119]}…"
