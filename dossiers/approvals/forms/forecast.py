"""The form of the manager's own date."""

from flask_wtf import FlaskForm
from wtforms import DateField
from wtforms.validators import Optional

from wiki.locale import _l


class ExpectForm(FlaskForm):  # type: ignore[misc]
    """When the manager expects the signature; empty takes the date away."""

    expected = DateField(_l("You expect the signature by"), [Optional()])
