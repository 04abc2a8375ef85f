"""What is asked of a contract."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    DateField,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import Optional

from dossiers.people.forms.said import FILLED, choices_of, number_of, typed
from dossiers.renewals.contracts import terms as limits
from dossiers.renewals.contracts.terms import Terms
from dossiers.renewals.contracts.wording import FIELD_NAMES, STATE_NAMES
from wiki.errors import Refusal
from wiki.locale import _, _l


class ContractForm(FlaskForm):  # type: ignore[misc]
    """The terms of a contract; `base` is the version that one had before one."""

    base = HiddenField(default="0")
    number = StringField(
        FIELD_NAMES["number"], [FILLED], render_kw={"maxlength": limits.LONGEST_NUMBER}
    )
    subject = StringField(
        FIELD_NAMES["subject"], [Optional()], render_kw={"maxlength": limits.LONGEST_SUBJECT}
    )
    starts_on = DateField(FIELD_NAMES["starts_on"], [FILLED])
    ends_on = DateField(
        FIELD_NAMES["ends_on"], [Optional()], description=_l("Empty: it has no end.")
    )
    value = StringField(FIELD_NAMES["value"], [Optional()], render_kw={"maxlength": 30})
    currency = StringField(
        FIELD_NAMES["currency"], [Optional()], default="RUB", render_kw={"maxlength": 3}
    )
    notice_days = IntegerField(FIELD_NAMES["notice_days"], [Optional()])
    renews_months = IntegerField(
        FIELD_NAMES["renews_months"], [Optional()], description=_l("Empty: it does not.")
    )
    index_clause = StringField(
        FIELD_NAMES["index_clause"], [Optional()], render_kw={"maxlength": limits.LONGEST_INDEX}
    )
    owner_id = SelectField(FIELD_NAMES["owner_id"], choices=[], validate_choice=False)
    path_id = SelectField(
        FIELD_NAMES["path_id"],
        choices=[],
        validate_choice=False,
        description=_l("By it the day is counted on which the renewal must begin."),
    )
    why = StringField(
        _l("Why it changes"), [Optional()], render_kw={"maxlength": limits.LONGEST_WHY}
    )

    def offer(self, owners: Any, paths: Any) -> None:
        """Let one choose among these colleagues and these paths, by number and name."""
        for field, rows in ((self.owner_id, owners), (self.path_id, paths)):
            named = [SelectChoice(str(ident), name) for ident, name in rows]
            field.choices = [SelectChoice("", _("nobody said it")), *named]

    def terms(self, products: tuple[int, ...]) -> Terms:
        """What was typed, with the products that were typed beside it. Raises `Refusal`."""
        value = _amount(typed(self.value))
        assert self.starts_on.data is not None
        return Terms(
            number=typed(self.number),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            subject=typed(self.subject),
            products=products,
            value=value,
            currency=typed(self.currency) if value is not None else "",
            notice_days=self.notice_days.data or 0,
            renews_months=self.renews_months.data or None,
            index_clause=typed(self.index_clause),
            owner_id=number_of(self.owner_id) or None,
            path_id=number_of(self.path_id) or None,
        )


class StateForm(FlaskForm):  # type: ignore[misc]
    """How far the renewal is, and why."""

    state = SelectField(_l("State"), choices=choices_of(STATE_NAMES))
    state_why = StringField(
        _l("Why it is so"), [Optional()], render_kw={"maxlength": limits.LONGEST_WHY}
    )


def _amount(text: str) -> Decimal | None:
    plain = "".join(text.split()).replace(",", ".")
    try:
        return Decimal(plain) if plain else None
    except InvalidOperation:
        raise Refusal("The value is not a number. Nothing was saved. Correct it.") from None
