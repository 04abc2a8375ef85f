"""The room of files: upload, serve, versions, list."""

from typing import Any

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template
from flask import request as http
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from wiki.accounts.access import actor, needs
from wiki.accounts.actor import DIRECTORS, EVERYONE
from wiki.accounts.rules import Permission, may
from wiki.database import reading, transaction
from wiki.errors import Refusal
from wiki.files import queries, services
from wiki.files.models import Attachment
from wiki.files.rules import check_width, file_url, markdown_of
from wiki.files.serving import answer_with
from wiki.files.store import FileStore
from wiki.files.uses import uses_of_app
from wiki.locale import _
from wiki.paging import parse_key
from wiki.web import wants_json

files = Blueprint("files", __name__, url_prefix="/files")

#: What a form needs besides the file itself, in bytes.
_FORM_ITSELF = 100_000
_LARGEST_NUMBER = 2**31 - 1


@files.url_value_preprocessor
def _limit_request(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Here and not in the view: the check against forgery reads the form before any view.
    # Strangers are not let in, so nothing large is read from them.
    if current_user.is_authenticated:
        http.max_content_length = _store().limit + _FORM_ITSELF


@files.get("")
def index() -> str:
    """The list of files."""
    wanted = _filter()
    part = queries.files_visible_to(
        reading(), actor(), uses_of_app(), wanted, parse_key(http.args.get("before"))
    )
    return render_template(
        "wiki/files/index.html",
        part=part,
        wanted=wanted,
        audiences=_audiences(),
        limit=_store().limit,
        may_upload=may(actor(), Permission.WRITE_PAGES),
        may_see_unused=may(actor(), Permission.SEE_UNUSED_FILES),
    )


@files.post("")
@needs(Permission.WRITE_PAGES)
def upload() -> ResponseReturnValue:
    """Store a new file; JSON for programs, else its own page.

    With `page_id` it is for the readers of that page, else for `audience`, else for everyone.
    """
    audience = _wanted_audience()
    received = services.receive(_store(), _sent().stream, _sent().filename or "")
    with transaction() as session:
        attachment = services.attach(session, actor(), received, audience)
    return _stored(attachment, received)


@files.post("/<int:ident>/versions")
@needs(Permission.WRITE_PAGES)
def add_version(ident: int) -> ResponseReturnValue:
    """Store new content under the same address."""
    queries.content_visible_to(reading(), actor(), _known(ident))
    received = services.receive(_store(), _sent().stream, _sent().filename or "")
    with transaction() as session:
        attachment = services.add_version(session, actor(), ident, received)
    return _stored(attachment, received)


@files.get("/<int:ident>/<name>")
def serve(ident: int, name: str) -> Response:
    """The file itself. `?v=` is a version, `?w=` a width, `?whole=1` the picture in full size."""
    number = http.args.get("v", type=int)
    if number is not None and not 0 < number <= _LARGEST_NUMBER:
        number = 0
    content = queries.content_visible_to(reading(), actor(), _known(ident), number)
    width = check_width(http.args.get("w"))
    return answer_with(_store(), content, width, "whole" in http.args, number is not None)


@files.get("/<int:ident>/about")
def about(ident: int) -> str:
    """Versions, who uploaded them, and where the file is used."""
    attachment = queries.attachment_visible_to(reading(), actor(), _known(ident))
    versions = queries.versions_visible_to(reading(), actor(), ident)
    return render_template(
        "wiki/files/about.html",
        attachment=attachment,
        versions=versions,
        uses=uses_of_app().places_visible_to(reading(), actor(), ident),
        url=file_url(ident, attachment.name),
        markdown=markdown_of(ident, attachment.name, versions[0].media_type),
        may_write=may(actor(), Permission.WRITE_PAGES),
        may_archive=services.may_archive(actor(), attachment.created_by),
    )


@files.post("/<int:ident>/versions/<int:number>/restore")
@needs(Permission.WRITE_PAGES)
def restore_version(ident: int, number: int) -> ResponseReturnValue:
    """Make an older version the newest."""
    with transaction() as session:
        attachment = services.restore_version(session, actor(), _known(ident), _known(number))
    flash(
        _(
            "Version %(old)d is restored as version %(new)d.",
            old=number,
            new=attachment.current_number,
        )
    )
    return redirect(f"/files/{ident}/about")


@files.post("/<int:ident>/archive")
def archive(ident: int) -> ResponseReturnValue:
    """Take the file out of the list."""
    with transaction() as session:
        services.archive_file(session, actor(), _known(ident))
    flash(_("The file is archived. Pages that show it go on showing it."))
    return redirect(f"/files/{ident}/about")


@files.post("/<int:ident>/bring-back")
def bring_back(ident: int) -> ResponseReturnValue:
    """Put an archived file back into the list."""
    with transaction() as session:
        services.bring_back_file(session, actor(), _known(ident))
    flash(_("The file is back in the list."))
    return redirect(f"/files/{ident}/about")


def _store() -> FileStore:
    return services.store_of(current_app.config["SETTINGS"])


def _known(number: int) -> int:
    """The number, if a database can hold it; else one that belongs to nothing."""
    return number if number <= _LARGEST_NUMBER else 0


def _sent() -> FileStorage:
    file = http.files.get("file")
    if file is None or not file.filename:
        raise Refusal("No file was sent. Choose one and send the form again.")
    return file


def _filter() -> queries.Filter:
    asked = http.args.get("show", "")
    unused = asked == "unused" and may(actor(), Permission.SEE_UNUSED_FILES)
    return queries.Filter(
        http.args.get("name", "")[:150].replace("\0", "").strip(), unused, asked == "archived"
    )


def _wanted_audience() -> str:
    page_id = http.form.get("page_id", type=int)
    if page_id is None:
        return http.form.get("audience", EVERYONE)
    return uses_of_app().audience_visible_to(reading(), actor(), _known(page_id))


def _audiences() -> list[tuple[str, str]]:
    """Whom a file may be stored for by hand; restricted things bring their files themselves."""
    team = f"team:{actor().team_id}"
    words = {EVERYONE: _("Everyone"), DIRECTORS: _("Directors"), team: _("My team")}
    return [(name, words[name]) for name in sorted(actor().audiences) if name in words]


def _stored(attachment: Attachment, received: services.Received) -> ResponseReturnValue:
    if not wants_json():
        flash(_("«%(name)s» is stored.", name=attachment.name))
        return redirect(f"/files/{attachment.id}/about")
    answer = {
        "id": attachment.id,
        "name": attachment.name,
        "number": attachment.current_number,
        "url": file_url(attachment.id, attachment.name),
        "markdown": markdown_of(attachment.id, attachment.name, received.media_type),
        "size": received.size,
        "media_type": received.media_type,
    }
    return jsonify(answer), 201
