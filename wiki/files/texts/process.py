"""The reading process: reads one file, writes what came of it, and may do nothing else.

Started by `running.TextReader` as `python -m wiki.files.texts.process` with the media type, the
path and the limits. Files come from anywhere and their readers are large programs: so this
process has little memory, time and disk, no network, starts no programs and writes no files. It
ends when its input does, so it never outlives its parent.
"""

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import BinaryIO

from wiki.files.texts.outcome import Limits, Outcome, Unreadable
from wiki.files.texts.reading import read_text, reader_of

#: Added to the time limit before the operating system ends this process.
_GRACE_SECONDS = 1
_LONGEST_CHARACTER = 12
_OPEN_FILES = 64
_NICENESS = 10
_CLOSED = (
    "ctypes.",
    "ftplib.",
    "http.client.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.spawn",
    "os.system",
    "shutil.",
    "socket.",
    "subprocess.",
    "urllib.",
    "webbrowser.",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Read the file named in the arguments; the answer is JSON on the standard output."""
    media_type, path, seconds, megabytes, characters = sys.argv[1:]
    limits = Limits(float(seconds), int(megabytes), int(characters))
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        _write(answer, _outcome(media_type, Path(path), limits))
    except MemoryError:
        os._exit(3)
    except OSError:
        os._exit(5)
    # Tidying up what a hostile file has made can take long.
    os._exit(0)


def limit_means(limits: Limits) -> None:
    """Let the operating system end this process when it takes more than the limits."""
    if sys.platform == "win32":
        return
    import resource

    memory = limits.megabytes * 1024 * 1024
    seconds = int(limits.seconds) + 1 + _GRACE_SECONDS
    for which, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.characters * _LONGEST_CHARACTER + 1000),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        resource.setrlimit(which, (most, most))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds + _GRACE_SECONDS)
    os.nice(_NICENESS)


def close_doors() -> None:
    """From now on this process opens no connection, starts nothing and writes no file."""
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
    if writes or event.startswith(_CLOSED):
        raise PermissionError(f"A file that is read may not do this: {event}")


def _outcome(media_type: str, path: Path, limits: Limits) -> Outcome:
    try:
        read = reader_of(media_type)
    except Unreadable as error:
        return Outcome(reason=error.reason)
    # Not before the reader is loaded: the limit of what may be written would cut short the
    # compiled modules that Python puts aside, and no process could load them any more.
    close_doors()
    limit_means(limits)
    return read_text(path, read, limits)


def _write(answer: BinaryIO, outcome: Outcome) -> None:
    told = {"text": outcome.text, "reason": outcome.reason}
    answer.write(json.dumps(told, ensure_ascii=False).encode())
    answer.flush()


def _end_with_parent() -> None:
    """The parent holds the other end of our standard input and never writes to it."""
    os.read(0, 1)
    os._exit(4)


if __name__ == "__main__":
    main()
