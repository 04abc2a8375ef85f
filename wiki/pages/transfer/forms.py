"""What was asked for: an import of an uploaded ZIP."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    BooleanField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import Length, Optional

from wiki.locale import LANGUAGES, _l


class ImportForm(FlaskForm):  # type: ignore[misc]
    """A ZIP of Markdown files, and what its files do not tell."""

    archive = FileField(
        _l("ZIP of Markdown files"),
        [FileRequired(_l("Choose a ZIP file."))],
        render_kw={"accept": ".zip,application/zip"},
    )
    language = SelectField(
        _l("Language of pages that do not tell it"),
        validate_choice=False,
        choices=[
            SelectChoice("", _l("Tell it from the text")),
            *(SelectChoice(code, name) for code, name in LANGUAGES.items()),
        ],
    )
    category = StringField(
        _l("Category above the folders"),
        [Optional(), Length(max=300, message=_l("At most %(max)d characters."))],
        description=_l("Names divided by /, for example: Products/Freezers. Made when missing."),
    )
    dry_run = BooleanField(_l("Only try: show the report, change nothing"))


class ExportForm(FlaskForm):  # type: ignore[misc]
    """Nothing to fill in; the form carries the proof that it is ours."""
