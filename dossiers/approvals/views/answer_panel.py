"""The short question on the page of a path."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.approvals.forms.purchase import PurchaseTyped
from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.path_panels import PathPanel, register_path_panel
from dossiers.approvals.paths.queries import Version
from dossiers.clients.models import Client
from wiki.accounts.actor import Actor


def init() -> None:
    """Let the page of every path ask who must sign."""
    register_path_panel(PathPanel("answer", draw_question, aside=True))


def draw_question(
    _session: Session, _actor: Actor, client: Client, path: ApprovalPath, version: Version
) -> Markup | None:
    """Amount and wanted day; nothing for a path that has no steps, or that nobody goes by."""
    if path.archived or not version.document.steps:
        return None
    html = render_template(
        "dossiers/approvals/_answer_panel.html",
        address=f"/clients/{client.id}/paths/{path.id}/answer",
        typed=PurchaseTyped(),
        currency=version.document.currency,
    )
    return Markup(html)  # noqa: S704 - of our own template
