"""Writing runs: beginning one, what happened to a step, giving up, going on again."""

from dossiers.approvals.runs.beginning import (
    BEGUN,
    CORRECTED,
    Beginning,
    begin_run,
    check_can_be_taken_back,
    columns,
    correct_run,
    first_day_of_events,
    put,
    run_begun_in,
)
from dossiers.approvals.runs.moving import (
    GIVEN_UP,
    MOVED,
    TAKEN_UP,
    Move,
    give_up_run,
    go_on_with_run,
    move_step,
)
from dossiers.approvals.runs.settling import settle_run

__all__ = [
    "BEGUN",
    "CORRECTED",
    "GIVEN_UP",
    "MOVED",
    "TAKEN_UP",
    "Beginning",
    "Move",
    "begin_run",
    "check_can_be_taken_back",
    "columns",
    "correct_run",
    "first_day_of_events",
    "give_up_run",
    "go_on_with_run",
    "move_step",
    "put",
    "run_begun_in",
    "settle_run",
]
