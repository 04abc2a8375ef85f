"""Lists of contracts: all that one may see, and those of a client."""

from typing import Any

from flask import Response, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from dossiers.clients.deeds import note_export, note_look
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import may_edit
from dossiers.renewals.calendar.queries import PAGE
from dossiers.renewals.contracts import queries
from dossiers.renewals.contracts.growth import By, growth_of, growth_visible_to, totals_of
from dossiers.renewals.contracts.table_file import contracts_csv, exported_clients
from dossiers.renewals.contracts.wording import STATE_NAMES
from dossiers.renewals.kinds import RenewalState
from dossiers.renewals.views.blueprint import renewals_room, today
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import reading, transaction
from wiki.pages.content import one_line
from wiki.pages.forms import whole_number
from wiki.paging import Pager

_FOLDER = "dossiers/renewals/contracts"
_LONGEST_TEXT = 100


def _wanted() -> queries.Wanted:
    state = request.args.get("state", "")
    return queries.Wanted(
        one_line(request.args.get("text", ""))[:_LONGEST_TEXT],
        RenewalState(state) if state in list(RenewalState) else None,
        whole_number(request.args.get("owner")),
        request.args.get("running") == "1",
    )


def _said(wanted: queries.Wanted, by: By) -> dict[str, Any]:
    """What the address says, for the addresses of other pages of the same list."""
    told = {
        "text": wanted.text,
        "state": wanted.state.value if wanted.state else "",
        "owner": wanted.owner or "",
        "running": "1" if wanted.running else "",
        "by": by.value if by is not By.MANAGER else "",
    }
    return {name: value for name, value in told.items() if value}


@renewals_room.get("/contracts")
@needs(Permission.READ)
def contracts() -> str:
    """All contracts that one may see; text, state, owner, running, by and page narrow them."""
    wanted = _wanted()
    by = By.CLIENT if request.args.get("by") == By.CLIENT else By.MANAGER
    total = queries.count_visible_to(reading(), actor(), wanted)
    pager = Pager.of(whole_number(request.args.get("page")), total, PAGE)
    lines = queries.contracts_visible_to(
        reading(), actor(), wanted, PAGE, (pager.number - 1) * PAGE
    )
    growth = growth_visible_to(reading(), actor(), wanted, by)
    return render_template(
        f"{_FOLDER}/index.html",
        lines=lines,
        total=total,
        wanted=wanted,
        said=_said(wanted, by),
        by=by,
        growth=growth,
        totals=totals_of(growth),
        owners=queries.owners_visible_to(reading(), actor()),
        pager=pager,
        states=STATE_NAMES,
        may_import=may(actor(), Permission.EDIT_DOSSIERS),
        today=today(),
    )


@renewals_room.get("/contracts.csv")
@needs(Permission.READ)
def contracts_file() -> ResponseReturnValue:
    """The listed contracts as a CSV file that can be imported again; noted in each dossier."""
    wanted, person = _wanted(), actor()
    with transaction() as session:
        for client_id in sorted(exported_clients(session, person, wanted)):
            note_export(session, person, client_id, "contracts.csv")
    pieces = contracts_csv(reading(), person, wanted)
    answer = Response(stream_with_context(pieces), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=contracts.csv"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@renewals_room.get("/clients/<int:client_id>/contracts")
@needs(Permission.READ)
def contracts_of_client(client_id: int) -> ResponseReturnValue:
    """The contracts of a dossier, and what their renewals brought."""
    client = client_visible_to(reading(), actor(), client_id)
    if client.merged_into_id is not None:
        return redirect(
            url_for("renewals_room.contracts_of_client", client_id=client.merged_into_id)
        )
    with transaction() as session:
        note_look(session, actor(), client_id, "contracts")
    growth = growth_of(reading(), client_id)
    return render_template(
        f"{_FOLDER}/client.html",
        client=client,
        lines=queries.contracts_of(reading(), client_id),
        away=queries.contracts_of(reading(), client_id, archived=True),
        growth=growth,
        totals=totals_of(growth),
        may_edit=may_edit(actor(), client.team_id),
        states=STATE_NAMES,
        today=today(),
    )
