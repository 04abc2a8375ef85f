"""Taking a change of a dossier back, and doing it again, with one button."""

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from dossiers.clients.deed_words import told
from dossiers.clients.queries import client_visible_to
from dossiers.people.editing.aftermath import first_of, is_in_force
from dossiers.people.editing.pen import open_dossier
from dossiers.people.editing.taking_back import take_back
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.deeds import tell
from wiki.accounts.access import actor, needs
from wiki.accounts.addresses import safe_next
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, say


@people_room.post("/clients/<int:client_id>/changes/<int:change_id>/undo")
@needs(Permission.EDIT_DOSSIERS)
def undo(client_id: int, change_id: int) -> ResponseReturnValue:
    """Take a change back (or, when it is itself such a one, do it again); then to `next`."""
    client_visible_to(reading(), actor(), client_id)
    back = safe_next(request.form.get("next"), f"/clients/{client_id}/history")
    try:
        _take_back(client_id, change_id, back)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        flash(say(refusal), "danger")
    return redirect(back)


def _take_back(client_id: int, change_id: int, back: str) -> None:
    with transaction() as session:
        change = take_back(open_dossier(session, actor(), client_id), change_id)
        first, again = first_of(session, change), is_in_force(session, change)
    what = told(first.action, first.words)
    if again:
        said, button = _("Done again: %(what)s.", what=what), _("Take it back")
    else:
        said, button = _("Taken back: %(what)s.", what=what), _("Do it again")
    tell(said, button, change, client_id, back)
