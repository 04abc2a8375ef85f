"""The sentences of reasons."""

from products.onboarding.weight.reasons import ReasonKind
from wiki.locale import _l

KIND_NAMES = {
    ReasonKind.NEW: _l("New page"),
    ReasonKind.NUMBER: _l("Figure or code"),
    ReasonKind.DATE: _l("Date"),
    ReasonKind.UNIT: _l("Unit"),
    ReasonKind.NEGATION: _l("“No” or “not”"),
    ReasonKind.CONDITION: _l("Condition"),
    ReasonKind.WORDS: _l("Words"),
    ReasonKind.ADDED: _l("New statement"),
    ReasonKind.REMOVED: _l("Statement taken out"),
    ReasonKind.MOVED: _l("Put under another heading"),
    ReasonKind.ORDER: _l("Order of steps"),
    ReasonKind.FACT: _l("Fact"),
    ReasonKind.TITLE: _l("Title"),
    ReasonKind.BACK: _l("Page brought back"),
    ReasonKind.REWRITTEN: _l("Large part written anew"),
}
