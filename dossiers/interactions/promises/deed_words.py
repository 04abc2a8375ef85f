"""The sentences of deeds with promises, for the list of a dossier's changes."""

from collections.abc import Mapping
from datetime import date

from dossiers.clients.deed_words import Sentence, Words
from wiki.locale import _
from wiki.templating import day


def _made(words: Words) -> str:
    if words["by_us"]:
        return _("we promised: %(what)s", what=words["what"])
    return _("they promised: %(what)s", what=words["what"])


def _ended(words: Words) -> str:
    kept = words["kept"]
    said = _("promise kept: %(what)s") if kept else _("promise broken: %(what)s")
    return _with(said % {"what": words["what"]}, words)


def _with(sentence: str, words: Words) -> str:
    return f"{sentence} – {words['said']}" if words["said"] else sentence


def _moved(words: Words) -> str:
    told = _(
        "promise “%(what)s” moved from %(was)s to %(to)s",
        what=words["what"],
        was=_day(words["was"]),
        to=_day(words["to"]),
    )
    return _with(told, words)


def _day(written: str) -> str:
    return day(date.fromisoformat(written))


def _handed(words: Words) -> str:
    told = _("promise “%(what)s” handed to %(who)s", what=words["what"], who=words["colleague"])
    return _with(told, words)


PROMISE_DEEDS: Mapping[str, Sentence] = {
    "make promise": _made,
    "end promise": _ended,
    "move promise": _moved,
    "hand promise": _handed,
    "reopen promise": lambda w: _with(_("promise open again: %(what)s", what=w["what"]), w),
    "reword promise": lambda w: _(
        "promise “%(what)s” reworded: %(to)s", what=w["what"], to=w["to"]
    ),
}
