"""A proxy between us and the real server, which does harm on demand."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import urllib3


@dataclass(frozen=True)
class Fault:
    """What happens to one request instead of its answer."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    silent: bool = False
    half: bool = False
    body: bytes = b"{}"


SILENCE = Fault(silent=True)
MISHAP = Fault(500)
BUSY = Fault(429, {"Retry-After": "1800"})
HALF = Fault(half=True)
NONSENSE = Fault(200, body=b"<html>")


@dataclass
class Proxy:
    """`plan` is asked for each request, by its number from 1 and its address."""

    address: str
    target: str
    plan: Callable[[int, str], Fault | None] = lambda _number, _path: None
    seen: list[str] = field(default_factory=list)
    over: Event = field(default_factory=Event)
    pool: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(maxsize=4))

    def again(self, plan: Callable[[int, str], Fault | None]) -> None:
        """Count anew and go by another plan."""
        self.seen.clear()
        self.plan = plan


@contextmanager
def proxy_to(target: str) -> Iterator[Proxy]:
    """A proxy on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    proxy = Proxy(f"http://127.0.0.1:{server.server_port}", target)
    server.proxy = proxy  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.over.set()
        server.shutdown()
        server.server_close()
        proxy.pool.clear()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        proxy: Proxy = self.server.proxy  # type: ignore[attr-defined]
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        proxy.seen.append(self.path)
        fault = proxy.plan(len(proxy.seen), self.path)
        with suppress(OSError):
            self._answer(proxy, body, fault)

    do_POST = do_GET

    def _answer(self, proxy: Proxy, body: bytes, fault: Fault | None) -> None:
        if fault and fault.silent:
            # Nobody waits as long as this; the end of the test ends it.
            proxy.over.wait(60)
        elif fault and fault.status:
            self._send(fault.status, fault.headers, fault.body, len(fault.body))
        else:
            own = {k: v for k, v in self.headers.items() if k.lower() != "host"}
            url = proxy.target + self.path
            got = proxy.pool.request(self.command, url, body=body, headers=own, redirect=False)
            data = got.data[: len(got.data) // 2] if fault and fault.half else got.data
            headers = {"Date": got.headers["Date"], "Content-Type": "application/json"}
            self._send(got.status, headers, data, len(got.data))

    def _send(self, status: int, headers: Mapping[str, str], data: bytes, size: int) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(size))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = True

    def log_message(self, *_arguments: Any) -> None:
        pass
