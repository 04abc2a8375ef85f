"""A path taken out: on paper and as BPMN, for ourselves and for the client's eyes."""

from io import BytesIO

from flask import Response, current_app, make_response, render_template, request, send_file
from flask.blueprints import BlueprintSetupState

from dossiers.approvals.drawing.svg import as_svg
from dossiers.approvals.exports.asked import Asked, path_for_client, printed_path
from dossiers.approvals.exports.bpmn import MEDIA_TYPE, as_bpmn
from dossiers.approvals.exports.for_client import clean_paper, clean_tasks, clean_terms
from dossiers.approvals.exports.naming import file_name
from dossiers.approvals.exports.paper import Paper
from dossiers.approvals.exports.printed import own_paper, own_tasks, own_terms
from dossiers.approvals.exports.typesetting import as_typst
from dossiers.approvals.views.blueprint import approvals_room, room_of, today
from dossiers.clients.deeds import note_export
from dossiers.people.chart.drawing.press import NotSet, Press
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing, Refusal
from wiki.pages.forms import whole_number

#: A file is looked at in a browser, too: it may do nothing and fetch nothing there.
_POLICY = "sandbox; default-src 'none'"
_HERE = "/clients/<int:client_id>/paths/<int:path_id>"


@approvals_room.record_once
def _keep_press(state: BlueprintSetupState) -> None:
    state.app.extensions["path_press"] = Press()


@approvals_room.get(f"{_HERE}/print")
@needs(Permission.READ)
def print_path(client_id: int, path_id: int) -> Response:
    """The version in force (or `version`) on one page, to be printed from the browser."""
    asked = _asked(client_id, path_id)
    return _page(asked, own_paper(printed_path(reading(), actor(), asked)), "path.pdf", "path.bpmn")


@approvals_room.get(f"{_HERE}/path.pdf")
@needs(Permission.READ)
def path_pdf(client_id: int, path_id: int) -> Response:
    """The same as PDF."""
    asked = _asked(client_id, path_id)
    content = _set(own_paper(printed_path(reading(), actor(), asked)))
    return _taken_out(asked, content, "path.pdf", "application/pdf")


@approvals_room.get(f"{_HERE}/path.bpmn")
@needs(Permission.READ)
def path_bpmn(client_id: int, path_id: int) -> Response:
    """The same as BPMN 2.0 with all that we know of the steps."""
    asked = _asked(client_id, path_id)
    path = printed_path(reading(), actor(), asked)
    return _taken_out(asked, as_bpmn(own_tasks(path), own_terms(path)), "path.bpmn", MEDIA_TYPE)


@approvals_room.get(f"{_HERE}/for-client")
@needs(Permission.READ)
def for_client(client_id: int, path_id: int) -> Response:
    """The newest version (or `version`) as the client may see it, to be confirmed."""
    asked = _asked(client_id, path_id)
    paper = clean_paper(path_for_client(reading(), asked))
    return _page(asked, paper, "for-client.pdf", "for-client.bpmn")


@approvals_room.get(f"{_HERE}/for-client.pdf")
@needs(Permission.READ)
def for_client_pdf(client_id: int, path_id: int) -> Response:
    """The same as PDF."""
    asked = _asked(client_id, path_id)
    content = _set(clean_paper(path_for_client(reading(), asked)))
    return _taken_out(asked, content, "for-client.pdf", "application/pdf")


@approvals_room.get(f"{_HERE}/for-client.bpmn")
@needs(Permission.READ)
def for_client_bpmn(client_id: int, path_id: int) -> Response:
    """The same as BPMN 2.0."""
    asked = _asked(client_id, path_id)
    path = path_for_client(reading(), asked)
    content = as_bpmn(clean_tasks(path), clean_terms(path))
    return _taken_out(asked, content, "for-client.bpmn", MEDIA_TYPE)


def _asked(client_id: int, path_id: int) -> Asked:
    room = room_of(client_id, path_id)
    typed = request.args.get("version", "")
    number = whole_number(typed) if typed else None
    if typed and not number:
        raise Missing()
    return Asked(room.client, room.path, number, today())


def _set(paper: Paper) -> bytes:
    press: Press = current_app.extensions["path_press"]
    try:
        return press.document(as_typst(paper))
    except NotSet:
        raise Refusal(
            "The paper could not be set within the time and memory there are. Nothing was taken "
            "out. Print the page from the browser, or shorten the texts of the steps."
        ) from None


def _page(asked: Asked, paper: Paper, pdf: str, bpmn: str) -> Response:
    _note(asked, "path for the client" if pdf.startswith("for-client") else "path.html")
    html = render_template(
        "dossiers/approvals/paper.html",
        paper=paper,
        drawing=as_svg(paper.drawing, paper.title),
        back=f"/clients/{asked.client.id}/paths/{asked.path.id}",
        pdf=pdf,
        bpmn=bpmn,
        version=asked.number,
    )
    answer = make_response(html)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _taken_out(asked: Asked, content: bytes, what: str, media_type: str) -> Response:
    _note(asked, what)
    suffix = what.rpartition(".")[2]
    answer = send_file(
        BytesIO(content),
        mimetype=media_type,
        as_attachment=True,
        download_name=file_name(asked.client.name, asked.path.subject, asked.day, suffix),
        max_age=None,
    )
    answer.headers["Content-Security-Policy"] = _POLICY
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _note(asked: Asked, what: str) -> None:
    with transaction() as session:
        note_export(session, actor(), asked.client.id, what)
