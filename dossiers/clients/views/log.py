"""Who looked at a dossier or took something out of it; for directors."""

from flask import render_template, request

from dossiers.clients.looks import Wanted, looks_visible_to
from dossiers.clients.looks_words import part_name
from dossiers.clients.views.blueprint import clients, seen_client
from wiki.accounts.access import actor, needs
from wiki.accounts.queries import people_of_history
from wiki.accounts.rules import Permission
from wiki.database import reading
from wiki.pages.forms import number_in_address
from wiki.paging import parse_key


@clients.get("/clients/<int:client_id>/log")
@needs(Permission.SEE_DOSSIER_LOG)
def log(client_id: int) -> str:
    """The looks at one dossier, the newest first; `?person=`, `?show=exports` narrow them."""
    client = seen_client(client_id, "log")
    exports = request.args.get("show") == "exports"
    return _page(Wanted(client_id, _person(), exports), client=client)


@clients.get("/clients/log")
@needs(Permission.SEE_DOSSIER_LOG)
def log_of_all() -> str:
    """What was taken out of any dossier."""
    return _page(Wanted(None, _person(), True), client=None)


def _person() -> int | None:
    return request.args.get("person", type=number_in_address)


def _page(wanted: Wanted, **values: object) -> str:
    before = parse_key(request.args.get("before"))
    return render_template(
        "dossiers/clients/log.html",
        part=looks_visible_to(reading(), actor(), wanted, before),
        wanted=wanted,
        people=people_of_history(reading()),
        part_name=part_name,
        **values,
    )
