"""Import, search, memory, start, statements."""

import os
import random
import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from flask.testing import FlaskClient
from sqlalchemy import event

from app import close, create_app
from bench.client import Wanted
from bench.figures import Figure, percentile
from bench.generator import read_stock
from bench.processes import Running, family
from bench.stage import SEED, WRITER, Stage
from products.demonstration.seed import PASSWORD
from wiki.config import load_settings
from wiki.database import Database

_STARTS = 3
_WORD = re.compile(r"[a-zа-яё]{5,}", re.IGNORECASE)


def import_figures(stage: Stage, requests: int) -> list[Figure]:
    """Filling the empty instance, rendering included; then the index."""
    built = stage.built(anew=True)
    aim = 300.0 if built.pages == 10_000 else None
    return [
        Figure("import", stage.size, "pages", built.pages, ""),
        Figure("import", stage.size, "all pages", built.import_seconds, "s", aim),
        Figure("import", stage.size, "pages per second", built.pages / built.import_seconds, "1/s"),
        Figure("import", stage.size, "index of all pages", built.index_seconds, "s"),
    ]


def search_figures(stage: Stage, requests: int) -> list[Figure]:
    """Questions of one to three words from the texts, through `/api/search`."""
    with stage.visiting() as visit:
        wanted = [Wanted(f"/api/search?q={quote(question)}") for question in _questions(requests)]
        visit.ask(wanted[:5])
        answers, _cpu = visit.ask(wanted)
    seconds = [answer.seconds for answer in answers]
    return [
        Figure("search", stage.size, "median", percentile(seconds, 50) * 1000, "ms"),
        Figure("search", stage.size, "95 of 100 within", percentile(seconds, 95) * 1000, "ms"),
    ]


def _questions(count: int) -> list[str]:
    dice, stock = random.Random(SEED), read_stock()
    words = [_WORD.findall(" ".join(texts)) for texts in stock.sections.values()]
    return [" ".join(dice.choices(words[n % 2], k=1 + n % 3)) for n in range(count)]


def memory_figures(stage: Stage, requests: int) -> list[Figure]:
    """After views of many pages, a save (which starts a render process) and a search."""
    with stage.visiting() as visit:
        visit.ask([Wanted(path) for path in stage.page_paths()[: requests * 2]])
        title = f"Memory {visit.person.csrf[-12:]}"
        assert visit.person.save_new_page(title, "Text.\n\n" * 100)
        visit.ask([Wanted(f"/api/search?q={quote(q)}") for q in _questions(20)])
        alone, *others = family(visit.server.process.pid)
    return [
        Figure("memory", stage.size, "server alone", alone.megabytes, "MB", 200.0),
        Figure("memory", stage.size, "its render processes", _sum(others, "rendering"), "MB"),
        Figure("memory", stage.size, "its worker", _sum(others, " worker"), "MB"),
        Figure("memory", stage.size, "all together", _sum([alone, *others], ""), "MB"),
    ]


def _sum(running: list[Running], part: str) -> float:
    return sum(one.megabytes for one in running if part in one.command)


def start_figures(stage: Stage, requests: int) -> list[Figure]:
    """From the command to the first answer, of an instance that is there already."""
    seconds = []
    for _start in range(_STARTS):
        began = time.perf_counter()
        with stage.instance.serving() as server, urlopen(f"{server.address}/account/sign-in"):
            seconds.append(time.perf_counter() - began)
    return [Figure("start", stage.size, "second start", statistics.median(seconds), "s")]


def statement_figures(stage: Stage, requests: int) -> list[Figure]:
    """What one answer sends to the database, transaction marks not counted."""
    settings = load_settings(stage.home, stage.instance.environment)
    app = create_app(settings)
    client, page = app.test_client(), stage.page_paths()[-1]
    _sign_in(client)
    number = re.sub(r"-.*", "", page)
    kinds = {
        "page, the first time": page,
        "page, again": page,
        "history": f"{number}/history",
        "edit form": f"{number}/edit",
        "start page": "/",
    }
    client.get(stage.page_paths()[-2])
    found = []
    for what, path in kinds.items():
        with _counting(app.extensions["database"]) as sent:
            assert client.get(path).status_code == 200
        found.append(Figure("statements", stage.size, what, len(sent), ""))
    close(app)
    return found


def _sign_in(client: FlaskClient) -> None:
    form = client.get("/account/sign-in").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
    assert token
    fields = {"csrf_token": token[1], "email": WRITER, "password": PASSWORD}
    assert client.post("/account/sign-in", data=fields).status_code == 302


@contextmanager
def _counting(database: Database) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def load_average() -> float:
    """How many processes wanted to run in the last minute."""
    return os.getloadavg()[0]
