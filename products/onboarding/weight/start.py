"""What the pages must know of weighing, told once when the application starts."""

from products.onboarding.weight.keeping import weigh_revision
from products.onboarding.weight.panel import draw_weight
from wiki.pages.followers import follow_revisions
from wiki.pages.version_panels import VersionPanel, register_version_panel


def init() -> None:
    """Weigh each version that is saved, and show its weight where it is compared."""
    follow_revisions("weight", weigh_revision)
    register_version_panel(VersionPanel("weight", draw_weight))
