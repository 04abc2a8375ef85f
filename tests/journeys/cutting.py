"""A proxy that cuts the connection while a page is being saved, and a person who is cut off."""

import re
import socket
import struct
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from threading import Event, Thread
from types import TracebackType
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.people import Person

MOMENTS = ("before the request", "within the request", "before the answer", "within the answer")
_HEAD_END = b"\r\n\r\n"
_ABORT = struct.pack("ii", 1, 0)
"""Linger of zero seconds: the connection ends with a reset, not in order."""


class CuttingProxy:
    """Passes requests on to `target`; while `moment` is set, saves are cut at that moment."""

    def __init__(self, target: str, random: Random | None = None) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._random = random or Random(2)
        self.moment = ""
        self.cuts: Counter[str] = Counter()
        self._ended = Event()

    def __enter__(self) -> "CuttingProxy":
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.2)
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._ended.is_set():
            with suppress(TimeoutError):
                client, _address = self._listener.accept()
                client.settimeout(60)
                Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            head, body = _request(client)
            moment = self.moment if re.match(rb"POST /pages/(new|\d+/(edit|settle)) ", head) else ""
            if moment:
                self.cuts[moment] += 1
            self._pass_on(client, head, body, moment)

    def _pass_on(self, client: socket.socket, head: bytes, body: bytes, moment: str) -> None:
        if moment == "before the request":
            return _reset(client)
        head = re.sub(rb"(?im)^connection:[^\r\n]*", b"Connection: close", head)
        request = head + _HEAD_END + body
        with socket.create_connection(self._target, timeout=60) as server:
            if moment == "within the request":
                server.sendall(request[: self._random.randrange(1, len(request))])
                return _reset(client)
            server.sendall(request)
            answer = _all(server)
        if moment == "before the answer":
            return _reset(client)
        if moment == "within the answer":
            # The head travels in one packet, so it comes whole or not at all.
            body_at = answer.index(_HEAD_END) + len(_HEAD_END)
            client.sendall(answer[: self._random.randrange(body_at, len(answer))])
            return None
        return client.sendall(answer)


def _request(client: socket.socket) -> tuple[bytes, bytes]:
    """Head and body of the one request of this connection."""
    data = b""
    while _HEAD_END not in data:
        data += _some(client)
    head, body = data.split(_HEAD_END, 1)
    length = re.search(rb"(?im)^content-length: *(\d+)", head)
    while length and len(body) < int(length[1]):
        body += _some(client)
    return head, body


def _some(client: socket.socket) -> bytes:
    data = client.recv(65536)
    if not data:
        raise ConnectionResetError
    return data


def _all(server: socket.socket) -> bytes:
    parts = []
    while part := server.recv(65536):
        parts.append(part)
    return b"".join(parts)


def _reset(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)


@dataclass
class Cuts:
    """What a writer lived through whose connection is cut at each save."""

    writer: Person
    proxy: CuttingProxy
    page: str
    random: Random
    words: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    """Words of which the browser said that they were saved though they were not."""

    def round(self) -> None:
        """Write, save, be cut off; then wait, write on, or lose the tab; at the end be saved."""
        self.proxy.moment = ""
        self.writer.goes_to(f"{self.page}/edit")
        self._write()
        self.proxy.moment = self.random.choice(MOMENTS)
        self.writer.saves()
        self._look_at_what_is_said()
        turn = self.random.choice(("wait", "write on", "crash"))
        if turn == "write on" and self._is_editing:
            self._write()
        self.proxy.moment = ""
        if turn == "crash":
            self._lose_the_tab()
        self._save_for_good()

    @property
    def lost(self) -> list[str]:
        """Words that the server does not have exactly once."""
        text = self._saved_text()
        return [word for word in self.words if text.count(word) != 1]

    @property
    def _is_editing(self) -> bool:
        return self.writer.page.url.endswith("/edit")

    def _saved_text(self) -> str:
        return self.writer.source_of(self.page)

    def _write(self) -> None:
        self.words.append(f"word{len(self.words)}x{self.random.randrange(10**6)}.")
        self.writer.writes(f"\n\n{self.words[-1]}")

    def _look_at_what_is_said(self) -> None:
        """Whatever is said of the save is held against the server's own text."""
        self.writer.page.wait_for_function(
            """() => !location.pathname.endsWith("/edit")
              || document.querySelector("[data-save-state]")?.dataset.state === "failed" """
        )
        if not self._is_editing and self.words[-1] not in self._saved_text():
            self.false.append(self.words[-1])

    def _lose_the_tab(self) -> None:
        lost, self.writer.page = self.writer.page, self.writer.new_tab()
        lost.close(run_before_unload=False)
        self.writer.goes_to(f"{self.page}/edit")
        if self.writer.page.locator(".draft-offer").count():
            self.writer.presses("Restore it")

    def _save_for_good(self) -> None:
        if self._is_editing:
            with suppress(Exception):
                self.writer.page.get_by_role("button", name="Save", exact=True).click(timeout=1000)
            self.writer.page.wait_for_url(re.compile(r"/pages/\d+-"))
        expect(self.writer.page.locator("article.prose")).to_be_visible()
