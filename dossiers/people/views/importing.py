"""A file of people on its way into the chart: sent, its columns named, looked at, written."""

from io import BytesIO
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, send_file
from flask.typing import ResponseReturnValue

from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.people.editing.uses import uses_of
from dossiers.people.models import PeopleImport
from dossiers.people.transfer import jobs
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.fields import Field
from dossiers.people.transfer.queries import date_of, import_visible_to, imports_of, job_of
from dossiers.people.transfer.reading import ENCODINGS, read_table
from dossiers.people.transfer.services import (
    DONE,
    SENT,
    WAITING,
    Choice,
    choose,
    discard,
    plan_for,
    read_again,
    refused_text,
    saved_mappings,
    write_import,
)
from dossiers.people.transfer.services import (
    send_file as keep_file,
)
from dossiers.people.transfer.shown import shown_plan
from dossiers.people.transfer.vocabulary import known_words
from dossiers.people.transfer.wording import (
    ABSENT_NAMES,
    FIELD_HELP,
    FIELD_NAMES,
    FIRST_FIELDS,
    sentence_of,
)
from dossiers.people.views.blueprint import people_room
from wiki.accounts.access import actor, needs
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _, say
from wiki.pages.facts import as_date
from wiki.pages.forms import whole_number
from wiki.tables.tables import LARGEST_FILE, Table

_SAMPLE = 5


