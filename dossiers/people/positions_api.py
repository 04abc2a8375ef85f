"""The programs' door to what a position is needed for, to be asked before it is removed."""

from collections.abc import Sequence

from flask import jsonify
from spectree import Response

from dossiers.clients.queries import client_visible_to
from dossiers.people.api import moment_of
from dossiers.people.edit_shapes import DayQuery, UsesOut
from dossiers.people.editing.uses import Use, uses_of
from dossiers.people.queries import check_position_of
from dossiers.people.reading.choices import branch_of
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading


@api.get("/clients/<int:client_id>/positions/<int:position_id>/uses")
@needs(Permission.READ)
@spec.validate(
    query=DayQuery,
    resp=Response(HTTP_200=UsesOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=("dossiers",),
)
def get_uses(client_id: int, position_id: int, query: DayQuery) -> Answer:
    """Which approval paths need the position, and which need it or one below it on that day."""
    client_visible_to(reading(), actor(), client_id)
    check_position_of(reading(), client_id, position_id)
    branch = branch_of(reading(), position_id, moment_of(actor(), query.on, None).day)
    uses = uses_of(reading(), client_id, branch)
    own = [use for use in uses if use.position_id == position_id]
    return jsonify(position=_plain(own), branch=_plain(uses))


def _plain(uses: Sequence[Use]) -> list[dict[str, str]]:
    """Each thing once."""
    found = {use.address: {"name": use.name, "address": use.address} for use in uses}
    return list(found.values())
