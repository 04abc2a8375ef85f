"""The render process: reads jobs from its input, writes results, knows only wiki.rendering.

Started by `RenderPool` as `python -m wiki.rendering.worker MEGABYTES SECONDS`. It ends when its
input ends, so it never outlives its parent; the operating system ends it when a job takes more
memory or time than allowed.
"""

import signal
import sys
from typing import Any

from wiki.rendering.compose import render
from wiki.rendering.messages import read_message, write_message
from wiki.rendering.plain import plainly
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


def _answer(job: dict[str, Any]) -> dict[str, Any]:
    context = context_from_plain(job["context"])
    try:
        return rendered_to_plain(render(job["text"], context))
    except MemoryError:
        return rendered_to_plain(plainly(job["text"], context, "failed"))


def main() -> None:
    """Serve until the input ends."""
    _limit_memory(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    write_message(sink, "ready")
    while True:
        try:
            job = read_message(source)
        except EOFError:
            return
        _ring_after(float(sys.argv[2]) + _GRACE_SECONDS)
        answer = _answer(job)
        _ring_after(0)
        try:
            write_message(sink, answer)
        except OSError:
            return


if __name__ == "__main__":
    main()
