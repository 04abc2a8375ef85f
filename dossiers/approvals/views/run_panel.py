"""The runs of a path, on its page: the open ones, the latest first, and those that ended last."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.approvals.models import ApprovalPath
from dossiers.approvals.path_panels import PathPanel, register_path_panel
from dossiers.approvals.paths.queries import Version
from dossiers.approvals.runs.listing import Home, RunLine, lines_of
from dossiers.approvals.runs.queries import runs_of
from dossiers.clients.models import Client
from dossiers.clients.rules import may_edit
from wiki import clock
from wiki.accounts.actor import Actor

_OPEN, _ENDED = 30, 5


def init() -> None:
    """Let the page of every path show its runs."""
    register_path_panel(PathPanel("runs", draw_runs))


def draw_runs(
    session: Session, actor: Actor, client: Client, path: ApprovalPath, version: Version
) -> Markup | None:
    """A button to start one, and where each stands; nothing for a path without steps."""
    if not version.document.steps:
        return None
    html = render_template(
        "dossiers/approvals/_runs_panel.html",
        client=client,
        path=path,
        base=f"/clients/{client.id}",
        lines=_lines(session, actor, client, path),
        editable=may_edit(actor, client.team_id) and not path.archived,
    )
    return Markup(html)  # noqa: S704 - of our own template


def _lines(session: Session, actor: Actor, client: Client, path: ApprovalPath) -> list[RunLine]:
    open_ones = runs_of(session, client.id, True, path.id, _OPEN)
    ended = runs_of(session, client.id, False, path.id, _ENDED)
    home = Home(client.id, client.name, client.country)
    runs = [*open_ones, *ended]
    found = lines_of(session, runs, {run.id: home for run in runs}, clock.today(actor.time_zone))
    places = {run.id: place for place, run in enumerate(ended)}
    return sorted(found, key=lambda line: places.get(line.run.id, -1))
