"""The list of deals, and the same as a file."""

from collections.abc import Iterator

from flask import Response, render_template, request, stream_with_context

from dossiers.clients.deeds import note_export
from dossiers.clients.queries import name_visible_to
from dossiers.deals.asking import LONGEST, Asked, asked_for
from dossiers.deals.choices import choices_visible_to
from dossiers.deals.listing import page_visible_to, sums_visible_to
from dossiers.deals.table_file import deals_csv, exported_clients
from dossiers.deals.views.blueprint import deals_room, today
from dossiers.deals.wording import KIND_BADGES, KIND_NAMES
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission, may
from wiki.database import database, reading, transaction
from wiki.history.services import record
from wiki.pages.forms import whole_number
from wiki.paging import Pager

#: What the address says beside the filters.
_BESIDE = ("page", "only", "sort")


@deals_room.get("/deals")
@needs(Permission.READ)
def deals() -> str:
    """The deals that one may see; the address says which of them, in which order, which page."""
    asked = asked_for(reading(), actor(), request.args)
    sums = sums_visible_to(reading(), actor(), asked.wanted)
    number = whole_number(request.args.get("page"))
    page = page_visible_to(reading(), actor(), asked.wanted, sums, number)
    said = {name: value for name, value in request.args.items() if value and name != "page"}
    return render_template(
        "dossiers/deals/index.html",
        wanted=asked.wanted,
        problem=asked.problem,
        page=page,
        pager=Pager(page.number, page.count),
        sums=sums,
        choices=choices_visible_to(reading(), actor()),
        client_name=_client_name(asked),
        said=said,
        is_narrowed=any(name not in _BESIDE for name in said),
        is_filtered=any(name not in ("only", "text") for name in said),
        kinds=KIND_NAMES,
        badges=KIND_BADGES,
        may_decide=may(actor(), Permission.EDIT_DOSSIERS),
    )


def _client_name(asked: Asked) -> str:
    if asked.problem is not None:
        return request.args.get("client", "")[:LONGEST]
    return name_visible_to(reading(), actor(), asked.wanted.client)


@deals_room.get("/deals/deals.csv")
@needs(Permission.READ)
def deals_file() -> Response:
    """The deals that the same address without `.csv` lists, as a file; the history keeps it."""
    person, wanted = actor(), asked_for(reading(), actor(), request.args).wanted
    clients = exported_clients(reading(), person, wanted)
    with transaction() as session:
        record(session, person, "export deals.csv", "deals", 0)
        for client_id in sorted(clients):
            note_export(session, person, client_id, "deals.csv")
    db = database()

    def pieces() -> Iterator[str]:
        with db.reading() as session:
            yield from deals_csv(session, person, wanted)

    answer = Response(stream_with_context(pieces()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f"attachment; filename=deals-{today()}.csv"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
