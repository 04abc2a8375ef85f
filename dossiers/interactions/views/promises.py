"""Pages of promises: those that are due to me, those of a client, one with what became of it."""

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.approvals.runs.evidence import person_typed
from dossiers.clients.deeds import note_export, note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.facts.models import Change
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.promises.forms import PromiseForm
from dossiers.interactions.promises.groups import grouped
from dossiers.interactions.promises.holders import holders_of
from dossiers.interactions.promises.listing import (
    MOST,
    Whose,
    lines_of,
    open_visible_to,
    promise_visible_to,
)
from dossiers.interactions.promises.queries import events_of
from dossiers.interactions.promises.services import Wish
from dossiers.interactions.promises.table_file import promises_csv
from dossiers.interactions.promises.telling import make_and_tell
from dossiers.interactions.promises.wording import DUES, EVENTS, STATES
from dossiers.interactions.views.blueprint import base_url, interactions_room, today
from dossiers.interactions.views.promise_forms import Sent, forms_of
from dossiers.people.forms.said import typed
from dossiers.people.reading.names import people_here
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import say

_PERSONS = 300


def _whose() -> Whose:
    asked = request.args.get("only", "")
    return Whose(asked) if asked in list(Whose) else Whose.MINE


@interactions_room.get("/promises")
@needs(Permission.READ)
def promises() -> str:
    """Open promises by when they are due; `?only=` mine, theirs, handed or team."""
    whose = _whose()
    lines = open_visible_to(reading(), actor(), whose)
    return render_template(
        "dossiers/interactions/promises/due.html",
        whose=whose.value,
        groups=grouped(lines, today()),
        dues=DUES,
        count=len(lines),
        most=MOST,
        here=f"/promises?only={whose.value}",
        today=today(),
        editable=lambda _line: actor().is_director or whose is not Whose.TEAM,
    )


@interactions_room.get("/promises.csv")
@needs(Permission.READ)
def promises_file() -> ResponseReturnValue:
    """The same as a file; each dossier that it is taken out of is written into the history."""
    lines = open_visible_to(fresh_reading(), actor(), _whose())
    with transaction() as session:
        for ident in sorted({line.client_id for line in lines}):
            note_export(session, actor(), ident, "promises.csv")
    answer = Response(promises_csv(lines), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=promises.csv"
    return answer


@interactions_room.get("/clients/<int:client_id>/promises")
@needs(Permission.READ)
def client_promises(client_id: int) -> str:
    """What was promised in a dossier, by us and by them, open and ended."""
    client = client_visible_to(reading(), actor(), client_id)
    with transaction() as session:
        note_look(session, actor(), client_id, "promises")
    return _client_page(client, PromiseForm(formdata=None))


def _client_page(client: Client, form: PromiseForm) -> str:
    lines = lines_of(reading(), actor(), client.id)
    ended = [line for line in lines if line.promise.state is not PromiseState.OPEN]
    editable = may_edit(actor(), client.team_id)
    form.offer(holders_of(reading(), client) if editable else [], actor().id)
    return render_template(
        "dossiers/interactions/promises/client.html",
        client=client,
        form=form,
        groups=grouped((one for one in lines if one not in ended), today()),
        ended=sorted(ended, key=lambda one: one.promise.ended_on or today(), reverse=True),
        dues=DUES,
        states=STATES,
        today=today(),
        here=f"/clients/{client.id}/promises",
        persons=people_here(reading(), client.id, _PERSONS) if editable else [],
        editable=lambda _line: editable,
        may_add=editable,
    )


@interactions_room.post("/clients/<int:client_id>/promises")
@needs(Permission.EDIT_DOSSIERS)
def add_promise(client_id: int) -> ResponseReturnValue:
    """Write down a promise."""
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    form = PromiseForm()
    if not form.validate():
        return _client_page(client, form), 422
    try:
        change = _made(client_id, form)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        form.form_errors.append(say(refusal))
        return _client_page(client, form), refusal.status
    here = f"/clients/{client_id}/promises"
    tell_done(change, client_id, here)
    return redirect(here)


def _made(client_id: int, form: PromiseForm) -> Change:
    with transaction() as session:
        person_id = person_typed(session, client_id, typed(form.person))
        due_on = form.due_on.data or today()
        wish = Wish(form.by_us, typed(form.what), due_on, form.user_id, person_id)
        promise = make_and_tell(session, actor(), client_id, wish, base_url())
        event = events_of(session, promise.id)[0][0]
        return session.get_one(Change, event.change_id)


@interactions_room.get("/promises/<int:promise_id>")
@needs(Permission.READ)
def promise(promise_id: int) -> str:
    """A promise, what became of it, and what can be done with it."""
    line = promise_visible_to(reading(), actor(), promise_id)
    with transaction() as session:
        note_look(session, actor(), line.client_id, "promise")
    return promise_page(promise_id, Sent())


def promise_page(promise_id: int, sent: Sent) -> str:
    """The page of a promise, with the form that was refused."""
    line = promise_visible_to(reading(), actor(), promise_id)
    client = client_visible_to(reading(), actor(), line.client_id)
    editable = may_edit(actor(), client.team_id)
    holders = holders_of(reading(), client) if editable else []
    return render_template(
        "dossiers/interactions/promises/promise.html",
        line=line,
        client=client,
        forms=forms_of(line.promise, holders, sent) if editable else {},
        sent=sent,
        events=events_of(reading(), promise_id),
        words=EVENTS,
        states=STATES,
        today=today(),
        is_open=line.promise.state is PromiseState.OPEN,
    )
