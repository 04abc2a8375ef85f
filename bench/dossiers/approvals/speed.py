"""The answer, the forecast, the page of a path and the end of a run, among 200 finished runs."""

import time
from collections.abc import Callable

from bench.dossiers.approvals.making import FINISHED, STEPS, Decider, make_decider
from bench.dossiers.stage import Stage
from bench.figures import Figure, percentile
from dossiers.approvals import start
from dossiers.approvals.forecast.durations import learned_from, situation_of
from dossiers.approvals.forecast.simulate import WALKS, simulate
from dossiers.approvals.kinds import StepState
from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.runs.services import Move, move_step
from wiki import clock

ANSWER_AIM, SIMULATION_AIM, PAGE_AIM, READ_AIM = 50.0, 300.0, 150.0, 30.0
_TIMES = 20
_SIZE = f"{STEPS} steps, {FINISHED} runs"
_made: dict[int, Decider] = {}


def decider_of(stage: Stage) -> Decider:
    """The client of all these rows, made for the first of them."""
    if id(stage) not in _made:
        with stage.writing() as (session, director):
            _made[id(stage)] = make_decider(session, director)
    return _made[id(stage)]


def answer_figures(stage: Stage) -> list[Figure]:
    """Who must sign and by when, through the server."""
    made = decider_of(stage)
    base = f"/clients/{made.client_id}/paths/{made.path_id}/answer"
    asked = "?amount=2900000&currency=RUB&wanted=2027-06-01"
    return [
        *_pages(stage, "answer", "as JSON", f"/api{base}{asked}", ANSWER_AIM),
        *_pages(stage, "answer", "as a page", base + asked),
    ]


def page_figures(stage: Stage) -> list[Figure]:
    """Opening the path, a run, and their forecasts."""
    made = decider_of(stage)
    path = f"/clients/{made.client_id}/paths/{made.path_id}"
    run = f"/clients/{made.client_id}/runs/{made.open_runs[0]}"
    return [
        *_pages(stage, "path-page", "the path", path, PAGE_AIM),
        *_pages(stage, "path-page", "how its forecasts came true", f"{path}/forecasts"),
        *_pages(stage, "path-page", "a run", run),
        *_pages(stage, "path-page", "its forecast, made and kept", f"{run}/forecast"),
    ]


def _pages(
    stage: Stage, row: str, what: str, address: str, aim: float | None = None
) -> list[Figure]:
    with stage.visiting() as visit:
        visit.get(address)
        seconds = [visit.get(address).seconds for _time in range(_TIMES)]
    return [
        _ms(row, f"{what}: median", seconds, 50, aim),
        _ms(row, f"{what}: 95 of 100 within", seconds, 95),
    ]


def simulation_figures(stage: Stage) -> list[Figure]:
    """A thousand walks of a run on its first day; and reading what finished runs say."""
    made = decider_of(stage)
    with stage.writing() as (session, director):
        run = session.get_one(ApprovalRun, made.open_runs[0])
        today = clock.today(director.time_zone)
        read = _timed(lambda: learned_from(session, run.path_id, "RU", today))
        habits = learned_from(session, run.path_id, "RU", today).habits
        now = situation_of(session, run, today)
        whole = type(now)(now.steps, {}, now.calendar, today, today)
        walked = _timed(lambda: simulate(whole, habits, run.id))
    return [
        _ms("simulation", f"{WALKS:,} walks: median", walked, 50, SIMULATION_AIM),
        _ms("simulation", f"{WALKS:,} walks: slowest", walked, 99, SIMULATION_AIM),
        _ms("simulation", "times of finished runs read: median", read, 50, READ_AIM),
    ]


def finish_figures(stage: Stage) -> list[Figure]:
    """A step moved in a run that goes on, and the last step, with which a run ends."""
    made = decider_of(stage)
    start.init()
    returned = [_moved(stage, made, run, StepState.RETURNED) for run in made.open_runs]
    passed = [_moved(stage, made, run, StepState.PASSED) for run in made.open_runs[1:]]
    return [
        _ms("finish", "a step moved, saved: median", returned[2:], 50),
        _ms("finish", "the last step, saved, compared and learnt from: median", passed[2:], 50),
        _ms("finish", "the last step: slowest", passed[2:], 99),
    ]


def _moved(stage: Stage, made: Decider, run: int, state: StepState) -> float:
    with stage.writing() as (session, director):
        began = time.perf_counter()
        move_step(session, director, made.client_id, run, Move(made.last_step, state))
        session.commit()
        return time.perf_counter() - began


def _timed(do: Callable[[], object]) -> list[float]:
    seconds = []
    for _time in range(_TIMES):
        began = time.perf_counter()
        do()
        seconds.append(time.perf_counter() - began)
    return seconds


def _ms(
    row: str, what: str, seconds: list[float], percent: int, aim: float | None = None
) -> Figure:
    return Figure(row, _SIZE, what, percentile(seconds, percent) * 1000, "ms", aim)
