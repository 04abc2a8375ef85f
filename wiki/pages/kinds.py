"""The words for how a version came to be."""

from wiki.locale import _, _l

KINDS = {
    "create": _l("new"),
    "edit": _l("edited"),
    "import": _l("imported"),
    "restore": _l("restored"),
    "undo": _l("undone"),
    "archive": _l("archived"),
    "unarchive": _l("brought back"),
}
_TALK = {"comment": _l("commented"), "answer": _l("answered")}


def kind_name(kind: str) -> str:
    """What happened, in one or two words of the reader's language."""
    return str(KINDS.get(kind) or _TALK.get(kind) or _("changed"))
