"""The questions about a path as a whole: its subject, what it begins with, who confirmed it."""

from collections.abc import Sequence
from datetime import date

from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    DateField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import Optional

from dossiers.approvals.paths.beginning import Beginning, Copyable
from dossiers.approvals.paths.rules import LONGEST_NAME, LONGEST_NOTE, LONGEST_SUBJECT
from dossiers.facts.kinds import Source
from dossiers.facts.wording import SOURCES
from dossiers.people.forms.said import FILLED, choices_of
from wiki.locale import _, _l

_BEGINNINGS = {
    Beginning.USUAL: _l("The usual path; you mend what is different here"),
    Beginning.COPY: _l("A copy of another path"),
    Beginning.EMPTY: _l("An empty one"),
}


class SubjectForm(FlaskForm):  # type: ignore[misc]
    """For which purchases the path is."""

    subject = StringField(
        _l("For which purchases"),
        [FILLED],
        description=_l("What the client buys by this path, for example “equipment”."),
        render_kw={"maxlength": LONGEST_SUBJECT},
    )


class NewPathForm(SubjectForm):
    """A new path, and with what it begins."""

    beginning = RadioField(
        _l("Begin with"), choices=choices_of(_BEGINNINGS), default=Beginning.USUAL.value
    )
    copy_of = SelectField(
        _l("Which path is copied"),
        [Optional()],
        description=_l("From another client only the steps come along; who acts is chosen here."),
        validate_choice=False,
    )

    def offer(self, paths: Sequence[Copyable]) -> None:
        """Let one choose among these paths; without any there is nothing to copy."""
        nothing = SelectChoice("", _("none"))
        named = [SelectChoice(str(one.id), f"{one.client}: {one.subject}") for one in paths]
        self.copy_of.choices = [nothing, *named]
        if not paths:
            self.beginning.choices = [
                choice for choice in choices_of(_BEGINNINGS)() if choice.value != Beginning.COPY
            ]


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """Who at the client said that the path is right."""

    told_by = StringField(
        _l("Who told it"),
        [FILLED],
        description=_l("Begin to type and choose, or type any name."),
        render_kw={"maxlength": LONGEST_NAME + 60},
    )
    told_on = DateField(_l("On which day"), [FILLED])
    source = SelectField(
        _l("How we know it"), choices=choices_of(SOURCES), default=Source.MEETING.value
    )
    note = StringField(
        _l("Note"),
        [Optional()],
        description=_l("What was said, or where it stands."),
        render_kw={"maxlength": LONGEST_NOTE},
    )

    def begin(self, today: date) -> None:
        """Fill in what is right mostly: today."""
        self.told_on.data = today
