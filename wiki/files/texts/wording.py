"""The one sentence that says why the text of a file is not, or not wholly, searched."""

from collections.abc import Mapping

from wiki.files.texts.models import State
from wiki.files.texts.outcome import Reason
from wiki.locale import _l

_SENTENCES: Mapping[str, object] = {
    Reason.PROTECTED: _l("The text of this file could not be read: it is protected by a password."),
    Reason.PICTURES: _l(
        "The text of this file could not be read: it holds only pictures of its pages."
    ),
    Reason.EMPTY: _l("This file holds no text."),
    Reason.DAMAGED: _l("The text of this file could not be read: the file is damaged."),
    Reason.TOO_LARGE: _l("The text of this file could not be read: it is too large when unpacked."),
    Reason.TOO_SLOW: _l("The text of this file could not be read: that took too long."),
    Reason.OTHER_KIND: _l("The text of this file could not be read: its kind is not known."),
    Reason.MISSING: _l("The text of this file could not be read: it is not in the store."),
    Reason.FAILED: _l("The text of this file could not be read: the attempts broke off."),
    Reason.PARTLY: _l("Only the beginning of this file can be searched: it is very long."),
}


def sentence_for(state: str | None, reason: str | None) -> str:
    """What to tell a reader about the text of a file; nothing when all of it can be searched.

    `state` and `reason` are those of its row; without a row both are `None`.
    """
    if state == State.WAITING:
        return str(_l("The text of this file has not been read yet: it is found by its name."))
    return str(_SENTENCES.get(reason, "")) if reason else ""
