"""The questions about one step of a path; the editor and the plain pages ask the same ones."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    DateField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from dossiers.approvals.condition_words import WEEKDAYS
from dossiers.approvals.kinds import Right, StepKind
from dossiers.approvals.wording import RIGHTS, STEP_KINDS
from dossiers.facts.kinds import Confidence, Source
from dossiers.facts.wording import CONFIDENCES, SOURCES
from dossiers.people.forms.said import FILLED, choices_of
from wiki.locale import _, _l, language
from wiki.pages.categories import Tree

_LONGEST_LINE = 200
_LONGEST_TEXT = 2000
_MOST_SIGNERS = 30
_DAYS = [Optional(), NumberRange(0, 500)]
_EITHER = {"": _l("does not matter"), "yes": _l("yes"), "no": _l("no")}


def _line(label: str, help_text: str = "", longest: int = _LONGEST_LINE) -> StringField:
    return StringField(
        label,
        [Optional(), Length(max=longest)],
        description=help_text,
        render_kw={"maxlength": longest},
    )


def _text(label: str, help_text: str = "", longest: int = _LONGEST_TEXT) -> TextAreaField:
    return TextAreaField(
        label,
        [Optional(), Length(max=longest)],
        description=help_text,
        render_kw={"maxlength": longest, "rows": 2},
    )


def _signers() -> list[SelectChoice]:
    some = (SelectChoice(str(n), _("any %(count)d of them", count=n)) for n in range(2, 11))
    return [SelectChoice("", _("all of them")), SelectChoice("1", _("any one of them")), *some]


def _weekdays() -> list[SelectChoice]:
    days = (SelectChoice(str(number), name) for number, name in enumerate(WEEKDAYS))
    return [SelectChoice("", _("any day")), *days]


def _nths() -> list[SelectChoice]:
    return [SelectChoice(str(number), str(number)) for number in range(1, 6)]


class StepForm(FlaskForm):  # type: ignore[misc]
    """Everything that is known of a step, except after which ones it comes."""

    title = StringField(
        _l("What happens"),
        [FILLED, Length(max=_LONGEST_LINE)],
        render_kw={"maxlength": _LONGEST_LINE},
    )
    kind = SelectField(_l("Kind"), choices=choices_of(STEP_KINDS), default=StepKind.SIGN.value)
    positions = _text(
        _l("Who acts"),
        _l("One position a line: its exact title, or its number such as № 12."),
        10_000,
    )
    needed = SelectField(
        _l("How many of them must agree"), choices=_signers, default="", validate_choice=False
    )
    right = SelectField(
        _l("What they may do"), choices=choices_of(RIGHTS), default=Right.MUST_SIGN.value
    )
    amount_from = _line(_l("From the amount of"), _l("With this amount or more."), 60)
    amount_to = _line(_l("Below the amount of"), _l("Only with less than this."), 60)
    categories = SelectMultipleField(
        _l("Product categories"),
        description=_l("Only when one of these is bought. None chosen: any."),
        validate_choice=False,
    )
    new_vendor = SelectField(_l("A new vendor"), choices=choices_of(_EITHER), default="")
    personal_data = SelectField(_l("Personal data"), choices=choices_of(_EITHER), default="")
    tags = _line(
        _l("Own conditions"),
        _l("Divided by commas, for example: foreign software, lease. All must hold."),
        2_000,
    )
    median = IntegerField(_l("Usually, working days"), _DAYS)
    slow = IntegerField(_l("When it is slow, working days"), _DAYS)
    weekday = SelectField(_l("It meets on"), choices=_weekdays, default="")
    nths = SelectMultipleField(
        _l("Which of them in the month"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        choices=_nths,
        description=_l("None ticked: every week."),
    )
    counted_from = DateField(
        _l("Every second week, counted from"),
        [Optional()],
        description=_l("A day on which it met. Empty: every week."),
    )
    frozen = _text(
        _l("Days of the year without a decision"),
        _l("One stretch a line, such as 20.12–10.01."),
    )
    documents = _text(_l("Documents that the client asks for"), _l("One a line."), 6_200)
    deputy = _line(_l("Who stands in"), _l("Title or number of the position."), 500)
    limit = _line(_l("May sign up to"), _l("The largest amount, when there is one."), 60)
    bring = _text(_l("What we must do or bring"))
    note = _text(_l("Note"), _l("For our eyes only."))
    source = SelectField(
        _l("Where you know it from"), choices=choices_of(SOURCES), default=Source.COLLEAGUE.value
    )
    confidence = SelectField(
        _l("How sure"), choices=choices_of(CONFIDENCES), default=Confidence.LIKELY.value
    )
    evidence = _line(_l("What proves it"), _l("For example: purchasing rules, section 4."))
    base = HiddenField()

    def offer(self, shelves: Tree, chosen: Iterable[int] = ()) -> None:
        """Let one choose among the product categories; those chosen long ago stay."""
        known = [
            (shelf.id, "\u2003" * depth + shelf.name(language())) for depth, shelf in shelves.walk()
        ]
        gone = sorted(set(chosen) - {ident for ident, _name in known})
        named = [(ident, _("a product category that is gone")) for ident in gone]
        self.categories.choices = [SelectChoice(str(i), name) for i, name in [*known, *named]]
