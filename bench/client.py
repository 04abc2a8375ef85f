"""A client that costs little itself: plain sockets with keep-alive, requests written once."""

import socket
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode, urlsplit

_PATIENCE = 60.0


@dataclass(frozen=True)
class Wanted:
    """A request to be: GET, or POST when there are fields or JSON; `expected` is the status.

    `csrf` goes with JSON.
    """

    path: str
    expected: int = 200
    etag: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    json: str = ""
    csrf: str = ""


@dataclass(frozen=True)
class Answer:
    """What came back after so many seconds; header names in small letters."""

    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


class Line:
    """One connection of a signed-in person, kept open as long as the server does.

    Waitress hangs up after each answer without a body (304).
    """

    def __init__(self, address: str, cookie: str) -> None:
        self._place, self._cookie = urlsplit(address), cookie
        self._open()

    def _open(self) -> None:
        place = (self._place.hostname, self._place.port)
        self._socket = socket.create_connection(place, _PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._reader = self._socket.makefile("rb")

    def ask(self, wanted: Wanted) -> Answer:
        """Send it and read the whole answer. Raises `AssertionError` for an unexpected status."""
        sent = self._written(wanted)
        began = perf_counter()
        self._socket.sendall(sent)
        status, headers = self._head()
        has_body = status not in (204, 304)
        body = self._reader.read(int(headers.get("content-length", 0))) if has_body else b""
        if headers.get("connection") == "close":
            self.close()
            self._open()
        took = perf_counter() - began
        assert status == wanted.expected, f"{wanted.path}: {status} {body[:2000]!r}"
        return Answer(wanted.path, status, headers, body, took)

    def close(self) -> None:
        """Hang up."""
        self._reader.close()
        self._socket.close()

    def _written(self, wanted: Wanted) -> bytes:
        body = wanted.json.encode() or urlencode(wanted.fields).encode()
        lines = [
            f"{'POST' if body else 'GET'} {wanted.path} HTTP/1.1",
            f"Host: {self._place.netloc}",
            "User-Agent: bench",
            f"Cookie: {self._cookie}",
        ]
        if wanted.etag:
            lines.append(f"If-None-Match: {wanted.etag}")
        if wanted.csrf:
            lines.append(f"X-CSRFToken: {wanted.csrf}")
        if body:
            kind = "json" if wanted.json else "x-www-form-urlencoded"
            lines.append(f"Content-Type: application/{kind}")
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + body

    def _head(self) -> tuple[int, dict[str, str]]:
        status = int(self._reader.readline().split()[1])
        headers = {}
        while (line := self._reader.readline().strip()) != b"":
            name, _colon, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return status, headers


def ask_in_turn(address: str, cookie: str, wanted: Sequence[Wanted]) -> list[Answer]:
    """All requests over one connection, each after the answer to the one before."""
    line = Line(address, cookie)
    try:
        return [line.ask(one) for one in wanted]
    finally:
        line.close()


def ask_at_once(
    address: str, cookie: str, wanted: Sequence[Wanted], lines: int
) -> tuple[list[Answer], float]:
    """All requests over several connections at a time; the answers, and the seconds for all."""
    shares = [wanted[start::lines] for start in range(lines)]
    with ThreadPoolExecutor(lines) as threads:
        began = perf_counter()
        answers = list(threads.map(lambda share: ask_in_turn(address, cookie, share), shares))
        took = perf_counter() - began
    return [answer for some in answers for answer in some], took
