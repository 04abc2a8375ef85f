"""What the rest of approvals must know of forecasts, told once when the application starts."""

from dossiers.approvals.forecast import panels
from dossiers.approvals.forecast.deed_words import FORECAST_DEEDS
from dossiers.approvals.forecast.services import EXPECTED, forecast_after_move
from dossiers.approvals.forecast.undoing import expected_again
from dossiers.approvals.runs.aftermoves import after_moves
from dossiers.clients.deed_words import know_deeds
from dossiers.people.editing.aftermath import follow


def init() -> None:
    """Keep a forecast whenever a run moves, show it, and tell the manager's dates in sentences."""
    after_moves(forecast_after_move)
    know_deeds(FORECAST_DEEDS)
    follow(EXPECTED, expected_again)
    panels.init()
