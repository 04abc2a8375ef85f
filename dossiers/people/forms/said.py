"""What every form of a dossier asks beside its question: since when, and where it is known from."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    DateField,
    Field,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Optional

from dossiers.facts.models import Confidence, Source
from dossiers.facts.wording import CONFIDENCES, SOURCES
from dossiers.facts.writing import Evidence
from dossiers.people.rules import LONGEST_NOTE, check_day, check_learned, line_of
from wiki.locale import _l

FILLED = InputRequired(_l("This is empty. Fill it in."))
_LARGEST = 2**31 - 1


def typed(field: Field) -> str:
    """The text in the field, empty when it was not sent."""
    return str(field.data or "")


def choices_of(words: Mapping[Any, Any], none: object = None) -> Callable[[], list[SelectChoice]]:
    """The codes of an enumeration with their words; `none` is the word for leaving it open."""
    first = [] if none is None else [SelectChoice("", none)]
    return lambda: [*first, *(SelectChoice(str(code), word) for code, word in words.items())]


class Said(FlaskForm):  # type: ignore[misc]
    """Ground of all forms that write facts. `base` is the newest change its reader has seen."""

    base = HiddenField()
    since = DateField(_l("True since"), [Optional()], description=_l("Empty: since today."))
    source = SelectField(
        _l("Where you know it from"), choices=choices_of(SOURCES), default=Source.COLLEAGUE.value
    )
    confidence = SelectField(
        _l("How sure"), choices=choices_of(CONFIDENCES), default=Confidence.SURE.value
    )
    learned_on = DateField(
        _l("Learnt on"),
        [Optional()],
        description=_l("Empty: today. The age of a fact counts from it."),
    )
    note = StringField(_l("Note"), [Optional()], render_kw={"maxlength": LONGEST_NOTE})

    def told(self, today: date) -> Evidence:
        """Where it is known from. Raises `Refusal` for a day or note that cannot be."""
        check_day(self.since.data or today, today)
        check_learned(self.learned_on.data or today, today)
        return Evidence(
            Source(self.source.data),
            Confidence(self.confidence.data),
            self.learned_on.data,
            line_of(typed(self.note), LONGEST_NOTE),
        )

    @property
    def seen(self) -> int | None:
        """The newest change that the reader had seen; `None` when the form does not say."""
        text = typed(self.base)
        number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 else None
        return number if number is not None and number <= _LARGEST else None


def code_in(kind: type[StrEnum], field: Field) -> Any:
    """The chosen member of an enumeration, `None` when it was left open."""
    return kind(field.data) if field.data else None


def number_of(field: Field) -> int:
    """The number that a hidden field or a choice holds; 0, which no row has, when it is none."""
    text = typed(field)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else 0
