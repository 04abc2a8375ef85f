"""The differences between two versions of a path as sentences for a person."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.condition_words import (
    condition_words,
    duration_words,
    frozen_words,
    meetings_words,
    money_words,
)
from dossiers.approvals.document import PathDocument
from dossiers.approvals.paths.compare import Difference, What, compare
from dossiers.approvals.steps import Step
from dossiers.approvals.wording import RIGHTS, STEP_KINDS
from dossiers.facts.wording import CONFIDENCES, SOURCES
from wiki.locale import _, _l

FIELDS = {
    "title": _l("title"),
    "kind": _l("kind"),
    "positions": _l("who acts"),
    "needed": _l("how many must agree"),
    "right": _l("right"),
    "condition": _l("condition"),
    "duration": _l("duration"),
    "meetings": _l("meetings"),
    "frozen": _l("days on which nothing is decided"),
    "deputy": _l("who stands in"),
    "limit": _l("may sign up to"),
    "documents": _l("documents"),
    "bring": _l("what we bring"),
    "note": _l("note"),
    "source": _l("known from"),
    "confidence": _l("how sure"),
    "evidence": _l("evidence"),
    "currency": _l("currency of the amounts"),
    "after": _l("order"),
}
"""What the fields of a step and of a path are called in a sentence."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the sentences need to know: positions and product categories by their numbers."""

    seats: Mapping[int, ActorSeat]
    categories: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words; `before` and `after` are the two values of a field that changed."""

    what: What
    step: str
    title: str
    said: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A step (or the whole path) with all that differs in it; `what` is what became of it."""

    title: str
    what: What
    told: tuple[Told, ...]


def differences_told(old: PathDocument, new: PathDocument, names: Names) -> list[Changed]:
    """Everything that differs step by step, in the order of `compare`."""
    told = [_SENTENCES[one.what](one, old, new, names) for one in compare(old, new)]
    together = [tuple(own) for _step, own in groupby(told, key=lambda one: one.step)]
    return [Changed(own[0].title, own[0].what, own) for own in together]


def _titles(codes: Iterable[str], document: PathDocument) -> str:
    steps = document.by_code
    return ", ".join(f"«{step.title}»" for step in steps.values() if step.code in set(codes))


def _new(one: Difference, _old: PathDocument, new: PathDocument, _names: Names) -> Told:
    step = new.by_code[one.step]
    if step.after:
        said = _("new step, after %(steps)s", steps=_titles(step.after, new))
    else:
        said = _("new step, at the beginning")
    return Told(one.what, one.step, step.title, said)


def _gone(one: Difference, old: PathDocument, _new: PathDocument, _names: Names) -> Told:
    return Told(one.what, one.step, old.by_code[one.step].title, _("no longer a step"))


def _moved(one: Difference, old: PathDocument, new: PathDocument, _names: Names) -> Told:
    step = new.by_code[one.step]
    was = _place(old.by_code[one.step], old)
    return Told(one.what, one.step, step.title, _("moved"), was, _place(step, new))


def _place(step: Step, document: PathDocument) -> str:
    if not step.after:
        return _("at the beginning")
    return _("after %(steps)s", steps=_titles(step.after, document))


def _changed(one: Difference, old: PathDocument, new: PathDocument, names: Names) -> Told:
    before, after = old.by_code[one.step], new.by_code[one.step]
    was, now = (_value(one.field, step, doc, names) for step, doc in ((before, old), (after, new)))
    return Told(one.what, one.step, after.title, str(FIELDS[one.field]), was, now)


def _path(one: Difference, old: PathDocument, new: PathDocument, _names: Names) -> Told:
    said = str(FIELDS[one.field])
    if one.field == "currency":
        was, now = old.currency, new.currency
    else:
        was, now = frozen_words(old.frozen), frozen_words(new.frozen)
    return Told(one.what, "", _("The whole path"), said, was or _nothing(), now or _nothing())


_SENTENCES: Mapping[What, Callable[[Difference, PathDocument, PathDocument, Names], Told]] = {
    What.NEW: _new,
    What.GONE: _gone,
    What.MOVED: _moved,
    What.CHANGED: _changed,
    What.PATH: _path,
}


def _nothing() -> str:
    return _("nothing")


def _value(field: str, step: Step, document: PathDocument, names: Names) -> str:
    """The value of a field in words; "nothing" for an empty one."""
    value = getattr(step, field)
    tell = _VALUES.get(field)
    return (tell(value, document, names) if tell else str(value)) or _nothing()


def _seats(idents: Iterable[int], _document: PathDocument, names: Names) -> str:
    return ", ".join(_seat(ident, names) for ident in idents)


def _seat(ident: int, names: Names) -> str:
    seat = names.seats.get(ident)
    return seat.title if seat and seat.title else _("a position that is not in the chart")


_VALUES: Mapping[str, Callable[[Any, PathDocument, Names], str]] = {
    "kind": lambda value, _d, _n: str(STEP_KINDS[value]),
    "right": lambda value, _d, _n: str(RIGHTS[value]),
    "source": lambda value, _d, _n: str(SOURCES[value]),
    "confidence": lambda value, _d, _n: str(CONFIDENCES[value]),
    "positions": _seats,
    "deputy": lambda value, _d, names: _seat(value, names) if value else "",
    "needed": lambda value, _d, _n: str(value) if value else _("all"),
    "condition": lambda value, _d, names: condition_words(value, names.categories) or _("always"),
    "duration": lambda value, _d, _n: duration_words(value),
    "meetings": lambda value, _d, _n: meetings_words(value) or _("any day"),
    "frozen": lambda value, _d, _n: frozen_words(value),
    "limit": lambda value, doc, _n: "" if value is None else money_words(value, doc.currency),
    "documents": lambda value, _d, _n: "; ".join(value),
}
