"""The programs' door to the answer: who must sign for a purchase, and by when."""

from flask import jsonify, request
from spectree import Response

from dossiers.approvals.answers.plainly import plain_answer
from dossiers.approvals.answers.queries import answer_for
from dossiers.approvals.answers.shapes import AnswerOut, AnswerQuery
from dossiers.approvals.forms.purchase import purchase_in
from dossiers.approvals.paths.queries import version_in_force
from dossiers.approvals.views.blueprint import room_of, today
from dossiers.clients.deeds import note_redraw
from dossiers.facts.asking import Moment
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction
from wiki.pages.categories import tree


@api.get("/clients/<int:client_id>/paths/<int:path_id>/answer")
@needs(Permission.READ)
@spec.validate(
    query=AnswerQuery,
    resp=Response(HTTP_200=AnswerOut, HTTP_404=Failure, HTTP_422=Failure),
    tags=("dossiers",),
)
def get_answer(client_id: int, path_id: int, query: AnswerQuery) -> Answer:
    """Who must sign for a purchase by this path, and by when."""
    room = room_of(client_id, path_id)
    typed = purchase_in(request.args)
    version = version_in_force(reading(), path_id, typed.begins(today()) or today())
    question = typed.question(version.document.currency, tree(reading()), today())
    if question is None:
        raise next(iter(typed.problems.values()))
    found = answer_for(reading(), room.client, version.document, question, Moment(today()))
    with transaction() as session:
        note_redraw(session, actor(), client_id, "answer")
    return jsonify(plain_answer(found, room.path.id, version.row.number, version.is_confirmed))
