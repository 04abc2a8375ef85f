"""Pages asked for through the server."""

from bench.client import Line, Wanted
from bench.figures import Figure, percentile
from bench.renewals.stage import DIRECTOR, MANAGER, Stage

_TIMES = 7
_SIZE = "5000"


def first_figures(stage: Stage) -> list[Figure]:
    """The first pages of director, manager and dossier, and the neglected clients."""
    found = []
    with stage.visiting(DIRECTOR) as line:
        found += _asked(line, "first", "the director's first page", "/", 200.0)
        found += _asked(line, "first", "a dossier's first page", "/clients/1", 200.0)
        found += _asked(line, "first", "clients not spoken with", "/clients/neglected", 200.0)
    with stage.visiting(MANAGER) as line:
        found += _asked(line, "first", "the manager's first page", "/", 200.0)
    return found


def calendar_figures(stage: Stage) -> list[Figure]:
    """The calendar of renewals as the director sees it."""
    with stage.visiting(DIRECTOR) as line:
        return [
            *_asked(line, "calendar", "the list", "/renewals", 200.0),
            *_asked(line, "calendar", "what is late", "/renewals?colour=late", 200.0),
            *_asked(line, "calendar", "the month", "/renewals/month", 200.0),
        ]


def briefing_figures(stage: Stage) -> list[Figure]:
    """The briefing of a large dossier, on paper and on the screen."""
    base = f"/clients/{stage.reviewed[0]}/briefing"
    with stage.visiting(DIRECTOR) as line:
        return [
            *_asked(line, "briefing", "one PDF", f"{base}.pdf", 3_000.0),
            *_asked(line, "briefing", "the page", base, 3_000.0),
        ]


def review_figures(stage: Stage) -> list[Figure]:
    """What changed in a large dossier since the last signed review, with its checks."""
    client, review = stage.reviewed
    with stage.visiting(DIRECTOR) as line:
        return _asked(line, "review", "what changed", f"/clients/{client}/reviews/{review}", 1000.0)


def _asked(line: Line, row: str, what: str, address: str, aim: float) -> list[Figure]:
    first = line.ask(Wanted(address)).seconds
    again = [line.ask(Wanted(address)).seconds for _time in range(_TIMES)]
    return [
        Figure(row, _SIZE, f"{what}: the first time", first * 1000, "ms"),
        Figure(row, _SIZE, f"{what}: median", percentile(again, 50) * 1000, "ms", aim),
    ]
