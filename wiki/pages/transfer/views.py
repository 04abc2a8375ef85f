"""The room where pages come in and go out as ZIPs."""

from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.file import FileField

from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.config import Settings
from wiki.database import reading, transaction
from wiki.errors import Missing
from wiki.jobs import Job, enqueue
from wiki.locale import LANGUAGES
from wiki.pages.transfer import jobs
from wiki.pages.transfer.forms import ExportForm, ImportForm
from wiki.pages.transfer.wording import conversion_words, sentence_of

transfer = Blueprint("transfer", __name__, url_prefix="/transfer")


@transfer.url_value_preprocessor
def _limit_request(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Here and not in the view: the check against forgery reads the form before any view.
    if endpoint == "transfer.start_import" and _may_send():
        request.max_content_length = _settings().import_limit_mb * 1_000_000


def _may_send() -> bool:
    return current_user.is_authenticated and may(actor(), Permission.TRANSFER_PAGES)


@transfer.get("")
@needs(Permission.TRANSFER_PAGES)
def index() -> str:
    """Import, export, and what was done lately."""
    return _index(ImportForm())


@transfer.post("/import")
@needs(Permission.TRANSFER_PAGES)
def start_import() -> ResponseReturnValue:
    """Keep the ZIP for the worker and show how far it is."""
    form = ImportForm()
    if not form.validate():
        return _index(form), 422
    path = _keep(form.archive)
    parts = [part.strip() for part in (form.category.data or "").split("/") if part.strip()]
    arguments = {
        "path": str(path),
        "name": form.archive.data.filename,
        "language": form.language.data if form.language.data in LANGUAGES else None,
        "category": parts,
        "dry_run": form.dry_run.data,
    }
    return _started(jobs.IMPORT, arguments)


@transfer.post("/export")
@needs(Permission.TRANSFER_PAGES)
def start_export() -> ResponseReturnValue:
    """Let the worker write a ZIP of all pages this person may see."""
    return _started(jobs.EXPORT, {})


@transfer.get("/<int:job_id>")
@needs(Permission.TRANSFER_PAGES)
def show(job_id: int) -> str:
    """How far the work is, or what came of it."""
    job = jobs.job_of(reading(), actor(), job_id)
    return render_template(
        "wiki/pages/transfer/job.html",
        job=job,
        report=job.result or {},
        is_import=job.kind == jobs.IMPORT,
        under_way=_under_way(job),
        sentence_of=sentence_of,
        conversions=conversion_words(job.result or {}),
    )


@transfer.get("/<int:job_id>/progress")
@needs(Permission.TRANSFER_PAGES)
def progress(job_id: int) -> Response:
    """The bar alone; once the work has ended, the browser is asked to load the page anew."""
    job = jobs.job_of(reading(), actor(), job_id)
    answer = make_response(render_template("wiki/pages/transfer/_progress.html", job=job))
    if not _under_way(job):
        answer.headers["HX-Refresh"] = "true"
    return answer


@transfer.get("/<int:job_id>/download")
@needs(Permission.TRANSFER_PAGES)
def download(job_id: int) -> Response:
    """The ZIP that an export made; kept for a day, for this person only."""
    job = jobs.job_of(reading(), actor(), job_id)
    name = (job.result or {}).get("file") if job.kind == jobs.EXPORT else None
    path = _settings().home / "transfer" / str(name)
    if name is None or not path.is_file():
        raise Missing(
            "This export is no longer kept. The pages are safe: export them again when you need."
        )
    shown = f"pages-{job.created_at:%Y-%m-%d}.zip"
    return send_file(path, "application/zip", as_attachment=True, download_name=shown)


def _index(form: ImportForm) -> str:
    return render_template(
        "wiki/pages/transfer/index.html",
        form=form,
        export_form=ExportForm(),
        jobs=jobs.jobs_of(reading(), actor()),
        import_kind=jobs.IMPORT,
        limit=_settings().import_limit_mb * 1_000_000,
    )


def _keep(field: FileField) -> Path:
    path = jobs.waiting_room(_settings().home)
    field.data.save(path)
    return path


def _started(kind: str, arguments: dict[str, object]) -> ResponseReturnValue:
    with transaction() as session:
        job = enqueue(session, actor().id, kind, arguments)
    return redirect(f"/transfer/{job.id}")


def _under_way(job: Job) -> bool:
    return job.state in ("waiting", "running")


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
