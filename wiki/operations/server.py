"""Serving the application: waitress on one socket, and the worker beside it when asked for."""

import gc
import os
import signal
import socket
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from threading import Thread
from types import FrameType
from typing import NoReturn

import click
import waitress
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from wiki.accounts.services.first_start import console_lines
from wiki.config import PREFIX, Settings
from wiki.database import Database
from wiki.operations.home import prepare_home
from wiki.operations.house import House
from wiki.operations.keeper import WorkerKeeper
from wiki.operations.listening import listen
from wiki.operations.tables import bring_up_to_date

_OVER_LIMIT = 1_000_000
"""Bytes above the application's own limit, so that the application can answer with a sentence."""


def serve(house: House, settings: Settings, *, with_worker: bool, migrates: bool) -> None:
    """Serve until SIGTERM or Ctrl-C. Raises `Refusal` with what is in the way."""
    prepare_home(settings.home)
    # SIGTERM before the loop runs, or in it, unwinds the stack below in order.
    signal.signal(signal.SIGTERM, _leave)
    with ExitStack() as stack:
        opened = stack.enter_context(listen(settings.host, settings.port))
        settings = replace(settings, port=opened.getsockname()[1])
        click.echo(f"Preparing the instance in {settings.home} …")
        if migrates:
            bring_up_to_date(settings)
        app = house.create_app(settings)
        stack.callback(_close, house, app)
        lines = house.seed(app) if settings.demonstration else ()
        lines = (*lines, *_first_steps(app, settings))
        if with_worker:
            stack.callback(_start_worker(house, settings).stop)
        Thread(target=house.warm, args=(app,), daemon=True).start()
        _announce(settings, lines)
        _keep_for_good()
        _run(app, settings, opened)


def _keep_for_good() -> None:
    """Modules and the application live as long as the process.

    To look through them for garbage, now and then, made an answer wait for a fifth of a second.
    There is no collection before: SIGTERM in the midst of one would be lost.
    """
    gc.freeze()


def _start_worker(house: House, settings: Settings) -> WorkerKeeper:
    """Letters written by the worker must name the address that was chosen for this run."""
    chosen = {"HOME": settings.home, "HOST": settings.host, "PORT": settings.port}
    environment = {f"{PREFIX}{name}": str(value) for name, value in chosen.items()}
    command = [*house.program, "worker", "--ends-with-parent"]
    return WorkerKeeper(command, {**os.environ, **environment})


def _run(app: Flask, settings: Settings, opened: socket.socket) -> None:
    proxies = settings.trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
        )
    server = waitress.create_server(
        app,
        sockets=[opened],
        threads=settings.threads,
        ident=None,
        max_request_body_size=settings.import_limit_mb * 1_000_000 + _OVER_LIMIT,
        # ProxyFix decides how many of these headers to believe, so they must reach it.
        clear_untrusted_proxy_headers=not proxies,
    )
    try:
        server.run()
    finally:
        server.close()


def _close(house: House, app: Flask) -> None:
    house.close(app)
    database: Database = app.extensions["database"]
    database.dispose()


def _first_steps(app: Flask, settings: Settings) -> Sequence[str]:
    database: Database = app.extensions["database"]
    with database.reading() as session:
        return console_lines(session, settings)


def _announce(settings: Settings, lines: Sequence[str]) -> None:
    shown = replace(settings, host="localhost") if settings.host == "127.0.0.1" else settings
    click.echo(f"\nDossier Wiki is running: {shown.base_url}\n")
    for line in lines:
        click.echo(f"  {line}")
    click.echo("\nStop it with Ctrl-C; the data stays.")


def _leave(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
