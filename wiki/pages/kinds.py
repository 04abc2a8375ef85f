"""The words for how a version came to be, and for other news of a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Topic:
    """News that packages above tell of a page, of a kind of its own in the list of notices.

    `name` has at most 10 letters, the codes of kinds at most 20. `address` makes from the page's
    number where the news is seen; `None`: on the page itself.
    """

    name: str
    words: Mapping[str, object]
    address: Callable[[int], str] | None = None


_topics: dict[str, Topic] = {}
_words: dict[str, object] = {}


def register_topic(topic: Topic) -> None:
    """Let notices of this topic be named and followed; told once when the application starts."""
    _topics[topic.name] = topic
    _words.update(topic.words)


def topic_of(name: str) -> Topic | None:
    """What a package above said of its topic; `None` for changes and comments."""
    return _topics.get(name)


def kind_name(kind: str) -> str:
    """What happened, in a few words of the reader's language."""
    return str(KINDS.get(kind) or _TALK.get(kind) or _words.get(kind) or _("changed"))
