"""Lists of runs: of one client, and the open ones of all that one may see."""

from collections.abc import Sequence

from flask import render_template, request

from dossiers.approvals.models import ApprovalRun
from dossiers.approvals.runs.listing import Home, lines_of, open_runs_visible_to
from dossiers.approvals.runs.queries import runs_of
from dossiers.approvals.views.blueprint import approvals_room, today
from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import may_edit
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction

_MOST_SHOWN = 200


@approvals_room.get("/runs")
@needs(Permission.READ)
def open_runs() -> str:
    """Open runs, the latest first: one's own, or all; a director sees all unless asked."""
    asked = request.args.get("only")
    mine = asked == "mine" or (asked != "all" and not actor().is_director)
    lines = open_runs_visible_to(reading(), actor(), today(), mine)
    return render_template(
        "dossiers/approvals/runs_open.html",
        lines=lines[:_MOST_SHOWN],
        count=len(lines),
        mine=mine,
    )


@approvals_room.get("/clients/<int:client_id>/runs")
@needs(Permission.READ)
def runs(client_id: int) -> str:
    """The runs of a client: the open ones, the latest first, then those that ended."""
    client = client_visible_to(reading(), actor(), client_id)
    with transaction() as session:
        note_look(session, actor(), client_id, "runs")
    every = [runs_of(reading(), client_id, is_open) for is_open in (True, False)]
    lines = lines_of(reading(), [*every[0], *every[1]], _homes(client, every[0], every[1]), today())
    ended = {run.id: place for place, run in enumerate(every[1])}
    return render_template(
        "dossiers/approvals/runs.html",
        client=client,
        lines=[line for line in lines if line.run.id not in ended],
        ended=sorted(
            (line for line in lines if line.run.id in ended), key=lambda line: ended[line.run.id]
        ),
        editable=may_edit(actor(), client.team_id),
    )


def _homes(client: Client, *many: Sequence[ApprovalRun]) -> dict[int, Home]:
    home = Home(client.id, client.name, client.country)
    return {run.id: home for runs in many for run in runs}
