"""What is asked of a promise: what, whose, until when; how it ended, why it moved."""

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    DateField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import Optional

from dossiers.interactions.promises.rules import LONGEST
from dossiers.people.forms.said import FILLED, choices_of, number_of
from wiki.locale import _l

_US, _THEM = "us", "them"


def _holder(label: Any) -> SelectField:
    return SelectField(label, choices=[], validate_choice=False)


class _Form(FlaskForm):  # type: ignore[misc]
    """Ground of these forms; the colleagues to choose from are given by the page."""

    def offer(self, holders: Sequence[tuple[int, str]], chosen: int) -> None:
        """Let one choose among these colleagues."""
        if "user" in self:
            self.user.choices = [SelectChoice(str(ident), name) for ident, name in holders]
            self.user.data = self.user.data or str(chosen)


class PromiseForm(_Form):
    """A new promise, of ours or of theirs."""

    what = StringField(_l("What was promised"), [FILLED], render_kw={"maxlength": LONGEST})
    side = RadioField(
        _l("Who promised"), choices=choices_of({_US: _l("we"), _THEM: _l("they")}), default=_US
    )
    due_on = DateField(_l("Until when"), [FILLED])
    person = StringField(
        _l("Who at the client"), [Optional()], render_kw={"maxlength": 250, "list": "persons"}
    )
    user = _holder(_l("Who of us looks after it"))

    @property
    def by_us(self) -> bool:
        """Whether we promised it."""
        return bool(self.side.data != _THEM)

    @property
    def user_id(self) -> int | None:
        """The colleague who looks after it; `None` is the author."""
        return number_of(self.user) or None


class DoneForm(_Form):
    """How a promise was kept; a single tap says nothing more."""

    words = StringField(_l("Result"), [Optional()], render_kw={"maxlength": LONGEST})
    on = DateField(_l("On which day"), [Optional()], description=_l("Empty: today."))


class BrokenForm(_Form):
    """Why a promise was not kept."""

    words = StringField(_l("Reason"), [FILLED], render_kw={"maxlength": LONGEST})
    on = DateField(_l("On which day"), [Optional()], description=_l("Empty: today."))


class MoveForm(_Form):
    """Until when instead, and why."""

    due_on = DateField(_l("New day"), [FILLED])
    words = StringField(_l("Reason"), [FILLED], render_kw={"maxlength": LONGEST})


class HandForm(_Form):
    """Who looks after it instead."""

    user = _holder(_l("To whom"))
    words = StringField(_l("Note"), [Optional()], render_kw={"maxlength": LONGEST})


class ReopenForm(_Form):
    """Why it had not ended after all."""

    words = StringField(_l("Reason"), [FILLED], render_kw={"maxlength": LONGEST})


class RewordForm(_Form):
    """What was promised, in better words."""

    words = StringField(_l("What was promised"), [FILLED], render_kw={"maxlength": LONGEST})
