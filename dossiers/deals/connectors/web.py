"""Asking a program over HTTP: never longer, never more, never elsewhere than allowed."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn
from urllib.parse import urlencode

import urllib3
from urllib3 import exceptions

from dossiers.deals.connectors.problems import Denied, PullError
from wiki import clock
from wiki.version import VERSION

_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Limits:
    """In seconds and in bytes; `silence` is the longest time without a byte."""

    connect: float = 5.0
    silence: float = 20.0
    whole: float = 60.0
    size: int = 20_000_000


USUAL = Limits()


@dataclass
class JsonDoor:
    """A server that answers with JSON. Numbers with a point are decimals, never floats.

    `now` is the time that the server told last.
    """

    address: str
    headers: Mapping[str, str]
    limits: Limits = USUAL
    now: datetime | None = None
    _pool: urllib3.PoolManager = field(init=False, repr=False)

    def __post_init__(self) -> None:
        timeout = urllib3.Timeout(connect=self.limits.connect, read=self.limits.silence)
        self._pool = urllib3.PoolManager(num_pools=1, timeout=timeout, retries=False)

    def get(self, path: str, asked: Sequence[tuple[str, str]], headers: Mapping[str, str]) -> Any:
        """What the server answers. Raises `PullError`."""
        return self._ask("GET", f"{path}?{urlencode(asked)}", None, headers)

    def post(self, path: str, sent: Any, headers: Mapping[str, str]) -> Any:
        """The same for what takes a body."""
        return self._ask("POST", path, json.dumps(sent).encode(), headers)

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Any:
        try:
            return self._answer(method, path, body, headers)
        except exceptions.NewConnectionError as error:
            raise _absent() from error
        except exceptions.TimeoutError as error:
            raise _silent() from error
        except exceptions.SSLError as error:
            raise PullError(
                "The certificate of the source cannot be trusted, so nothing was sent to it. "
                "Check the address, or have the certificate renewed there."
            ) from error
        except (exceptions.ProtocolError, exceptions.DecodeError) as error:
            raise _garbled() from error
        except exceptions.HTTPError as error:
            raise _absent() from error

    def _answer(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Any:
        own = {"Accept": "application/json", "Accept-Encoding": "gzip", "User-Agent": _AGENT}
        own |= {"Content-Type": "application/json"} if body is not None else {}
        deadline = time.monotonic() + self.limits.whole
        response = self._pool.request(
            method,
            self.address + path,
            body=body,
            headers={**own, **self.headers, **headers},
            redirect=False,
            preload_content=False,
        )
        try:
            self.now = _moment(response.headers.get("Date")) or clock.now()
            _check(response.status, response.headers.get("Retry-After"), self.now)
            return _json(self._read(response, deadline))
        finally:
            # What was not read to its end cannot be used for the next question.
            response.close()

    def _read(self, response: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
        read = bytearray()
        for piece in response.stream(_PIECE):
            read += piece
            if len(read) > self.limits.size:
                raise PullError("The source's answer is larger than %(limit)s MB and was not read.",
                                limit=self.limits.size // 1_000_000)  # fmt: skip
            if time.monotonic() > deadline:
                raise _silent()
        return bytes(read)


_AGENT = f"dossier-wiki/{VERSION}"


def _check(status: int, retry_after: str | None, now: datetime) -> None:
    """Raise `PullError` unless the answer is one."""
    if 200 <= status < 300:
        return
    wait = _wait(retry_after, now)
    if status in (429, 503):
        raise PullError("The source is busy and asks to wait. It is asked again by itself.", wait)
    if status == 401:
        raise PullError(
            "The source does not accept the key. The deals here are safe. Make a new key there "
            "and write it here.",
            wait,
        )
    if status in (400, 403, 404):
        raise Denied(
            "The source refuses the question (%(status)s). Check the address, the database, and "
            "what the owner of the key may read there.",
            wait,
            status=status,
        )
    _refuse_other(status, wait)


def _refuse_other(status: int, wait: timedelta | None) -> NoReturn:
    if 300 <= status < 400:
        raise PullError(
            "The address of the source leads on to another one, and the key is not sent there. "
            "Write the address where it ends.",
            wait,
        )
    raise PullError(
        "The source had a mishap of its own (%(status)s). Nothing is lost; it is asked again by "
        "itself.",
        wait,
        status=status,
    )


def _wait(text: str | None, now: datetime) -> timedelta | None:
    """What Retry-After says: seconds, or a moment."""
    if not text:
        return None
    if text.strip().isdecimal():
        return timedelta(seconds=min(int(text.strip()[:9]), 10**7))
    moment = _moment(text)
    return max(moment - now, timedelta(0)) if moment else None


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _garbled() from error


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _absent() -> PullError:
    return PullError(
        "The source cannot be reached. Nothing is lost; it is asked again by itself. Check the "
        "address if this goes on."
    )


def _silent() -> PullError:
    return PullError(
        "The source did not answer in time. Nothing is lost; it is asked again by itself."
    )


def _garbled() -> PullError:
    return PullError(
        "The source's answer broke off or cannot be read. Nothing is lost; it is asked again by "
        "itself."
    )