@people_room.url_value_preprocessor
def _limit_request(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Here and not in the view: the check against forgery reads the form before any view.
    person = actor()
    if endpoint == "people_room.send_people" and _may_send(person):
        request.max_content_length = LARGEST_FILE + 100_000


def _may_send(person: Actor) -> bool:
    return person.is_authenticated and may(person, Permission.EDIT_DOSSIERS)


@people_room.get("/clients/<int:client_id>/people/import")
@needs(Permission.EDIT_DOSSIERS)
def import_people(client_id: int) -> str:
    """Choose a file; below it the latest imports of this client."""
    return _start(_editable(client_id))


def _start(client: Client, problem: str = "") -> str:
    return render_template(
        "dossiers/people/import/send.html",
        client=client,
        problem=problem,
        limit=LARGEST_FILE,
        imports=imports_of(fresh_reading(), client.id),
    )


def _editable(client_id: int) -> Client:
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    return client


@people_room.post("/clients/<int:client_id>/people/import")
@needs(Permission.EDIT_DOSSIERS)
def send_people(client_id: int) -> ResponseReturnValue:
    """Keep the file and go on to its columns."""
    client = _editable(client_id)
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _start(client, _("Choose a file first.")), 422
    try:
        with transaction() as session:
            kept = keep_file(session, actor(), client_id, sent.filename, sent.read())
        sent.close()
    except Refusal as refusal:
        return _start(client, say(refusal)), refusal.status
    return redirect(_address(client_id, kept.id))


def _address(client_id: int, import_id: int, part: str = "") -> str:
    return f"/clients/{client_id}/people/import/{import_id}{part}"


@people_room.get("/clients/<int:client_id>/people/import/<int:import_id>")
@needs(Permission.EDIT_DOSSIERS)
def import_columns(client_id: int, import_id: int) -> ResponseReturnValue:
    """What the columns mean; the progress, or the report, of an import that was written."""
    client, sent = import_visible_to(reading(), actor(), client_id, import_id)
    if sent.state == DONE:
        return _report(client, sent)
    job = job_of(reading(), sent)
    if sent.state == WAITING:
        return render_template(
            "dossiers/people/import/under_way.html", client=client, sent=sent, job=job
        )
    problem = job.error if job is not None and job.state == "failed" else ""
    return _columns(client, sent, problem or "")


def _columns(client: Client, sent: PeopleImport, problem: str = "") -> str:
    table = read_table(sent.content, sent.encoding)
    saved = saved_mappings(reading())
    asked = whole_number(request.args.get("mapping"))
    chosen = next((one.columns for one in saved if one.id == asked), sent.columns)
    return render_template(
        "dossiers/people/import/columns.html",
        client=client,
        sent=sent,
        problem=problem,
        table=table,
        sample=table.sample(_SAMPLE),
        rows=sum(1 for _row in table.body),
        chosen=chosen,
        saved=saved,
        asked=asked,
        fields=FIELD_NAMES,
        help=FIELD_HELP,
        first=FIRST_FIELDS,
        absents=ABSENT_NAMES,
        absent=(sent.report or {}).get("absent"),
        encodings=ENCODINGS,
    )


def _report(client: Client, sent: PeopleImport) -> str:
    return render_template(
        "dossiers/people/import/report.html",
        client=client,
        sent=sent,
        report=sent.report,
        sentence_of=sentence_of,
    )


@people_room.post("/clients/<int:client_id>/people/import/<int:import_id>")
@needs(Permission.EDIT_DOSSIERS)
def choose_columns(client_id: int, import_id: int) -> ResponseReturnValue:
    """Keep what was chosen, and show what would happen; or read the file in another encoding."""
    try:
        with transaction() as session:
            sent = import_visible_to(session, actor(), client_id, import_id)[1]
            table = read_again(sent, request.form.get("encoding", ""))
            if request.form.get("deed") != "read":
                choose(session, actor(), sent, table, _choice())
    except Missing:
        raise
    except Refusal as refusal:
        client, sent = import_visible_to(fresh_reading(), actor(), client_id, import_id)
        if sent.state != SENT:
            return redirect(_address(client_id, import_id))
        return _columns(client, sent, say(refusal)), refusal.status
    part = "" if request.form.get("deed") == "read" else "/preview"
    return redirect(_address(client_id, import_id, part))


def _choice() -> Choice:
    typed = request.form
    day = as_date(typed.get("day", "")[:20])
    if day is None:
        raise Refusal("The day must be written like 2026-03-31. Nothing was changed.")
    columns = {field.value: typed.get(f"column-{field.value}", "") for field in Field}
    absent = typed.get("absent", "")
    return Choice(
        columns, day, Absent(absent) if absent in list(Absent) else None, typed.get("remember", "")
    )


@people_room.get("/clients/<int:client_id>/people/import/<int:import_id>/preview")
@needs(Permission.EDIT_DOSSIERS)
def preview_import(client_id: int, import_id: int) -> ResponseReturnValue:
    """What would happen, without doing it."""
    client, sent = import_visible_to(reading(), actor(), client_id, import_id)
    if sent.state != SENT:
        return redirect(_address(client_id, import_id))
    return _preview(client, sent)


def _preview(client: Client, sent: PeopleImport, problem: str = "") -> str:
    table = read_table(sent.content, sent.encoding)
    plan = plan_for(reading(), sent, table, known_words())
    return render_template(
        "dossiers/people/import/preview.html",
        losing=uses_of(reading(), client.id, plan.ended),
        client=client,
        sent=sent,
        problem=problem,
        shown=shown_plan(plan, table),
    )


@people_room.post("/clients/<int:client_id>/people/import/<int:import_id>/write")
@needs(Permission.EDIT_DOSSIERS)
def write_people(client_id: int, import_id: int) -> ResponseReturnValue:
    """Write it; a large file is left to the worker."""
    base = whole_number(request.form.get("base"))
    try:
        with transaction() as session:
            sent = import_visible_to(session, actor(), client_id, import_id)[1]
            _write(session, sent, base)
    except Missing:
        raise
    except Refusal as refusal:
        client, sent = import_visible_to(fresh_reading(), actor(), client_id, import_id)
        if sent.state != SENT:
            return redirect(_address(client_id, import_id))
        return _preview(client, sent, say(refusal)), refusal.status
    return redirect(_address(client_id, import_id))


def _write(session: Any, sent: PeopleImport, base: int) -> None:
    table: Table = read_table(sent.content, sent.encoding)
    if len(table.rows) > jobs.MANY:
        jobs.hand_over(session, actor(), sent, base)
        return
    change = write_import(session, actor(), sent, base, known_words())
    flash(
        _("The file is in the chart. It can be taken back as one change.")
        if change
        else _("Everything in the file was so already. Nothing was changed."),
        "success",
    )


@people_room.get("/clients/<int:client_id>/people/import/<int:import_id>/progress")
@needs(Permission.EDIT_DOSSIERS)
def import_progress(client_id: int, import_id: int) -> Response:
    """Whether it is still under way; when it has ended, the browser loads the page anew."""
    sent = import_visible_to(reading(), actor(), client_id, import_id)[1]
    job = job_of(reading(), sent)
    answer = make_response(render_template("dossiers/people/import/_progress.html", job=job))
    if sent.state != WAITING:
        answer.headers["HX-Refresh"] = "true"
    return answer


@people_room.get("/clients/<int:client_id>/people/import/<int:import_id>/refused.csv")
@needs(Permission.EDIT_DOSSIERS)
def refused_rows(client_id: int, import_id: int) -> Response:
    """The refused rows with their reasons, in the columns of the file."""
    sent = import_visible_to(reading(), actor(), client_id, import_id)[1]
    text = sent.refused
    if sent.state != DONE:
        table = read_table(sent.content, sent.encoding)
        text = refused_text(plan_for(reading(), sent, table, known_words()), table)
    if not text:
        raise Missing("No row was refused.")
    answer = send_file(
        BytesIO(text.encode()),
        mimetype="text/csv",
        as_attachment=True,
        download_name=f"refused-{sent.id}-{date_of(sent)}.csv",
        max_age=None,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@people_room.post("/clients/<int:client_id>/people/import/<int:import_id>/discard")
@needs(Permission.EDIT_DOSSIERS)
def discard_import(client_id: int, import_id: int) -> ResponseReturnValue:
    """Forget a file that was not written."""
    with transaction() as session:
        discard(session, import_visible_to(session, actor(), client_id, import_id)[1])
    flash(_("The file is forgotten. Nothing of it was written."))
    return redirect(f"/clients/{client_id}/people/import")
