"""The questions about a position."""

from collections.abc import Sequence

from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import Optional

from dossiers.people.chart.snapshot import Holder
from dossiers.people.editing.positions import Reports
from dossiers.people.forms.said import FILLED, Said, choices_of
from dossiers.people.kinds import EndReason, LineKind, PositionKind
from dossiers.people.rules import LONGEST_CODE, LONGEST_NAME, LONGEST_TITLE
from dossiers.people.wording import END_REASONS, LINE_KINDS, POSITION_KINDS
from wiki.locale import _l

REPORTS = {
    Reports.LIFT: _l("They go to the manager above"),
    Reports.TOP: _l("They stand at the top"),
    Reports.BRANCH: _l("They are removed with it, and all below them"),
}
STAYS = "stays"
PREDECESSOR = {
    EndReason.UNKNOWN: _l("no longer holds it, not known why"),
    STAYS: _l("goes on holding it, too"),
    EndReason.MOVED_INSIDE: _l("moved inside the client"),
    EndReason.LEFT: _l("left the client"),
    EndReason.RETIRED: _l("retired"),
    EndReason.DIED: _l("died"),
}
_TYPED = LONGEST_TITLE + LONGEST_NAME + 20
_WHICH = _l("Begin to type and choose, or type the exact title or number.")
_WHO = _l("Begin to type and choose. A name that nobody has here yet is written down as new.")


class _WhatForm(Said):
    """What a position is."""

    title = StringField(_l("Title"), [FILLED], render_kw={"maxlength": LONGEST_TITLE})
    unit = StringField(_l("Department"), [Optional()], render_kw={"maxlength": LONGEST_TITLE})
    kind = SelectField(
        _l("Kind"), choices=choices_of(POSITION_KINDS), default=PositionKind.MEMBER.value
    )


class NewPositionForm(_WhatForm):
    """A new position, under a manager, with somebody who holds it."""

    manager = StringField(
        _l("Reports to"), [Optional()], description=_WHICH, render_kw={"maxlength": _TYPED}
    )
    holder = StringField(
        _l("Who holds it"), [Optional()], description=_WHO, render_kw={"maxlength": _TYPED}
    )
    acting = BooleanField(_l("Only acting"))


class WhatForm(_WhatForm):
    """Another title, unit or kind."""

    code = StringField(
        _l("Number in the client's own files"),
        [Optional()],
        render_kw={"maxlength": LONGEST_CODE},
    )
    is_known = BooleanField(_l("We know this position; otherwise only its place in the chart"))


class ManagerForm(Said):
    """Whom the position reports to."""

    manager = StringField(
        _l("Reports to"),
        [Optional()],
        description=_l("Begin to type and choose. Empty: the position stands at the top."),
        render_kw={"maxlength": _TYPED},
    )


class HolderForm(Said):
    """Who holds the position from now on."""

    holder = StringField(
        _l("Who holds it"), [FILLED], description=_WHO, render_kw={"maxlength": _TYPED}
    )
    acting = BooleanField(_l("Only acting"))
    additional = BooleanField(_l("Beside another main position"))
    predecessor = SelectField(
        _l("Whoever held it until now"),
        choices=choices_of(PREDECESSOR),
        default=EndReason.UNKNOWN.value,
    )


class EndForm(Said):
    """Somebody no longer holds the position."""

    person = SelectField(_l("Who"), validate_choice=False)
    reason = SelectField(
        _l("Why"), choices=choices_of(END_REASONS), default=EndReason.UNKNOWN.value
    )

    def offer(self, holders: Sequence[Holder]) -> None:
        """Let one choose among those who hold it now."""
        self.person.choices = [SelectChoice(str(h.person_id), h.name) for h in holders]


class LineForm(Said):
    """A line beside the chart."""

    kind = SelectField(_l("Kind"), choices=choices_of(LINE_KINDS), default=LineKind.DOTTED.value)
    other = StringField(
        _l("Other position"), [FILLED], description=_WHICH, render_kw={"maxlength": _TYPED}
    )


class NoLineForm(Said):
    """No such line any more; sent by a button beside the line."""

    start = HiddenField()
    end = HiddenField()
    kind = HiddenField()


class RemoveForm(Said):
    """The position is gone."""

    reports = RadioField(
        _l("What becomes of its reports?"), choices=choices_of(REPORTS), default=Reports.LIFT.value
    )
    instead = StringField(
        _l("Who acts in its place?"),
        [Optional()],
        description=_WHICH,
        render_kw={"maxlength": _TYPED},
    )
    nobody = BooleanField(_l("Nobody is known yet: the steps stay without anybody who acts"))
