"""What is asked of a run: what happened to a step, why it is given up."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    DateField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from dossiers.approvals.kinds import StepKind, StepState
from dossiers.approvals.runs.rules import LONGEST_MAIL, LONGEST_NOTE, LONGEST_TITLE
from dossiers.approvals.wording import STEP_KINDS, STEP_STATES
from dossiers.people.forms.said import choices_of, typed
from wiki.locale import _, _l

_HAPPENS = {code: word for code, word in STEP_STATES.items() if code is not StepState.WAITING}
BESIDE = ""
"""The choice of a step that the path does not know."""


class MoveForm(FlaskForm):  # type: ignore[misc]
    """What happened to a step; the buttons of one tap send only step, state and what was seen."""

    seen = HiddenField()
    step = SelectField(_l("Step"), choices=[], default="", validate_choice=False)
    title = StringField(
        _l("What the other step is"), [Optional()], render_kw={"maxlength": LONGEST_TITLE}
    )
    kind = SelectField(
        _l("Of which kind"), choices=choices_of(STEP_KINDS, _l("not known")), default=""
    )
    state = SelectField(
        _l("What happened"), choices=choices_of(_HAPPENS), default=StepState.PASSED.value
    )
    back_to = SelectField(_l("Sent back to"), choices=[], default="", validate_choice=False)
    on = DateField(_l("On which day"), [Optional()], description=_l("Empty: today."))
    person = StringField(
        _l("Who acted"),
        [Optional()],
        description=_l("If it was not who the path names. Begin to type and choose."),
        render_kw={"maxlength": 250},
    )
    file = FileField(_l("A file that shows it"), [Optional()])
    mail = StringField(
        _l("A mail that shows it"),
        [Optional()],
        description=_l("Its address, or its subject and day."),
        render_kw={"maxlength": LONGEST_MAIL},
    )
    note = TextAreaField(_l("Note"), [Optional()], render_kw={"maxlength": LONGEST_NOTE, "rows": 2})

    def offer(self, steps: Sequence[tuple[str, str]]) -> None:
        """Let one choose among these steps, by code and title."""
        named = [SelectChoice(code, title) for code, title in steps]
        self.step.choices = [*named, SelectChoice(BESIDE, _("a step that the path does not know"))]
        self.back_to.choices = [SelectChoice("", _("to us")), *named]

    @property
    def seen_event(self) -> int | None:
        """The newest event of the step that the page showed; `None` when it does not say."""
        text = typed(self.seen)
        return int(text) if text.isascii() and text.isdecimal() and len(text) <= 10 else None

    @property
    def step_kind(self) -> StepKind | None:
        """The kind of a step that the path does not know."""
        return StepKind(self.kind.data) if self.kind.data else None


class TurnForm(FlaskForm):  # type: ignore[misc]
    """When and why a run is given up, or goes on."""

    on = DateField(_l("On which day"), [Optional()], description=_l("Empty: today."))
    note = TextAreaField(
        _l("What they said"), [Optional()], render_kw={"maxlength": LONGEST_NOTE, "rows": 2}
    )
