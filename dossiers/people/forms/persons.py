"""The questions about a person."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import Optional

from dossiers.people.forms.positions import PREDECESSOR
from dossiers.people.forms.said import FILLED, Said, choices_of
from dossiers.people.kinds import Aspect, ContactStanding, Coverage, EndReason, InfluenceKind
from dossiers.people.rules import (
    LONGEST_DEAL,
    LONGEST_EVIDENCE,
    LONGEST_NAME,
    LONGEST_TITLE,
)
from dossiers.people.wording import (
    ATTITUDES,
    CONTACT_STANDINGS,
    COVERAGES,
    END_REASONS,
    INFLUENCE_KINDS,
    LEVELS,
    ORIENTATIONS,
    POWERS,
    ROLES,
)
from wiki.locale import _l

_TYPED = LONGEST_TITLE + LONGEST_NAME + 20
_WHICH = _l("Begin to type and choose, or type the exact title or number.")
_NOT_KNOWN = _l("not known")
STAYED = {code: word for code, word in END_REASONS.items() if code is not EndReason.MOVED_INSIDE}


class NewPersonForm(Said):
    """Somebody who works at the client."""

    name = StringField(_l("Name"), [FILLED], render_kw={"maxlength": LONGEST_NAME})
    position = StringField(
        _l("Position"),
        [Optional()],
        description=_l("Empty: not known yet. Begin to type and choose."),
        render_kw={"maxlength": _TYPED},
    )
    acting = BooleanField(_l("Only acting"))
    role = SelectField(
        _l("Role in the decision"), choices=choices_of(ROLES, _NOT_KNOWN), default=""
    )
    phone = StringField(_l("Telephone"), [Optional()], render_kw={"maxlength": 60})
    email = StringField(_l("E-mail address"), [Optional()], render_kw={"maxlength": 254})
    namesake = BooleanField(_l("This is another person than those of that name who are here"))


class NameForm(Said):
    """Another name, or another form of it."""

    name = StringField(_l("Name"), [FILLED], render_kw={"maxlength": LONGEST_NAME})
    how = RadioField(
        _l("What is it?"),
        choices=choices_of(
            {
                "new": _l("a new name from that day on"),
                "correction": _l("a correction: it was always this"),
                "form": _l("another form, by which the person is found, too"),
            }
        ),
        default="new",
    )


class ContactForm(Said):
    """A telephone or an address; which of them it is, it shows itself."""

    contact = StringField(_l("Telephone or e-mail address"), [FILLED], render_kw={"maxlength": 254})
    standing = SelectField(
        _l("State"),
        choices=choices_of(CONTACT_STANDINGS),
        default=ContactStanding.CURRENT.value,
    )


class KnownContactForm(Said):
    """One contact that stands there already; sent by a button beside it."""

    kind = HiddenField()
    contact = HiddenField()


_VALUES: Mapping[Aspect, tuple[Any, Mapping[Any, Any], object]] = {
    Aspect.ROLE: (_l("Role"), ROLES, None),
    Aspect.ATTITUDE: (_l("Attitude to us"), ATTITUDES, _NOT_KNOWN),
    Aspect.POWER: (_l("Political weight"), POWERS, _NOT_KNOWN),
    Aspect.ORIENTATION: (_l("What drives them"), ORIENTATIONS, _NOT_KNOWN),
}


class JudgeForm(Said):
    """A role, the attitude, the weight or the motive."""

    value = SelectField()
    deal = StringField(
        _l("Only for the deal"),
        [Optional()],
        description=_l("Empty: for the client as a whole."),
        render_kw={"maxlength": LONGEST_DEAL},
    )

    def __init__(self, aspect: Aspect, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, words, none = _VALUES[aspect]
        self.value.label.text = label
        self.value.choices = choices_of(words, none)()


class NoJudgementForm(Said):
    """We no longer know that; sent by a button beside it."""

    aspect = HiddenField()
    value = HiddenField()
    deal = HiddenField()


class TieForm(Said):
    """What the person is to somebody else at the client."""

    kind = SelectField(
        _l("What it is"),
        choices=choices_of(INFLUENCE_KINDS),
        default=InfluenceKind.INFLUENCES.value,
    )
    other = StringField(
        _l("Other person"),
        [FILLED],
        description=_l("Begin to type and choose, or type the exact name."),
        render_kw={"maxlength": _TYPED},
    )
    direction = RadioField(
        _l("From whom to whom"),
        choices=choices_of(
            {
                "out": _l("from this person to the other"),
                "in": _l("from the other to this person"),
                "both": _l("both ways"),
            }
        ),
        default="out",
    )
    strength = SelectField(
        _l("How strong"),
        choices=choices_of({"1": _l("weak"), "2": _l("middling"), "3": _l("strong")}),
        default="2",
    )


class NoTieForm(Said):
    """No such tie any more; sent by a button beside it."""

    start = HiddenField()
    end = HiddenField()
    kind = HiddenField()


class AcquaintForm(Said):
    """How well one of ours knows the person."""

    colleague = SelectField(_l("Who of ours"), validate_choice=False)
    coverage = SelectField(
        _l("How often they met"), choices=choices_of(COVERAGES), default=Coverage.BRIEF.value
    )
    level = SelectField(
        _l("What we are to them now"), choices=choices_of(LEVELS, _NOT_KNOWN), default=""
    )
    wanted = SelectField(
        _l("What we want to be"), choices=choices_of(LEVELS, _l("no aim set")), default=""
    )
    wanted_by = DateField(_l("Until when"), [Optional()])
    evidence = StringField(
        _l("By what we see it"),
        [Optional()],
        description=_l("The last conversation in both directions, a promise they kept …"),
        render_kw={"maxlength": LONGEST_EVIDENCE},
    )

    def offer(self, colleagues: Sequence[tuple[int, str]]) -> None:
        """Let one choose among these colleagues."""
        self.colleague.choices = [SelectChoice(str(ident), name) for ident, name in colleagues]


class PlaceForm(Said):
    """The person holds a position."""

    position = StringField(
        _l("Position"), [FILLED], description=_WHICH, render_kw={"maxlength": _TYPED}
    )
    acting = BooleanField(_l("Only acting"))
    additional = BooleanField(_l("Beside another main position"))
    predecessor = SelectField(
        _l("Whoever held it until now"),
        choices=choices_of(PREDECESSOR),
        default=EndReason.UNKNOWN.value,
    )


class MoveForm(Said):
    """The person went to another client."""

    client = StringField(
        _l("To which client"),
        [FILLED],
        description=_l("Begin to type and choose, or type the exact name."),
        render_kw={"maxlength": 300},
    )
    position = StringField(
        _l("Position there"),
        [Optional()],
        description=_l("Its exact title or number. Empty: not known yet."),
        render_kw={"maxlength": _TYPED},
    )


class LeaveForm(Said):
    """The person no longer works at the client."""

    reason = SelectField(_l("Why"), choices=choices_of(STAYED), default=EndReason.LEFT.value)
