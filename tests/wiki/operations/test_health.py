import json
import os
from datetime import timedelta
from typing import Any

from flask import Flask

from tests.conftest import SetClock
from wiki.config import Settings
from wiki.database import Database
from wiki.operations.heartbeat import beat, say_farewell
from wiki.operations.tasks import State


def _health(app: Flask) -> tuple[int, dict[str, Any]]:
    answer = app.test_client().get("/healthz")
    return answer.status_code, json.loads(answer.data)


def test_a_stranger_sees_one_word_for_each_part_and_no_more(app: Flask) -> None:
    status, body = _health(app)
    assert status == 200
    assert set(body) == {"version", "database", "index", "worker", "status"}
    assert (body["database"], body["worker"], body["status"]) == ("ok", "absent", "degraded")


def test_all_is_well_with_a_living_worker_and_an_index(app: Flask, settings: Settings) -> None:
    app.extensions["index_state"] = lambda: "ready"
    beat(settings.home, {"search": State()})
    assert _health(app)[1]["status"] == "ok"


def test_a_worker_that_fell_silent_is_noticed(
    app: Flask, settings: Settings, clock: SetClock
) -> None:
    beat(settings.home, {})
    assert _health(app)[1]["worker"] == "alive"
    clock.forward(seconds=timedelta(minutes=1).total_seconds())
    assert _health(app)[1]["worker"] == "silent"


def test_a_failing_task_is_noticed_but_its_error_is_not_told(
    app: Flask, settings: Settings
) -> None:
    beat(settings.home, {"mail": State(failures=2, error="OSError: secret.example refused")})
    answer = app.test_client().get("/healthz")
    assert answer.json is not None
    assert answer.json["worker"] == "failing"
    assert b"secret" not in answer.data


def test_a_worker_that_stopped_in_order_is_absent(app: Flask, settings: Settings) -> None:
    beat(settings.home, {})
    say_farewell(settings.home)
    assert _health(app)[1]["worker"] == "absent"


def test_a_damaged_heartbeat_is_no_heartbeat(app: Flask, settings: Settings) -> None:
    (settings.home / "worker.json").write_text('{"process": 1')
    assert _health(app)[1]["worker"] == "absent"


def test_without_its_database_the_instance_is_broken(app: Flask) -> None:
    app.extensions["database"].dispose()
    app.extensions["database"] = Database(f"sqlite:////nowhere/{os.getpid()}/wiki.sqlite3")
    status, body = _health(app)
    assert (status, body["database"], body["status"]) == (503, "unreachable", "broken")
