"""The page of one position, and that of a new one."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.clients.changes import newest_change
from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.facts.asking import Moment
from dossiers.people.api import moment_of
from dossiers.people.editing.uses import uses_of
from dossiers.people.forms.positions import NewPositionForm
from dossiers.people.forms.said import Said
from dossiers.people.panels import place_panels_of
from dossiers.people.queries import check_position_of
from dossiers.people.reading import choices
from dossiers.people.reading.past import AT_FIRST, MOST, past_of_position
from dossiers.people.reading.position import PositionShown, position_at
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.deeds import Sent, ask, day_asked, question, tell_done, today
from dossiers.people.views.position_deeds import NEW, QUESTIONS
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.pages.forms import number_in_address


@people_room.get("/clients/<int:client_id>/positions/<int:position_id>")
def position(client_id: int, position_id: int) -> ResponseReturnValue:
    """What a position is on a day (`on`), as known on another (`known`), with all its forms."""
    client = client_visible_to(reading(), actor(), client_id)
    check_position_of(reading(), client_id, position_id)
    with transaction() as session:
        note_look(session, actor(), client_id, "position")
    return _page(client, position_id, None)


@people_room.post("/clients/<int:client_id>/positions/<int:position_id>/<deed>")
@needs(Permission.EDIT_DOSSIERS)
def change_position(client_id: int, position_id: int, deed: str) -> ResponseReturnValue:
    """Answer one question of the page; a refused one comes back with what was typed."""
    client = client_visible_to(reading(), actor(), client_id)
    check_position_of(reading(), client_id, position_id)
    done = ask(question(QUESTIONS, deed), deed, client_id, position_id)
    if isinstance(done, Sent):
        return _page(client, position_id, done), done.status
    here = f"/clients/{client_id}/positions/{position_id}"
    tell_done(done, client_id, here)
    return redirect(f"/clients/{client_id}/chart" if deed == "remove" else here)


def _page(client: Client, position_id: int, sent: Sent | None) -> str:
    session = fresh_reading()
    known = day_asked(request.args.get("known", ""))
    moment = moment_of(actor(), day_asked(request.args.get("on", "")), known)
    shown = position_at(session, position_id, moment)
    editable = may_edit(actor(), client.team_id) and shown.what is not None and known is None
    whole = request.args.get("history") == "all"
    branch = choices.branch_of(session, position_id, moment.day) if editable else set()
    return render_template(
        "dossiers/people/position.html",
        client=client,
        shown=shown,
        day=moment.day,
        known=known,
        today=today(),
        forms=_forms(client, shown, moment, sent) if editable else {},
        sent=sent.name if sent else "",
        positions=choices.few_positions(session, client.id, moment) if editable else (),
        branch=branch,
        uses=uses_of(session, client.id, branch),
        panels=place_panels_of(session, actor(), client, [position_id]),
        past=past_of_position(session, client.id, position_id, MOST if whole else AT_FIRST),
    )


def _forms(
    client: Client, shown: PositionShown, moment: Moment, sent: Sent | None
) -> dict[str, Said]:
    """Every form of the page with what is true now in it; the refused one as it was typed."""
    data = _present(shown)
    general = {"base": newest_change(reading(), client.id), "since": moment.day}
    made = {
        name: asked.form(formdata=None, prefix=name, data={**general, **data.get(name, {})})
        for name, asked in QUESTIONS.items()
    }
    if sent:
        made[sent.name] = sent.form
        sent.form.base.data = str(general["base"])
    made["end"].offer(shown.holders)
    return made


def _present(shown: PositionShown) -> Mapping[str, Mapping[str, Any]]:
    if shown.what is None:
        return {}
    what, manager = shown.what, shown.manager
    title = {
        "title": what.title,
        "unit": what.unit,
        "kind": what.kind.value,
        "code": what.code,
        "is_known": what.is_known,
    }
    above = choices.seat_label(manager.id, manager.title, manager.holders) if manager else ""
    return {"title": title, "manager": {"manager": above}}


@people_room.route("/clients/<int:client_id>/positions/new", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def new_position(client_id: int) -> ResponseReturnValue:
    """Write a position down, under the one that `?manager=` names."""
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    if request.method == "GET":
        return _new_page(client, _prefilled(client_id))
    done = ask(NEW, "", client_id, 0)
    if isinstance(done, Sent):
        done.form.base.data = str(newest_change(reading(), client_id))
        return _new_page(client, done.form), done.status
    tell_done(done, client_id, f"/clients/{client_id}/chart")
    made = request.form.get("then", "")
    return redirect(f"/clients/{client_id}/{'positions/new' if made == 'again' else 'chart'}")


def _prefilled(client_id: int) -> NewPositionForm:
    moment = Moment(today())
    asked = request.args.get("manager", 0, type=number_in_address)
    data = {
        "base": newest_change(reading(), client_id),
        "since": moment.day,
        "manager": choices.position_label(reading(), client_id, asked, moment),
    }
    return NewPositionForm(None, data=data)


def _new_page(client: Client, form: Said) -> str:
    return render_template(
        "dossiers/people/position_new.html",
        client=client,
        form=form,
        positions=choices.few_positions(reading(), client.id, Moment(today())),
        today=today(),
    )
