"""The server and its worker as processes of their own."""

import json
import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bench.instance import Instance, Person, Server
from bench.kill_server import index_differences
from wiki.accounts.models import SignInFailure
from wiki.config import load_settings
from wiki.database import Database
from wiki.operations.heartbeat import last_beat

pytestmark = pytest.mark.slow


def _eventually(holds: Callable[[], bool], seconds: float = 150.0) -> None:
    """Wait for another process; the only way is to look again and again."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def _health(server: Server) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Person(server.address).get("/healthz").body)
    return found


def _worker_of(instance: Instance) -> int:
    _eventually(lambda: last_beat(instance.home) is not None)
    sign = last_beat(instance.home)
    assert sign is not None
    return sign.process


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_server_and_worker_start_work_and_stop_in_order(instance: Instance) -> None:
    with instance.serving() as server:
        _eventually(lambda: _health(server)["status"] == "ok")
        worker = _worker_of(instance)
        assert server.stop() == 0
        assert not _lives(worker)
    assert last_beat(instance.home) is None


def test_a_worker_that_dies_is_started_again(instance: Instance) -> None:
    with instance.serving() as server:
        first = _worker_of(instance)
        os.kill(first, signal.SIGKILL)
        _eventually(lambda: _worker_of(instance) != first)
        _eventually(lambda: _health(server)["worker"] == "alive")


def test_the_worker_ends_with_its_server_even_when_that_is_killed(instance: Instance) -> None:
    with instance.serving() as server:
        worker = _worker_of(instance)
        server.kill()
        _eventually(lambda: not _lives(worker))


def test_a_second_worker_says_that_there_is_one(instance: Instance) -> None:
    with instance.serving():
        _worker_of(instance)
        second = instance.command("worker")
    assert second.returncode == 1
    assert "is already running. Nothing was changed." in second.stderr
    assert "Traceback" not in second.stderr


def test_a_save_is_found_within_a_second_or_two(instance: Instance) -> None:
    with instance.serving() as server:
        instance.add_person("anna@example.com")
        person = Person(server.address)
        person.sign_in("anna@example.com")
        assert person.save_new_page("Dumplings", "Frozen since Tuesday.")
        assert index_differences(instance, seconds=15) == ""


def test_a_second_start_keeps_the_data(instance: Instance) -> None:
    with instance.serving() as server:
        instance.add_person("anna@example.com")
        person = Person(server.address)
        person.sign_in("anna@example.com")
        address = person.save_new_page("Dumplings", "Frozen since Tuesday.")
        assert address is not None
    with instance.serving() as server:
        person = Person(server.address)
        person.sign_in("anna@example.com")
        assert "Frozen since Tuesday." in person.read(address)


def test_a_port_taken_by_another_program_is_named_with_a_way_out(instance: Instance) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        tried = instance.command("serve", "--port", str(port))
    assert tried.returncode == 1
    assert f"Port {port} is taken by another program. Nothing was changed." in tried.stderr
    assert f"make run PORT={port + 1}" in tried.stderr
    assert "Traceback" not in tried.stderr


def test_a_port_taken_by_our_own_kind_says_so(instance: Instance, tmp_path: Path) -> None:
    with instance.serving("--no-migrate") as server:
        port = server.address.rsplit(":", 1)[1]
        tried = Instance(tmp_path / "second").command("serve", "--port", port)
    assert tried.returncode == 1
    assert "A Dossier Wiki is already running at" in tried.stderr


def test_a_foreign_address_to_listen_on_is_refused_with_a_sentence(instance: Instance) -> None:
    tried = instance.command("serve", "--host", "192.0.2.1")
    assert tried.returncode == 1
    assert "This machine cannot listen on the address 192.0.2.1" in tried.stderr


def test_the_headers_of_a_proxy_are_believed_only_when_it_is_trusted(tmp_path: Path) -> None:
    """The limit on sign-in attempts counts by the address that the application believes."""
    strangers = []
    for proxies in ("0", "1"):
        instance = Instance(tmp_path / proxies, {"trusted_proxies": proxies})
        with instance.serving("--host", "127.0.0.1") as server:
            instance.add_person("anna@example.com")
            _fail_to_sign_in_by_way_of_a_proxy(server)
        strangers.append(_addresses_of_failures(instance))
    assert strangers == [{"127.0.0.1"}, {"203.0.113.7"}]


def _fail_to_sign_in_by_way_of_a_proxy(server: Server) -> None:
    person = Person(server.address, {"X-Forwarded-For": "203.0.113.7"})
    person.open_form("/account/sign-in")
    person.post("/account/sign-in", email="anna@example.com", password="wrong word here")


def _addresses_of_failures(instance: Instance) -> set[str]:
    database = Database(load_settings(instance.home, instance.environment).database_address)
    with database.reading() as session:
        found = set(session.scalars(select(SignInFailure.address)))
    database.dispose()
    return found
