"""The render process: reads jobs from its input, writes results, knows only wiki.rendering.

Started by `RenderPool` as `python -m wiki.rendering.worker MEGABYTES SECONDS`. It ends when its
input ends, so it never outlives its parent; the operating system ends it when a job takes more
memory or time than allowed.
"""

import os
import signal
import sys
from typing import BinaryIO

from wiki.rendering.compose import render
from wiki.rendering.messages import read_message, write_message
from wiki.rendering.shapes import context_from_plain, rendered_to_plain

#: Added to the deadline of the parent, which should be the first to notice.
_GRACE_SECONDS = 2.0


def _limit_memory(megabytes: int) -> None:
    if sys.platform != "win32":
        import resource

        size = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _ring_after(seconds: float) -> None:
    """Let the system end this process after so many seconds; 0 calls it off."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _serve(source: BinaryIO, sink: BinaryIO, seconds: float) -> None:
    write_message(sink, "ready")
    while True:
        job = read_message(source)
        _ring_after(seconds + _GRACE_SECONDS)
        rendered = render(job["text"], context_from_plain(job["context"]))
        _ring_after(0)
        write_message(sink, rendered_to_plain(rendered))


def main() -> None:
    """Serve until the input ends."""
    _limit_memory(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    try:
        _serve(source, sink, float(sys.argv[2]))
    except (EOFError, OSError, MemoryError):
        # The server is gone, or sees by our end that this text is too much. Nothing is left to
        # flush, and tidying up needs memory there may not be.
        os._exit(0)


if __name__ == "__main__":
    main()
