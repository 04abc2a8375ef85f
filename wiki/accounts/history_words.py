"""The words of the history for people; what has no word here is shown as it was written."""

from collections.abc import Iterator, Mapping
from typing import Any

from wiki.accounts.actor import Role
from wiki.accounts.forms import ROLE_NAMES
from wiki.history.models import HistoryEntry
from wiki.locale import _, _l

_ACTIONS = {
    "accept": _l("accepted"),
    "add": _l("added"),
    "add version": _l("added a version"),
    "archive": _l("archived"),
    "ask for new password": _l("asked for a new password"),
    "begin walk": _l("began a reading path"),
    "bring back": _l("brought back"),
    "change": _l("changed"),
    "change owner": _l("changed the owner"),
    "change password": _l("changed the password"),
    "change walk": _l("changed mentor or first day"),
    "create": _l("created"),
    "deactivate": _l("deactivated"),
    "edit": _l("edited"),
    "end walk": _l("took off the path"),
    "enrol": _l("put on the path"),
    "export pages": _l("exported pages"),
    "import": _l("imported"),
    "import pages": _l("imported pages"),
    "invite": _l("invited"),
    "merge": _l("merged"),
    "move": _l("moved"),
    "pair twins": _l("paired translations"),
    "part twins": _l("parted translations"),
    "reactivate": _l("reactivated"),
    "rename": _l("renamed"),
    "reopen": _l("reopened"),
    "resolve": _l("resolved"),
    "restore": _l("restored"),
    "resume walk": _l("put on the path again"),
    "revoke": _l("revoked"),
    "set new password by mail": _l("set a new password by mail"),
    "sign in": _l("signed in"),
    "sign out everywhere": _l("signed out everywhere"),
    "store": _l("uploaded"),
    "unarchive": _l("took out of the archive"),
    "undo": _l("undid a revision"),
    "unwatch": _l("stopped watching"),
    "watch": _l("began to watch"),
    "withdraw": _l("withdrew"),
}
_KINDS = {
    "category": _l("category"),
    "client": _l("client"),
    "comment": _l("comment"),
    "export": _l("export"),
    "file": _l("file"),
    "import": _l("import"),
    "invitation": _l("invitation"),
    "page": _l("page"),
    "reading path": _l("reading path"),
    "revision": _l("revision"),
    "saved search": _l("saved search"),
    "synonyms": _l("glossary group"),
    "team": _l("team"),
    "token": _l("API token"),
    "user": _l("account"),
}
_FIELDS = {
    "archived": _l("State"),
    "began_on": _l("First day"),
    "body": _l("Text"),
    "category_id": _l("Category"),
    "changed": _l("Pages changed"),
    "conflicts": _l("In conflict"),
    "created": _l("Pages created"),
    "daily_mail": _l("daily letter"),
    "email": _l("e-mail address"),
    "explanation_en": _l("Explanation in English"),
    "explanation_ru": _l("Explanation in Russian"),
    "expressions": _l("Expressions"),
    "facts": _l("Facts"),
    "files": _l("Files"),
    "language": _l("language"),
    "mentor": _l("Mentor"),
    "merged": _l("Merged with what was written here"),
    "name": _l("name"),
    "new": _l("new"),
    "note": _l("Note"),
    "number": _l("Version"),
    "purpose": _l("Purpose"),
    "pages": _l("Pages"),
    "people": _l("People"),
    "refused": _l("Files left out"),
    "role": _l("role"),
    "tags": _l("Tags"),
    "team": _l("team"),
    "telling": _l("News"),
    "time_zone": _l("time zone"),
    "title": _l("Title"),
}
_ROLES = set(Role)
_LONGEST = 120


def action_name(action: str, kind: str) -> str:
    """What was done, in the reader's language; the kind of thing need not be said twice."""
    if kind == "client":
        return _deed_in_dossier(action)
    verb = action.removesuffix(f" {kind}")
    return str(_ACTIONS.get(verb, verb.replace("_", " ")))


def _deed_in_dossier(action: str) -> str:
    """The dossier itself tells its changes in sentences; here it is said that there was one."""
    verb, _blank, part = action.partition(" ")
    if verb == "view":
        return _("looked at a part (%(part)s)", part=part)
    if verb == "export":
        return _("took out a part (%(part)s)", part=part)
    return _("changed the dossier (%(what)s)", what=action)


def kind_name(kind: str) -> str:
    """To what kind of thing it was done, in the reader's language."""
    return str(_KINDS.get(kind, kind.replace("_", " ")))


class Words:
    """How the values of the history are shown: roles and teams by their names."""

    def __init__(self, teams: Mapping[int, str]) -> None:
        self._teams = teams

    def changes_of(self, entry: HistoryEntry) -> Iterator[tuple[str, str, str]]:
        """Each value that differs: its name, before, after; long ones are cut."""
        before, after = entry.before or {}, entry.after or {}
        for name in sorted({*before, *after}):
            if before.get(name) != after.get(name):
                was, now = (self._shown(name, values.get(name)) for values in (before, after))
                # A list names what of the page was changed; a number counts pages.
                is_list = isinstance(after.get(name), list)
                yield str(_("What")) if is_list else _field_name(name), was, now

    def _shown(self, name: str, value: Any) -> str:
        if value is None:
            return ""
        if name == "role" and value in _ROLES:
            return str(ROLE_NAMES[Role(value)])
        if name == "team" and value in self._teams:
            return self._teams[value]
        if isinstance(value, bool):
            return str(_("yes") if value else _("no"))
        if isinstance(value, list):
            return _short(", ".join(_field_name(str(part)) for part in value))
        return _short(str(value))


def _field_name(name: str) -> str:
    return str(_FIELDS.get(name, name.replace("_", " ")))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
