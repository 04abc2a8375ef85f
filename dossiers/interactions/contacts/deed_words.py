"""The sentences of deeds with contacts, for the list of a dossier's changes."""

from collections.abc import Mapping

from dossiers.clients.deed_words import Sentence, Words
from dossiers.interactions.contacts.wording import KIND_NAMES
from dossiers.interactions.kinds import InteractionKind
from wiki.locale import _

_KINDS = {kind.value: name for kind, name in KIND_NAMES.items()}


def _noted(words: Words) -> str:
    kind = str(_KINDS.get(InteractionKind(words["kind"]), ""))
    if not words["summary"]:
        return _("contact noted: %(kind)s", kind=kind)
    return _("contact noted: %(kind)s – %(what)s", kind=kind, what=words["summary"])


CONTACT_DEEDS: Mapping[str, Sentence] = {
    "note contact": _noted,
    "correct contact": lambda w: _("contact corrected: %(what)s", what=w["summary"]),
    "take back contact": lambda w: _("contact taken out of the log: %(what)s", what=w["summary"]),
    "bring back contact": lambda w: _("contact put back into the log: %(what)s", what=w["summary"]),
}
