"""What the parts are called on the screen."""

from products.catalogue.selling.parts import PartKind
from wiki.locale import _l

PART_NAMES = {
    PartKind.AUDIENCE: _l("For whom"),
    PartKind.BENEFITS: _l("Why they buy"),
    PartKind.OBJECTIONS: _l("What if they say"),
    PartKind.COMPETITORS: _l("Who else offers it"),
    PartKind.LIMITS: _l("What it cannot do"),
    PartKind.RELATED: _l("Offer with it"),
    PartKind.REPLACEMENTS: _l("Offer instead"),
}
"""As a manager asks for them in a talk."""

PICTURES = {
    PartKind.AUDIENCE: "people",
    PartKind.BENEFITS: "star",
    PartKind.OBJECTIONS: "chat-left-text",
    PartKind.COMPETITORS: "layout-split",
    PartKind.LIMITS: "exclamation-triangle",
    PartKind.RELATED: "plus-lg",
    PartKind.REPLACEMENTS: "arrow-left-right",
}

HELP = {
    PartKind.AUDIENCE: _l("Who buys it and for what; who does not."),
    PartKind.BENEFITS: _l(
        "What it has, what that gives, what the client gains, and how you prove it."
    ),
    PartKind.OBJECTIONS: _l("In the client's own words; the answer as you would say it aloud."),
    PartKind.COMPETITORS: _l(
        "Only what can be shown: a label, a price list, a test. Where a row bears the name of a "
        "fact of this page, our own cell may stay empty: the fact is shown."
    ),
    PartKind.LIMITS: _l("What not to promise, and when to advise against it."),
    PartKind.RELATED: _l("What else is sold along with it."),
    PartKind.REPLACEMENTS: _l("What to offer when it does not suit or is out of stock."),
}

COLUMN_NAMES = {
    "text": _l("In a sentence"),
    "feature": _l("Feature"),
    "advantage": _l("What it gives"),
    "benefit": _l("Benefit for the client"),
    "proof": _l("Proof"),
    "objection": _l("Objection"),
    "answer": _l("What to answer"),
    "criterion": _l("Compared by"),
    "ours": _l("We"),
    "title": _l("Page"),
    "note": _l("Why"),
}
