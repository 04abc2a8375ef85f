"""A file of deals on its way: sent, its columns named, looked at, written, reported."""

from decimal import Decimal
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.clients.mappings import saved_mappings
from dossiers.deals.files.fields import Field
from dossiers.deals.files.forms import chosen_in
from dossiers.deals.files.jobs import hand_over
from dossiers.deals.files.loading import foresee, write_whole
from dossiers.deals.files.opened import OpenedFile
from dossiers.deals.files.queries import job_of, load_visible_to, loads_visible_to, source_of
from dossiers.deals.files.refused import refused_csv
from dossiers.deals.files.services import (
    LOOKED_AT,
    TARGET,
    check_open,
    choice_from,
    choose,
    discard,
    go_on,
    plan_of,
    read_again,
    start_load,
)
from dossiers.deals.files.services import send_file as keep_file
from dossiers.deals.files.sources import source_named, sources_for_files
from dossiers.deals.files.stage_words import kind_of
from dossiers.deals.files.survey import survey_of, terms_in
from dossiers.deals.files.wording import (
    FIELD_HELP,
    FIELD_NAMES,
    FIRST_FIELDS,
    MARK_NAMES,
    ORDER_NAMES,
    SCALE_NAMES,
    sentence_of,
)
from dossiers.deals.kinds import LoadState
from dossiers.deals.models import DealLoad
from dossiers.deals.views.blueprint import deals_room
from dossiers.deals.wording import KIND_NAMES
from wiki.accounts.access import actor, needs
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _, say
from wiki.pages.forms import whole_number
from wiki.tables.reading import ENCODINGS
from wiki.tables.tables import LARGEST_FILE

_SAMPLE = 5
#: Files with more rows are written by the worker.
MANY = 1_000


