"""A briefing of one client: a page for the telephone, and a PDF."""

from io import BytesIO

from flask import (
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
)
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from dossiers.approvals.exports.naming import file_name
from dossiers.clients.deeds import note_export, note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.people.chart.drawing.press import NotSet, Press
from dossiers.people.chart.drawing.scene import Scene
from dossiers.people.chart.drawing.svg import as_svg
from dossiers.renewals.briefing.gathering import contracts_of, gather
from dossiers.renewals.briefing.services import keep_briefing
from dossiers.renewals.briefing.sheet import Sheet
from dossiers.renewals.briefing.telling import sheet_of
from dossiers.renewals.briefing.typesetting import as_typst
from dossiers.renewals.views.blueprint import renewals_room, today
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import LANGUAGES, force_locale, language
from wiki.pages.forms import whole_number

#: A file is looked at in a browser, too: it may do nothing and fetch nothing there.
_POLICY = "sandbox; default-src 'none'"


@renewals_room.record_once
def _keep_press(state: BlueprintSetupState) -> None:
    state.app.extensions["briefing_press"] = Press()


@renewals_room.get("/clients/<int:client_id>/briefing")
@needs(Permission.READ)
def briefing(client_id: int) -> ResponseReturnValue:
    """All that one must know before one speaks with the client; of its contract `contract`."""
    client = client_visible_to(reading(), actor(), client_id)
    if client.merged_into_id is not None:
        return redirect(f"/clients/{client.merged_into_id}/briefing")
    sheet = _sheet(client)
    with transaction() as session:
        note_look(session, actor(), client_id, "briefing")
    answer = make_response(
        render_template(
            "dossiers/renewals/briefing/briefing.html",
            client=client,
            sheet=sheet,
            drawn=_drawn,
            contract=whole_number(request.args.get("contract")),
        )
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@renewals_room.get("/clients/<int:client_id>/briefing.pdf")
@needs(Permission.READ)
def briefing_pdf(client_id: int) -> ResponseReturnValue:
    """The same as PDF, in the language `language`: else in the reader's."""
    client = client_visible_to(reading(), actor(), client_id)
    if client.merged_into_id is not None:
        return redirect(f"/clients/{client.merged_into_id}/briefing.pdf")
    asked = request.args.get("language", "")
    with force_locale(asked if asked in LANGUAGES else language()):
        sheet = _sheet(client)
        content = _set(sheet)
        name = file_name(client.name, sheet.subject, today(), "pdf")
    with transaction() as session:
        note_export(session, actor(), client_id, "briefing.pdf")
        keep_briefing(session, actor(), sheet.language, client_id=client_id)
    return as_pdf(content, name)


def _sheet(client: Client) -> Sheet:
    wanted = whole_number(request.args.get("contract"))
    if wanted and all(one.id != wanted for one in contracts_of(reading(), client.id)):
        raise Missing()
    return sheet_of(gather(reading(), actor(), client, wanted or None))


def _drawn(scene: Scene) -> Markup:
    return Markup(as_svg(scene))  # noqa: S704 - everything in it is escaped there


def _set(sheet: Sheet) -> bytes:
    press: Press = current_app.extensions["briefing_press"]
    try:
        return press.document(as_typst([sheet], sheet.title))
    except NotSet:
        raise Refusal(
            "The briefing could not be set within the time and memory there are. Nothing was "
            "taken out. Print the page from the browser."
        ) from None


def as_pdf(content: bytes, name: str) -> Response:
    """The file as an answer that no browser keeps."""
    answer = send_file(
        BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=name,
        max_age=None,
    )  # fmt: skip
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
