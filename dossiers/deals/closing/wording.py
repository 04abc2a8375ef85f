"""The sentences of reasons."""

from collections.abc import Mapping
from typing import Any

from dossiers.clients.deed_words import Sentence
from dossiers.deals.closing import services
from wiki.locale import _, language


def name_told(names: Any) -> str:
    """The name of a reason as a deed or a change keeps it: in Russian and in English."""
    if not isinstance(names, list) or len(names) != 2:
        return ""
    return str(names[0 if language() == "ru" else 1])


def _explained(words: Mapping[str, Any]) -> str:
    deal, reason = words["deal"], name_told(words["reason"])
    if words["said"]:
        return _("the reason of the deal %(deal)s: %(reason)s", deal=deal, reason=reason)
    return _("the deal %(deal)s has no reason written down any more", deal=deal)


CLOSING_DEEDS: Mapping[str, Sentence] = {services.EXPLAINED: _explained}
