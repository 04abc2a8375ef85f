"""Lists of clients in and out."""

from flask import Response

from dossiers.clients.deeds import note_export
from dossiers.clients.importing.exporting import clients_csv, exported_ids
from dossiers.clients.importing.sort import CLIENTS
from dossiers.clients.views.blueprint import clients
from dossiers.clients.views.listing import wanted_here
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, transaction
from wiki.lists.views import add_addresses

add_addresses(clients, CLIENTS)


@clients.get("/clients/clients.csv")
@needs(Permission.READ)
def clients_file() -> Response:
    """The clients of the list as a table, with its filters; the history keeps who took them."""
    with transaction() as session:
        idents = exported_ids(session, actor(), wanted_here())
        for ident in idents:
            note_export(session, actor(), ident, "clients.csv")
    pieces = clients_csv(fresh_reading(), actor(), idents)
    answer = Response("".join(pieces), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=clients.csv"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
