"""The shapes of what is typed about accounts."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    BooleanField,
    EmailField,
    Field,
    PasswordField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired

from wiki.accounts import wording
from wiki.accounts.actor import Role
from wiki.errors import Refusal
from wiki.locale import LANGUAGES, _l, say

ROLE_NAMES = {
    Role.NEWCOMER: _l("Newcomer"),
    Role.MANAGER: _l("Manager"),
    Role.DIRECTOR: _l("Director"),
    Role.ADMIN: _l("Administrator"),
}
_NO_TEAM = ""


class ByRule:
    """Checks a field by a pure rule and shows the rule's sentence under it."""

    def __init__(self, rule: Callable[[str], object]) -> None:
        self._rule = rule

    def __call__(self, _form: Any, field: Field) -> None:
        """Raise `ValidationError` with the refusal's sentence."""
        try:
            self._rule(field.data or "")
        except Refusal as refusal:
            raise ValidationError(say(refusal)) from refusal


def typed(field: Field) -> str:
    """The text in the field, empty when it was not sent."""
    return str(field.data or "")


_FILLED = InputRequired(_l("This is empty. Fill it in."))
_NAME = ByRule(wording.check_name)
_EMAIL = ByRule(wording.check_email)
_NEW_PASSWORD = ByRule(wording.check_password)


def _time_zones() -> list[SelectChoice]:
    return [SelectChoice(name, name.replace("_", " ")) for name in wording.time_zones()]


def _languages() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in LANGUAGES.items()]


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Address and password."""

    email = EmailField(_l("E-mail address"), [_FILLED])
    password = PasswordField(_l("Password"), [_FILLED])
    remember = BooleanField(_l("Remember me on this device"))


class EmailForm(FlaskForm):  # type: ignore[misc]
    """An address to which a letter goes."""

    email = EmailField(_l("E-mail address"), [_FILLED, _EMAIL])


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    """A new password."""

    password = PasswordField(_l("New password"), [_FILLED, _NEW_PASSWORD])


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]
    """The old and a new password."""

    old_password = PasswordField(_l("Present password"), [_FILLED])
    password = PasswordField(_l("New password"), [_FILLED, _NEW_PASSWORD])


class _SelfForm(FlaskForm):  # type: ignore[misc]
    """What every person says about themself."""

    name = StringField(_l("Name"), [_FILLED, _NAME])
    language = SelectField(_l("Language"), choices=_languages)
    time_zone = SelectField(_l("Time zone"), choices=_time_zones)


class AcceptanceForm(_SelfForm):
    """An invited person makes their account."""

    password = PasswordField(_l("Password"), [_FILLED, _NEW_PASSWORD])


class FirstAdminForm(_SelfForm):
    """The first administrator of an empty installation."""

    code = StringField(_l("Setup code"), [_FILLED])
    email = EmailField(_l("E-mail address"), [_FILLED, _EMAIL])
    password = PasswordField(_l("Password"), [_FILLED, _NEW_PASSWORD])


class ProfileForm(_SelfForm):
    """The person's own account."""

    daily_mail = BooleanField(_l("A letter each morning about what is due and what I watch"))


class TokenForm(FlaskForm):  # type: ignore[misc]
    """A new API token."""

    name = StringField(_l("What the token is for"), [_FILLED, _NAME])


class TeamForm(FlaskForm):  # type: ignore[misc]
    """The name of a team."""

    name = StringField(_l("Name of the team"), [_FILLED, _NAME])


class PlaceForm(FlaskForm):  # type: ignore[misc]
    """The role and the team of a colleague."""

    role = SelectField(_l("Role"), coerce=str)
    team = SelectField(_l("Team"), coerce=str)

    def offer(
        self,
        roles: Iterable[Role],
        teams: Iterable[tuple[int, str]],
        present: tuple[int | None, str | None] = (None, None),
    ) -> None:
        """Fill the two lists of choices; `present` is the team now, which may be archived."""
        self.role.choices = [SelectChoice(role.value, ROLE_NAMES[role]) for role in roles]
        named = {_NO_TEAM: _l("No team"), **{str(ident): name for ident, name in teams}}
        if present[0] is not None:
            named[str(present[0])] = present[1] or ""
        self.team.choices = [SelectChoice(ident, name) for ident, name in named.items()]

    @property
    def chosen_role(self) -> Role:
        """The role that was chosen."""
        return Role(self.role.data)

    @property
    def chosen_team(self) -> int | None:
        """The number of the team that was chosen, `None` for no team."""
        return int(self.team.data) if self.team.data else None


class InvitationForm(PlaceForm):
    """Whom to invite, and as what."""

    email = EmailField(_l("E-mail address"), [_FILLED, _EMAIL])
    language = SelectField(_l("Language of the letter"), choices=_languages)
