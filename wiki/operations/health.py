"""`GET /healthz`: whether the instance works, for a monitor; says nothing about its content."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from wiki.accounts.access import public
from wiki.config import Settings
from wiki.database import Database
from wiki.migrations import is_current
from wiki.operations.heartbeat import last_beat
from wiki.version import VERSION

health = Blueprint("health", __name__)

IndexState = Callable[[], str]


@dataclass(frozen=True)
class Health:
    """One word each; `status` is ok, degraded (people can read and write) or broken."""

    version: str
    database: str
    index: str
    worker: str
    status: str


def init_app(app: Flask, index_state: IndexState) -> None:
    """Add the address; `index_state` answers "ready" or what is wrong, and never raises."""
    app.extensions["index_state"] = index_state
    app.register_blueprint(health)


def health_of(app: Flask) -> Health:
    """How the instance is now."""
    settings: Settings = app.config["SETTINGS"]
    of_database = database_state(app.extensions["database"])
    index = str(app.extensions["index_state"]())
    worker = worker_state(settings)
    parts_work = index == "ready" and worker == "alive"
    status = "broken" if of_database != "ok" else "ok" if parts_work else "degraded"
    return Health(VERSION, of_database, index, worker, status)


def database_state(of: Database) -> str:
    """`ok`, `unreachable`, or `outdated` when migrations are missing."""
    try:
        return "ok" if is_current(of) else "outdated"
    except (SQLAlchemyError, OSError):
        return "unreachable"


def worker_state(settings: Settings) -> str:
    """`alive`, `failing` when one of its tasks does, `silent` or `absent`."""
    sign = last_beat(settings.home)
    if sign is None:
        return "absent"
    if not sign.is_fresh:
        return "silent"
    return "failing" if sign.failing else "alive"


@health.get("/healthz")
@public
def healthz() -> tuple[Response, int]:
    """The state as JSON: 200, or 503 when nobody can read or write."""
    found = health_of(current_app._get_current_object())  # type: ignore[attr-defined]
    return jsonify(asdict(found)), 503 if found.status == "broken" else 200
