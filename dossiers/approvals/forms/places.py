"""The questions about where a step stands, and about the path as a whole."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    DateField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from dossiers.approvals.editing.shapes import Put
from dossiers.approvals.paths.rules import LONGEST_REASON
from dossiers.people.forms.said import FILLED, choices_of
from wiki.locale import _, _l

Steps = Sequence[tuple[str, str]]
"""Code and name of each step, in the order in which they are shown."""

_WHERE = {
    "after": _l("after this step"),
    "beside": _l("at the same time as this step"),
    "between": _l("between this step and another"),
    "first": _l("before all others"),
    "last": _l("after all others"),
}


class PlaceForm(FlaskForm):  # type: ignore[misc]
    """Where a step goes."""

    where = SelectField(_l("Where"), choices=choices_of(_WHERE), default="last")
    step = SelectField(_l("This step"), default="")
    second = SelectField(
        _l("The other step"), default="", description=_l("Only for a place between two steps.")
    )
    base = HiddenField()

    def offer(self, steps: Steps) -> None:
        """Let one choose among these steps."""
        nothing = SelectChoice("", _("none"))
        named = [SelectChoice(code, name) for code, name in steps]
        self.step.choices = self.second.choices = [nothing, *named]

    def put(self) -> Put:
        """The place that was chosen."""
        step, second = self.step.data or None, self.second.data or None
        firsts, seconds = [step] if step else None, [second] if second else None
        between = self.where.data == "between"
        return Put(
            where=self.where.data,
            step=None if between else step,
            firsts=firsts if between else None,
            seconds=seconds if between else None,
        )


class OrderForm(FlaskForm):  # type: ignore[misc]
    """Whether one step waits for another."""

    second = SelectField(_l("This step"), [FILLED])
    how = SelectField(
        _l("What holds"),
        choices=choices_of({"join": _l("waits for"), "part": _l("does not wait for")}),
        default="join",
    )
    first = SelectField(_l("The other step"), [FILLED])
    base = HiddenField()

    def offer(self, steps: Steps) -> None:
        """Let one choose among these steps."""
        self.first.choices = [SelectChoice(code, name) for code, name in steps]
        self.second.choices = self.first.choices


class PathForm(FlaskForm):  # type: ignore[misc]
    """What holds for the whole path."""

    currency = StringField(
        _l("Currency of the amounts"),
        [Optional(), Length(max=3)],
        description=_l("Three letters, such as RUB. Amounts keep their figures when it changes."),
        render_kw={"maxlength": 3},
    )
    frozen = TextAreaField(
        _l("Days of the year without a decision"),
        [Optional(), Length(max=500)],
        description=_l("One stretch a line, such as 20.12–10.01."),
        render_kw={"maxlength": 500, "rows": 2},
    )
    valid_from = DateField(_l("So since"), [Optional()], description=_l("Empty: from today on."))
    why = StringField(
        _l("Why it changed"),
        [Optional(), Length(max=LONGEST_REASON)],
        description=_l("One line for your colleagues; it stands in the list of versions."),
        render_kw={"maxlength": LONGEST_REASON},
    )
    base = HiddenField()


class SeenForm(FlaskForm):  # type: ignore[misc]
    """A button; it tells which version its reader has seen."""

    base = HiddenField()
