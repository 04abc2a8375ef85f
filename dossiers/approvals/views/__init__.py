"""The browser's and the programs' doors to paths and runs; each module adds its addresses."""

from dossiers.approvals.editing import api as editing_api
from dossiers.approvals.forecast import api as forecast_api
from dossiers.approvals.views import (
    answers,
    answers_api,
    editor,
    exports,
    forecast,
    lessons,
    lessons_api,
    path,
    paths,
    paths_api,
    run,
    run_new,
    runs,
    runs_api,
    standing,
    terms,
    versions,
)
from dossiers.approvals.views.blueprint import approvals_room

__all__ = [
    "answers",
    "answers_api",
    "approvals_room",
    "editing_api",
    "editor",
    "exports",
    "forecast",
    "forecast_api",
    "lessons",
    "lessons_api",
    "path",
    "paths",
    "paths_api",
    "run",
    "run_new",
    "runs",
    "runs_api",
    "standing",
    "terms",
    "versions",
]
