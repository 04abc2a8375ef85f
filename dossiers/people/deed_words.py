"""The sentences of deeds about positions and people, for the list of a dossier's changes."""

from collections.abc import Mapping

from dossiers.clients.deed_words import Sentence, Words
from dossiers.people.wording import (
    ASPECTS,
    ATTITUDES,
    END_REASONS,
    ORIENTATIONS,
    POWERS,
    ROLES,
)
from wiki.locale import _

#: No two aspects have a code in common.
_VALUES = {
    str(code): name
    for names in (ROLES, ATTITUDES, POWERS, ORIENTATIONS)
    for code, name in names.items()
}
_ASPECTS = {str(code): name for code, name in ASPECTS.items()}
_REASONS = {str(code): name for code, name in END_REASONS.items()}


def _moved(words: Words) -> str:
    if words["to"]:
        return _("%(position)s now reports to %(to)s", position=words["position"], to=words["to"])
    return _("%(position)s now stands at the top", position=words["position"])


def _added(words: Words) -> str:
    if words["to"]:
        return _(
            "new position %(position)s under %(to)s", position=words["position"], to=words["to"]
        )
    return _("new position %(position)s at the top", position=words["position"])


def _renamed(words: Words) -> str:
    if words["position"] == words["to"]:
        return _("position %(position)s changed", position=words["position"])
    return _("position %(position)s is now %(to)s", position=words["position"], to=words["to"])


def _appointed(words: Words) -> str:
    return _("%(person)s holds %(position)s", person=words["person"], position=words["position"])


def _ended(words: Words) -> str:
    why = str(_REASONS.get(words["reason"], ""))
    if not words["position"]:
        return _("%(person)s no longer works there: %(why)s", person=words["person"], why=why)
    return _(
        "%(person)s no longer holds %(position)s: %(why)s",
        person=words["person"],
        position=words["position"],
        why=why,
    )


def _judged(words: Words) -> str:
    return _(
        "%(person)s: %(aspect)s – %(value)s",
        person=words["person"],
        aspect=_aspect(words),
        value=_value(words),
    )


def _not_judged(words: Words) -> str:
    return _(
        "%(person)s: %(aspect)s is not known any more",
        person=words["person"],
        aspect=_aspect(words),
    )


def _aspect(words: Words) -> str:
    return str(_ASPECTS.get(words["aspect"], words["aspect"]))


def _value(words: Words) -> str:
    return str(_VALUES.get(words["to"], words["to"]))


def _between(words: Words) -> str:
    return _("a line from %(one)s to %(other)s", one=words["position"], other=words["to"])


def _outlined(words: Words) -> str:
    return _(
        "the chart changed as text: %(added)d new, %(changed)d changed, %(removed)d gone",
        added=words["added"],
        changed=words["changed"],
        removed=words["removed"],
    )


PEOPLE_DEEDS: Mapping[str, Sentence] = {
    "apply outline": _outlined,
    "add position": _added,
    "change position": _renamed,
    "move position": _moved,
    "order position": lambda w: _("position %(position)s put in order", position=w["position"]),
    "remove position": lambda w: _("position %(position)s is gone", position=w["position"]),
    "draw line": _between,
    "remove line": lambda w: _("no more: %(what)s", what=_between(w)),
    "appoint": _appointed,
    "confirm employment": lambda w: _(
        "%(person)s still holds %(position)s", person=w["person"], position=w["position"]
    ),
    "end employment": _ended,
    "leave client": _ended,
    "move to client": lambda w: _("%(person)s went to another client", person=w["person"]),
    "add person": lambda w: _("new person %(person)s", person=w["person"]),
    "rename person": lambda w: _("%(person)s is now called %(to)s", person=w["person"], to=w["to"]),
    "add name": lambda w: _("%(person)s is also called %(to)s", person=w["person"], to=w["to"]),
    "set contact": lambda w: _("%(person)s: %(contact)s", person=w["person"], contact=w["contact"]),
    "withdraw contact": lambda w: _(
        "%(contact)s is not of %(person)s", person=w["person"], contact=w["contact"]
    ),
    "judge": _judged,
    "withdraw judgement": _not_judged,
    "tie": lambda w: _("a tie between %(one)s and %(other)s", one=w["person"], other=w["to"]),
    "untie": lambda w: _(
        "no more tie between %(one)s and %(other)s", one=w["person"], other=w["to"]
    ),
    "acquaint": lambda w: _(
        "how well %(colleague)s knows %(person)s", person=w["person"], colleague=w["colleague"]
    ),
}
