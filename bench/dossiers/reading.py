"""A chart through the server: read anew, read again, edited, compared with another day."""

import json
from datetime import timedelta
from random import Random

from bench.dossiers.making import FOUNDED, SEED, make_chart
from bench.dossiers.stage import Stage, Visit
from bench.figures import Figure, percentile
from dossiers.facts.models import Source
from dossiers.facts.writing import Evidence
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.positions import (
    Wanted,
    add_position,
    change_position,
    move_position,
    remove_position,
)

COLD_AIMS = {700: 60.0, 10_000: 400.0}
MOVE_AIM, MOVED_SIZES = 50.0, (700, 10_000)
_COLD, _KEPT, _MOVES, _LOOKS = 7, 20, 80, 20
_SNAPSHOT, _LATER = 700, FOUNDED + timedelta(days=200)


def chart_figures(stage: Stage) -> list[Figure]:
    """The first read after a change, reads of what is kept, and how large the document is."""
    figures = []
    with stage.visiting() as visit:
        for size in stage.sizes:
            path = f"/api/clients/{stage.made[size].client_id}/chart"
            visit.get(path)
            cold = [_after_a_change(stage, visit, size, path) for _time in range(_COLD)]
            kept = [visit.get(path) for _time in range(_KEPT)]
            seconds = [answer.seconds for answer in kept]
            figures += [
                _ms("chart", size, "after a change: median", cold, 50, COLD_AIMS.get(size)),
                _ms("chart", size, "after a change: slowest", cold, 99),
                _ms("chart", size, "again: median", seconds, 50),
                Figure("chart", str(size), "size of the JSON", len(kept[0].body) / 1000, "kB"),
            ]
    return figures


def _after_a_change(stage: Stage, visit: Visit, size: int, path: str) -> float:
    position = stage.made[size].positions[-1]
    edit = {"kind": "order", "position": position, "rank": size}
    visit.send(f"{path}/edits", json.dumps({"edit": edit}))
    return visit.get(path).seconds


def move_figures(stage: Stage) -> list[Figure]:
    """Positions without reports, each moved under another manager."""
    figures = []
    with stage.visiting() as visit:
        for size in [size for size in stage.sizes if size in MOVED_SIZES]:
            seconds = [_moved(stage, visit, size, edit) for edit in _moves(stage, size)][5:]
            figures += [
                _ms("move", size, "median", seconds, 50, MOVE_AIM),
                _ms("move", size, "95 of 100 within", seconds, 95, MOVE_AIM),
            ]
    return figures


def _moves(stage: Stage, size: int) -> list[dict[str, object]]:
    random, positions = Random(SEED), stage.made[size].positions
    managers, leaves = positions[: size // 9], positions[size // 2 :]
    return [
        {"kind": "move_position", "position": leaf, "manager": random.choice(managers)}
        for leaf in random.sample(leaves, min(_MOVES, len(leaves)))
    ]


def _moved(stage: Stage, visit: Visit, size: int, edit: dict[str, object]) -> float:
    path = f"/api/clients/{stage.made[size].client_id}/chart/edits"
    return visit.send(path, json.dumps({"edit": edit})).seconds


def changes_figures(stage: Stage) -> list[Figure]:
    """The list of changes between two days of a chart of 700, a tenth of which has changed."""
    client, size = _two_snapshots(stage), _SNAPSHOT
    path = f"/api/clients/{client}/changes?from={FOUNDED.isoformat()}&to={_LATER.isoformat()}"
    with stage.visiting() as visit:
        answers = [visit.get(path) for _time in range(_LOOKS)]
    found = json.loads(answers[0].body)["changes"]
    seconds = [answer.seconds for answer in answers]
    return [
        Figure("changes", str(size), "changes found", len(found), ""),
        _ms("changes", size, "median", seconds, 50),
        _ms("changes", size, "95 of 100 within", seconds, 95),
    ]


def _two_snapshots(stage: Stage) -> int:
    with stage.writing() as (session, director):
        made = make_chart(session, director, "Two snapshots", _SNAPSHOT)
        said = Evidence(Source.DOCUMENT)
        pen = open_dossier(session, director, made.client_id, _LATER, said)
        random = Random(SEED)
        managers, leaves = made.positions[:60], random.sample(made.positions[100:], 60)
        for place, leaf in enumerate(leaves):
            if place % 3 == 0:
                move_position(pen, leaf, random.choice(managers))
            elif place % 3 == 1:
                change_position(pen, leaf, Wanted(f"Новое название {place}"))
            else:
                remove_position(pen, leaf)
                add_position(pen, Wanted(f"Новая должность {place}"), random.choice(managers))
        return made.client_id


def _ms(
    row: str, size: int, what: str, seconds: list[float], percent: int, aim: float | None = None
) -> Figure:
    return Figure(row, str(size), what, percentile(seconds, percent) * 1000, "ms", aim)
