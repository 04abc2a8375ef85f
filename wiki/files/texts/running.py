"""Having a file read by a process of its own, so that no file can stop or fill the server."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from wiki.config import Settings
from wiki.files.texts.outcome import Limits, Outcome, Reason

_ROOT = Path(__file__).resolve().parents[3]
_PROGRAM = "wiki.files.texts.process"
#: To start Python and to load a reader, on a busy machine.
_START_SECONDS = 20.0
_NO_MEMORY = 3


class TextReader:
    """Reads files within limits; may be called from any thread."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    def read(self, path: Path, media_type: str) -> Outcome:
        """The text of the file or why there is none. Raises `OSError` only when no process starts.

        Takes at most the limit of seconds (and some more on a machine that is too busy).
        """
        if not path.is_file():
            return Outcome(reason=Reason.MISSING)
        with tempfile.TemporaryFile() as answer:
            code = self._run(path, media_type, answer)
            return _told(answer) if code == 0 else Outcome(reason=_reason_of(code))

    def _run(self, path: Path, media_type: str, answer: IO[bytes]) -> int | None:
        """The exit code; `None` when the process had to be ended."""
        with subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", _PROGRAM, media_type, str(path), *self._numbers()],
            stdin=subprocess.PIPE,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        ) as process:
            try:
                return process.wait(self._limits.seconds + _START_SECONDS)
            except subprocess.TimeoutExpired:
                return None
            finally:
                process.kill()

    def _numbers(self) -> tuple[str, ...]:
        limits = self._limits
        return str(limits.seconds), str(limits.megabytes), str(limits.characters)


def reader_within(settings: Settings) -> TextReader:
    """A reader with the limits of the instance."""
    return TextReader(Limits(settings.file_text_seconds, settings.file_text_mb))


def _environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    # Without what the server knows: its secrets and the address of the database.
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1"}


_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


def _told(answer: IO[bytes]) -> Outcome:
    answer.seek(0)
    try:
        told = json.loads(answer.read())
        reason = told["reason"]
        return Outcome(str(told["text"]), Reason(reason) if reason else None)
    except (ValueError, KeyError, TypeError):
        return Outcome(reason=Reason.FAILED)


def _reason_of(code: int | None) -> Reason:
    """Ended by its alarm (14), by the limit of its processor time (24, 9), or by a failure."""
    if code is None or code in (-14, -24):
        return Reason.TOO_SLOW
    return Reason.TOO_LARGE if code == _NO_MEMORY else Reason.FAILED
