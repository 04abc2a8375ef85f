import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from wiki.rendering import LinkTarget, RenderContext, RenderPool, TocEntry, render

CONTEXT = RenderContext(
    "en",
    {"page": LinkTarget("/pages/1-page", "live", "Page", {"part": "p-part"})},
    {"old": "p-older"},
    [TocEntry(2, "p-first", "First")],
)
TEXT = """## First

## Old

[[Page#Part]] [[Wanted]] ![x](/files/3/x.png)

| a | b |
|---|---|
| 1 | 2 |
"""
#: Within the caps block by block, yet far beyond a second in all.
SLOW = ("[" * 1_000 + "\n\n") * 290


@pytest.fixture
def pool() -> Iterator[RenderPool]:
    pool = RenderPool(processes=2, deadline=20)
    yield pool
    pool.close()


def children() -> set[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=,ppid=,stat=,args="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = [line.split(None, 3) for line in listed]
    return {int(row[0]) for row in rows if int(row[1]) == os.getpid() and row[3][:2] != "ps"}


def worker_of(pool: RenderPool) -> int:
    process = next(process for process in list(pool._free.queue) if process is not None)
    return process.pid


def test_a_process_gives_the_same_as_a_call(pool: RenderPool) -> None:
    assert pool.render(TEXT, CONTEXT) == render(TEXT, CONTEXT)
    assert pool.render("\ud800", CONTEXT) == render("\ud800", CONTEXT)


def test_nothing_is_started_before_the_first_call() -> None:
    before = children()
    pool = RenderPool()
    assert children() == before
    pool.close()


def test_a_text_that_takes_too_long_is_shown_as_typed() -> None:
    pool = RenderPool(processes=1, deadline=1.0)
    pool.warm()
    began = time.monotonic()
    rendered = pool.render(SLOW, RenderContext("ru"))
    assert time.monotonic() - began < 3
    assert rendered.notice is not None
    assert "слишком много времени" in rendered.notice
    assert rendered.html.startswith('<pre class="as-typed">[[[')
    assert pool.render("*x*", CONTEXT).html == "<p><em>x</em></p>"
    pool.close()


def test_a_killed_process_is_replaced_at_the_next_call(pool: RenderPool) -> None:
    pool.warm()
    for _ in range(3):
        killed = worker_of(pool)
        os.kill(killed, signal.SIGKILL)
        assert pool.render("*x*", CONTEXT).html == "<p><em>x</em></p>"
        assert killed not in children()


def test_no_process_is_left_after_closing() -> None:
    before = children()
    pool = RenderPool(processes=2)
    list(pool.render_many([("a", CONTEXT)] * 8))
    assert len(children() - before) == 2
    pool.close()
    assert children() == before


def test_a_closed_pool_starts_anew_when_it_is_asked_again(pool: RenderPool) -> None:
    pool.warm()
    pool.close()
    assert pool.render("a", CONTEXT).html == "<p>a</p>"


def test_many_texts_come_back_in_order(pool: RenderPool) -> None:
    items = ((f"text {number}", CONTEXT) for number in range(60))
    plain = [rendered.plain_text for rendered in pool.render_many(items)]
    assert plain == [f"text {number}" for number in range(60)]


def test_many_threads_each_get_their_own_answer(pool: RenderPool) -> None:
    wrong: list[str] = []

    def ask(name: str) -> None:
        for number in range(20):
            text = f"{name} {number}"
            if pool.render(text, CONTEXT).plain_text != text:
                wrong.append(text)

    threads = [threading.Thread(target=ask, args=(name,)) for name in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory per process.")
@pytest.mark.slow
def test_a_text_that_takes_too_much_memory_is_shown_as_typed() -> None:
    text = "[a](/b) *c*\n\n" * 9_000
    tight, roomy = RenderPool(deadline=60, megabytes=64), RenderPool(deadline=60)
    refused = tight.render(text, RenderContext("en"))
    assert refused.notice is not None
    assert "could not be formatted" in refused.notice
    assert tight.render("a", CONTEXT).html == "<p>a</p>"
    assert roomy.render(text, CONTEXT).notice is None
    tight.close()
    roomy.close()


def test_a_process_ends_when_its_server_is_killed() -> None:
    script = (
        "from wiki.rendering import RenderPool, RenderContext\n"
        "import time\n"
        "pool = RenderPool(processes=1)\n"
        "pool.warm()\n"
        "print(next(p.pid for p in pool._free.queue if p), flush=True)\n"
        "time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        worker = int(server.stdout.readline())
        server.kill()
    assert _ends(worker)


def _ends(pid: int) -> bool:
    for _ in range(500):
        try:
            os.kill(pid, 0)
            state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True)
        except ProcessLookupError:
            return True
        if state.stdout.strip()[:1] in (b"", b"Z"):
            return True
    return False


def test_a_render_process_knows_neither_the_web_nor_the_database() -> None:
    script = (
        "import sys, wiki.rendering.worker\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'flask', 'sqlalchemy', 'werkzeug', 'jinja2', 'whoosh', 'pydantic'}))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert shown.stdout.strip() == "[]"


def test_the_server_does_not_carry_the_sanitiser_in_its_memory() -> None:
    script = "import sys, wiki.rendering as r; r.RenderPool; print('bleach' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert shown.stdout.strip() == "False"
