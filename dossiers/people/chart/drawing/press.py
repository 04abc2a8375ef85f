"""Setting a drawing as PDF or PNG in a process of its own, within a time and a memory."""

import os
import subprocess
import sys
from math import sqrt
from pathlib import Path
from threading import BoundedSemaphore

from dossiers.people.chart.drawing.scene import Scene
from dossiers.people.chart.drawing.typeset import SHEETS, one_page, sheets
from wiki.errors import Refusal, TooMany

MOST_IN_PDF = 5_000
_ROOT = Path(__file__).resolve().parents[4]
_PROGRAM = "dossiers.people.chart.drawing.setter"
_MOST_PIXELS = 40_000_000
_BEST_PPI, _LEAST_PPI = 192.0, 64.0
_WAIT_SECONDS = 10.0
_START_SECONDS = 10.0
#: Letters beyond these are looked for in the fonts of the system.
_LAST_OF_OURS = 0x052F
_PUNCTUATION = range(0x2000, 0x2300)


class Press:
    """Sets documents, a few at once; may be called from any thread."""

    def __init__(self, deadline: int = 25, megabytes: int = 2_000, at_once: int = 2) -> None:
        """`deadline` is in seconds for one document, `megabytes` for one process."""
        self._deadline, self._megabytes = deadline, megabytes
        self._places = BoundedSemaphore(at_once)

    def pdf(self, scene: Scene, count: int, paper: str = "") -> bytes:
        """The drawing of so many positions as PDF: on sheets of the paper, else on one page.

        Raises `Refusal` when it is too large, `TooMany` when others are being made.
        """
        if count > MOST_IN_PDF:
            raise Refusal(
                "The chart has %(count)d positions; a PDF holds %(limit)d at most. Take out a "
                "branch, or take the SVG.",
                count=count,
                limit=MOST_IN_PDF,
            )
        source = sheets(scene, paper) if paper in SHEETS else one_page(scene)
        return self._set(source, "pdf", 0.0)

    def png(self, scene: Scene, count: int) -> bytes:
        """The drawing as a picture, as sharp as its size allows. Raises as `pdf` does."""
        ppi = min(_BEST_PPI, 96.0 * sqrt(_MOST_PIXELS / (scene.width * scene.height)))
        if ppi < _LEAST_PPI or count > MOST_IN_PDF:
            raise Refusal(
                "With %(count)d positions the chart is too large for a picture: nobody could read "
                "it. Take out a branch, or take the PDF or SVG.",
                count=count,
            )
        return self._set(one_page(scene), "png", ppi)

    def document(self, source: str) -> bytes:
        """A Typst document of texts and tables as PDF. Raises `NotSet`, `TooMany`."""
        return self._set(source, "pdf", 0.0)

    def _set(self, source: str, kind: str, ppi: float) -> bytes:
        if not self._places.acquire(timeout=_WAIT_SECONDS):
            raise TooMany(
                "Several charts are being taken out at this moment. Try again in a minute.",
                retry_after=60,
            )
        try:
            return self._run(source, kind, ppi)
        finally:
            self._places.release()

    def _run(self, source: str, kind: str, ppi: float) -> bytes:
        limits = (str(self._deadline), str(self._megabytes))
        command = [sys.executable, "-m", _PROGRAM, kind, str(ppi), _all_fonts(source), *limits]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                command,
                input=source.encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=self._deadline + _START_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise _failed() from None
        if done.returncode != 0 or not done.stdout:
            raise _failed()
        return done.stdout


class NotSet(Refusal):
    """A document needed more time or memory than there is for one."""


def _failed() -> NotSet:
    return NotSet(
        "The chart could not be set within the time and memory there are. Nothing was taken out. "
        "Take out a branch, or take the SVG."
    )


def _all_fonts(source: str) -> str:
    """Whether there are letters that the face of the house has not: "1" or "0"."""
    others = (c for c in set(source) if ord(c) > _LAST_OF_OURS and ord(c) not in _PUNCTUATION)
    return "1" if any(others) else "0"


_KEPT = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")


def _environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    # Without what the server knows: its secrets and the address of the database.
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1"}
