"""What is done with a promise from its page, and with one tap from a list."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit
from dossiers.interactions.promises.listing import promise_visible_to
from dossiers.interactions.views.blueprint import interactions_room
from dossiers.interactions.views.promise_forms import QUESTIONS, Sent
from dossiers.interactions.views.promises import promise_page
from dossiers.people.views.deeds import tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.addresses import safe_next
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, say


@interactions_room.post("/promises/<int:promise_id>/<deed>")
@needs(Permission.EDIT_DOSSIERS)
def act(promise_id: int, deed: str) -> ResponseReturnValue:
    """Do it and go back to `next`; else the page of the promise with what is wrong."""
    line = promise_visible_to(reading(), actor(), promise_id)
    if deed not in QUESTIONS:
        raise Missing()
    check_may_edit(actor(), client_visible_to(reading(), actor(), line.client_id).team_id)
    form = QUESTIONS[deed].form(prefix=deed)
    if not form.validate():
        return promise_page(promise_id, Sent(deed, form)), 422
    back = safe_next(request.form.get("next"), line.url)
    try:
        with transaction() as session:
            change = QUESTIONS[deed].do(session, actor(), line.client_id, promise_id, form)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        form.form_errors.append(say(refusal))
        flash(say(refusal), "danger")
        return promise_page(promise_id, Sent(deed, form)), refusal.status
    if change is None:
        flash(_("These are its words already."), "success")
    else:
        tell_done(change, line.client_id, back)
    return redirect(back)