@deals_room.url_value_preprocessor
def _limit_request(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Here and not in the view: the check against forgery reads the form before any view.
    person = actor()
    if endpoint == "deals_room.send_deals" and _may_send(person):
        request.max_content_length = LARGEST_FILE + 100_000


def _may_send(person: Actor) -> bool:
    return person.is_authenticated and may(person, Permission.EDIT_DOSSIERS)


@deals_room.app_template_filter("exact")
def exact(text: str) -> Decimal:
    """An amount that was kept as text, since JSON knows no exact ones."""
    return Decimal(text)


@deals_room.get("/deals/import")
@needs(Permission.EDIT_DOSSIERS)
def import_deals() -> str:
    """Choose a file; below it the latest imports."""
    return _start()


def _start(problem: str = "") -> str:
    return render_template(
        "dossiers/deals/import/send.html",
        problem=problem,
        limit=LARGEST_FILE,
        loads=loads_visible_to(fresh_reading(), actor()),
    )


@deals_room.post("/deals/import")
@needs(Permission.EDIT_DOSSIERS)
def send_deals() -> ResponseReturnValue:
    """Keep the file and go on to its columns."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        return _start(_("Choose a file first.")), 422
    try:
        with transaction() as session:
            kept = keep_file(session, actor(), sent.filename, sent.read())
        sent.close()
    except Refusal as refusal:
        return _start(say(refusal)), refusal.status
    return redirect(_address(kept.id))


def _address(load_id: int, part: str = "") -> str:
    return f"/deals/import/{load_id}{part}"


@deals_room.get("/deals/import/<int:load_id>")
@needs(Permission.EDIT_DOSSIERS)
def import_columns(load_id: int) -> ResponseReturnValue:
    """What the columns mean; the progress, or the report, of a file that was written."""
    load = load_visible_to(reading(), actor(), load_id)
    if load.state is LoadState.SENT:
        return _columns(load)
    job = job_of(reading(), load)
    if load.state is LoadState.WAITING:
        return render_template("dossiers/deals/import/under_way.html", load=load, job=job)
    return _report(load, (job.error or "") if job is not None else "")


def _columns(load: DealLoad, problem: str = "") -> str:
    opened = OpenedFile(load.content or b"", load.encoding)
    saved = saved_mappings(reading(), TARGET)
    asked = whole_number(request.args.get("mapping"))
    kept = next((one.columns for one in saved if one.id == asked), load.columns)
    chosen = choice_from(kept)
    known = {name: h for name, h in chosen.columns.items() if h in opened.headings}
    looked = survey_of(opened.headings, opened.rows(LOOKED_AT), known, chosen.settings.key)
    stages = {**terms_in(looked, Field.STAGE), **terms_in(looked, Field.KIND)}
    kinds = {stage: kind_of(stage, chosen.settings.kinds) for stage in stages}
    return render_template(
        "dossiers/deals/import/columns.html",
        load=load,
        problem=problem,
        file=opened,
        sample=OpenedFile(load.content or b"", load.encoding).sample(_SAMPLE),
        rows=looked.rows,
        most=LOOKED_AT,
        chosen=chosen.columns,
        settings=chosen.settings,
        source=kept.get("source", ""),
        sources=sources_for_files(reading()),
        stages=stages,
        kinds=kinds,
        kind_names=KIND_NAMES,
        saved=saved,
        asked=asked,
        fields=FIELD_NAMES,
        help=FIELD_HELP,
        first=FIRST_FIELDS,
        marks=MARK_NAMES,
        orders=ORDER_NAMES,
        scales=SCALE_NAMES,
        encodings=ENCODINGS,
    )


def _report(load: DealLoad, problem: str = "") -> str:
    return render_template(
        "dossiers/deals/import/report.html",
        load=load,
        source=source_of(reading(), load),
        report=load.report,
        problem=problem,
        sentence_of=sentence_of,
    )


@deals_room.post("/deals/import/<int:load_id>")
@needs(Permission.EDIT_DOSSIERS)
def choose_columns(load_id: int) -> ResponseReturnValue:
    """Keep what was chosen, and show what would happen; or read the file in another encoding."""
    is_read_again = request.form.get("deed") == "read"
    try:
        with transaction() as session:
            load = load_visible_to(session, actor(), load_id)
            opened = read_again(load, request.form.get("encoding", ""))
            if not is_read_again:
                _choose(session, load, opened)
    except Missing:
        raise
    except Refusal as refusal:
        load = load_visible_to(fresh_reading(), actor(), load_id)
        if load.state is not LoadState.SENT:
            return redirect(_address(load_id))
        return _columns(load, say(refusal)), refusal.status
    return redirect(_address(load_id, "" if is_read_again else "/preview"))


def _choose(session: Session, load: DealLoad, opened: OpenedFile) -> None:
    typed = request.form
    source, remember = typed.get("source", ""), typed.get("remember", "")
    choose(session, actor(), load, opened, chosen_in(typed), source, remember)


@deals_room.get("/deals/import/<int:load_id>/preview")
@needs(Permission.EDIT_DOSSIERS)
def preview_import(load_id: int) -> ResponseReturnValue:
    """What would happen, without doing it; of a large file the first rows."""
    load = load_visible_to(reading(), actor(), load_id)
    if load.state is not LoadState.SENT:
        return redirect(_address(load_id))
    try:
        plan = plan_of(load, actor().time_zone, LOOKED_AT)
        name = load.columns.get("source", "")
        tally = foresee(reading(), actor(), plan, source_named(reading(), name))
    except Refusal as refusal:
        return _columns(load, say(refusal)), refusal.status
    return render_template(
        "dossiers/deals/import/preview.html",
        load=load,
        source=name,
        is_new=source_named(reading(), name) is None,
        report=plan.report(tally),
        most=LOOKED_AT,
        sentence_of=sentence_of,
    )


@deals_room.post("/deals/import/<int:load_id>/write")
@needs(Permission.EDIT_DOSSIERS)
def write_deals(load_id: int) -> ResponseReturnValue:
    """Write it; a large file is left to the worker, and one that broke off goes on."""
    try:
        with transaction() as session:
            _write(session, load_visible_to(session, actor(), load_id))
    except Missing:
        raise
    except Refusal as refusal:
        flash(say(refusal), "danger")
    return redirect(_address(load_id))


def _write(session: Session, load: DealLoad) -> None:
    if load.state is LoadState.FAILED:
        go_on(session, actor(), load)
        hand_over(session, actor(), load)
        return
    check_open(load)
    plan = plan_of(load, actor().time_zone, MANY + 1)
    start_load(session, actor(), load, load.columns.get("source", ""))
    if plan.survey.rows > MANY:
        hand_over(session, actor(), load)
    else:
        write_whole(session, actor(), load, plan)


@deals_room.get("/deals/import/<int:load_id>/progress")
@needs(Permission.EDIT_DOSSIERS)
def import_progress(load_id: int) -> Response:
    """How far it is; when it has ended, the browser loads the page anew."""
    load = load_visible_to(reading(), actor(), load_id)
    job = job_of(reading(), load)
    answer = make_response(render_template("dossiers/deals/import/_progress.html", job=job))
    if load.state is not LoadState.WAITING:
        answer.headers["HX-Refresh"] = "true"
    return answer


@deals_room.get("/deals/import/<int:load_id>/refused.csv")
@needs(Permission.EDIT_DOSSIERS)
def refused_rows(load_id: int) -> Response:
    """The refused rows with their reasons, in the columns of the file."""
    load = load_visible_to(reading(), actor(), load_id)
    if load.content is None:
        raise Missing("No row was refused.")
    text = "".join(refused_csv(plan_of(load, actor().time_zone)))
    answer = Response(text, mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=refused-{load.id}.csv"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@deals_room.post("/deals/import/<int:load_id>/discard")
@needs(Permission.EDIT_DOSSIERS)
def discard_import(load_id: int) -> ResponseReturnValue:
    """Forget a file that was not written."""
    try:
        with transaction() as session:
            discard(session, actor(), load_visible_to(session, actor(), load_id))
    except Missing:
        raise
    except Refusal as refusal:
        flash(say(refusal), "danger")
        return redirect(_address(load_id))
    flash(_("The file is forgotten. Nothing of it was written."))
    return redirect("/deals/import")
