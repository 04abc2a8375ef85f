"""What the packages below must know of approvals, told once when the application starts."""

from dossiers.approvals import undoing
from dossiers.approvals.chart import layer, place_panel
from dossiers.approvals.deed_words import APPROVAL_DEEDS
from dossiers.approvals.forecast import start as forecast
from dossiers.approvals.paths import uses
from dossiers.approvals.runs import files as run_files
from dossiers.approvals.runs.queries import deals_of_runs
from dossiers.approvals.searchable import PATH, paths_naming
from dossiers.approvals.views import answer_panel, lesson_panels, run_panel
from dossiers.clients.deed_words import know_deeds
from dossiers.clients.dependents import know_dependents
from dossiers.people.reading.deal_names import know_deals


def init() -> None:
    """Let deeds with paths and runs be told in a sentence and taken back."""
    know_deeds(APPROVAL_DEEDS)
    undoing.init()
    uses.init()
    forecast.init()
    place_panel.init()
    layer.init()
    know_dependents(PATH, paths_naming)
    know_deals("runs", deals_of_runs)
    answer_panel.init()
    lesson_panels.init()
    run_panel.init()
    run_files.init()
