"""The words for where a fact is known from, and how surely."""

from dossiers.facts.models import Confidence, Source
from wiki.locale import _l

SOURCES = {
    Source.MEETING: _l("meeting"),
    Source.MAIL: _l("mail"),
    Source.CALL: _l("call"),
    Source.DOCUMENT: _l("document"),
    Source.REGISTER: _l("public register"),
    Source.IMPORT: _l("import"),
    Source.COLLEAGUE: _l("colleague"),
    Source.GUESS: _l("guess"),
}

CONFIDENCES = {
    Confidence.SURE: _l("sure"),
    Confidence.LIKELY: _l("likely"),
    Confidence.GUESS: _l("only a guess"),
}
