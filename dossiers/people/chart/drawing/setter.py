"""The typesetting process: reads a Typst document, writes it as PDF or PNG, knows nothing else.

Started by `press.Press` as `python -m dossiers.people.chart.drawing.setter` with the kind, the
pixels per inch, whether fonts of the system are needed, and the limits of seconds and megabytes.
"""

import os
import signal
import sys

import typst

_GRACE_SECONDS = 2


def _limit(seconds: int, megabytes: int) -> None:
    """Let the operating system end this process when it takes more than it may."""
    if sys.platform == "win32":
        return
    import resource

    size = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds * 4, seconds * 4))
    signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE_SECONDS)
    os.nice(5)


def main() -> None:
    """Set one document."""
    kind, ppi, all_fonts, seconds, megabytes = sys.argv[1:]
    _limit(int(seconds), int(megabytes))
    fonts = typst.Fonts(include_system_fonts=all_fonts == "1")
    source = sys.stdin.buffer.read()
    if kind == "png":
        made = typst.compile(source, format="png", ppi=float(ppi), font_paths=fonts)
    else:
        # Tags would double the time, and say no more than the text that stands there anyway.
        made = typst.compile(source, format="pdf", font_paths=fonts, pdf_tags=False)
    sys.stdout.buffer.write(made if isinstance(made, bytes) else b"")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
