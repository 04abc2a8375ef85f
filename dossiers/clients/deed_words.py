"""What a change of a dossier says to its readers, in one sentence.

Packages above teach this one the sentences of their own deeds when the application starts.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from dossiers.clients.changes import Deed
from wiki.locale import _

Words = Mapping[str, Any]
Sentence = Callable[[Words], str]

_sentences: dict[str, Sentence] = {}


def know_deeds(sentences: Mapping[str, Sentence]) -> None:
    """Let these actions be told by these functions, which get the words kept with the deed."""
    _sentences.update(sentences)


def sentence_of(deed: Deed) -> str:
    """What was done, in the reader's language."""
    if deed.action != "undo":
        return told(deed.action, deed.words)
    what = told(str(deed.words["of"]), deed.words)
    if deed.words["again"]:
        return _("done again: %(what)s", what=what)
    return _("taken back: %(what)s", what=what)


def told(action: str, words: Words) -> str:
    """What an action with these words says; the bare action when nobody taught its sentence."""
    tell = _sentences.get(action)
    return tell(defaultdict(str, words)) if tell else action
