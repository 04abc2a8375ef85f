"""An instance of the wiki as processes of its own, and a person in front of it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "seven frozen dumplings"
_PATIENCE = 180.0


class Instance:
    """An instance in the folder `home`; commands run with its environment."""

    def __init__(self, home: Path, settings: Mapping[str, str] | None = None) -> None:
        self.home = home
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("DOSSIER_WIKI_")},
            "DOSSIER_WIKI_HOME": str(home),
            "DOSSIER_WIKI_PORT": "0",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            **{f"DOSSIER_WIKI_{name.upper()}": value for name, value in (settings or {}).items()},
        }

    def command(
        self, *arguments: str, text: str = "", patience: float = _PATIENCE
    ) -> subprocess.CompletedProcess[str]:
        """Run `dossier-wiki` with these arguments to its end, which takes at most `patience` s."""
        return subprocess.run(
            [sys.executable, "-m", "app", *arguments],
            env=self.environment,
            cwd=ROOT,
            input=text,
            capture_output=True,
            text=True,
            timeout=patience,
        )

    def add_person(self, email: str, role: str = "manager") -> None:
        """Make an account with the password of all our people."""
        arguments = ("users", "create", email, "--name", email, "--role", role, "--password-stdin")
        done = self.command(*arguments, text=PASSWORD)
        assert done.returncode == 0, done.stderr

    @contextmanager
    def serving(self, *arguments: str) -> Iterator["Server"]:
        """A server of this instance, ended (also when the block fails) at the end."""
        server = Server(self, arguments or ("--with-worker",))
        try:
            yield server
        finally:
            server.stop()


class Server:
    """A running `dossier-wiki serve`."""

    def __init__(self, instance: Instance, arguments: tuple[str, ...]) -> None:
        instance.home.mkdir(parents=True, exist_ok=True)
        self.log = instance.home.parent / f"{instance.home.name}.log"
        with self.log.open("ab") as log:
            begin = log.tell()
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app", "serve", *arguments],
                env=instance.environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        self.address = self._announced(begin)

    def _announced(self, begin: int) -> str:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            found = re.search(rb"is running: (\S+)", self.log.read_bytes()[begin:])
            if found:
                return found[1].decode().replace("localhost", "127.0.0.1")
            time.sleep(0.05)
        self.process.kill()
        raise AssertionError(f"the server did not start: {self.log.read_text()[begin:]}")

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """End it in order; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise


@dataclass(frozen=True)
class Answer:
    """What the server answered, read to its end."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class _StayHere(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> None:
        """A redirect is the answer; it is not followed."""


class Person:
    """A browser without a screen: cookies, forms, redirects that are not followed."""

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        self.address = address
        self._cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self._cookies), _StayHere())
        self._opener.addheaders = [("User-Agent", "bench"), *(headers or {}).items()]
        self.csrf = ""

    @property
    def cookie(self) -> str:
        """The cookies as a browser sends them."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._cookies)

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        """Sign in, by default with the password of all our people."""
        self.open_form("/account/sign-in")
        answer = self.post("/account/sign-in", email=email, password=password)
        assert answer.status == 302, answer.status
        self.open_form("/pages/new")

    def get(self, path: str) -> Answer:
        """Open an address."""
        return self._open(Request(self.address + path))

    def read(self, path: str) -> str:
        """The text at an address, after redirects."""
        answer = self.get(path)
        while answer.status in (301, 302, 303):
            answer = self.get(answer.headers["Location"].removeprefix(self.address))
        return answer.text

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form."""
        body = urlencode({**fields, "csrf_token": self.csrf}).encode()
        return self._open(Request(self.address + path, body))

    def save_new_page(self, title: str, text: str) -> str | None:
        """Save a page; its address when the server says that it is saved."""
        answer = self.post("/pages/new", title=title, body=text, language="en", category="")
        return answer.headers["Location"] if answer.status == 302 else None

    def _open(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())

    def at(self, address: str) -> "Person":
        """The same person in another browser, still signed in, in front of another server."""
        other = Person(address)
        for cookie in self._cookies:
            other._cookies.set_cookie(cookie)
        other.csrf = self.csrf
        return other

    def open_form(self, path: str) -> None:
        """Open the page with a form, so that it can be sent."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(path).text)
        assert found, f"{path} has no form"
        self.csrf = found[1]
