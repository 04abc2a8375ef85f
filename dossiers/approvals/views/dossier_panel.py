"""What approvals show on the first page of a dossier: its paths, and where open runs stand."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from dossiers.approvals.paths.queries import paths_of
from dossiers.approvals.paths.standing import standings_of
from dossiers.approvals.runs.queries import standing_of_open_runs
from dossiers.clients.models import Client
from dossiers.clients.rules import may_edit
from wiki import clock
from wiki.accounts.actor import Actor

MOST_RUNS = 6
"""Runs of one path on the first page; the page of the path has all."""


def draw_decisions(session: Session, actor: Actor, client: Client) -> Markup | None:
    """Each path with its standing and where its open runs are, or what to do when there is none."""
    today = clock.today(actor.time_zone)
    paths = paths_of(session, client.id)
    walking = standing_of_open_runs(session, client.id, today) if paths else []
    html = render_template(
        "dossiers/approvals/_decisions_panel.html",
        client=client,
        paths=paths,
        standings=standings_of(session, paths, today) if paths else {},
        runs={path.id: [one for one in walking if one[0].path_id == path.id] for path in paths},
        most=MOST_RUNS,
        editable=may_edit(actor, client.team_id),
    )
    return Markup(html)  # noqa: S704 - of our own template
