"""Everybody at a client: the list, and writing somebody down."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from dossiers.clients.changes import newest_change
from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.facts.asking import Moment
from dossiers.people.forms.persons import NewPersonForm
from dossiers.people.forms.said import Said
from dossiers.people.kinds import Role
from dossiers.people.reading import choices
from dossiers.people.reading.listing import PeoplePage, Show, people_at
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.deeds import Sent, ask, tell_done, today
from dossiers.people.views.person_deeds import NEW
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.pages.content import one_line
from wiki.pages.forms import number_in_address

_LONGEST_TYPED = 200
_DEEPEST = 10_000


def page_asked() -> PeoplePage:
    """Which people, and which part of their list, an address asks for."""
    shown = request.args.get("show", "")
    return PeoplePage(
        (),
        0,
        min(request.args.get("page", 1, type=number_in_address), _DEEPEST),
        Show(shown) if shown in set(Show) else Show.NOW,
        one_line(request.args.get("q", "")[:_LONGEST_TYPED]),
    )


@people_room.get("/clients/<int:client_id>/people")
def people(client_id: int) -> ResponseReturnValue:
    """Who works (or worked: `show`) at the client, those of whom the name holds `q`."""
    client = client_visible_to(reading(), actor(), client_id)
    page = people_at(reading(), actor(), client_id, today(), page_asked())
    with transaction() as session:
        note_look(session, actor(), client_id, "people")
    return render_template(
        "dossiers/people/people.html",
        client=client,
        page=page,
        pager=_Pager(page, client_id),
        may_edit=may_edit(actor(), client.team_id),
    )


class _Pager:
    """The links to the parts before and after."""

    def __init__(self, page: PeoplePage, client_id: int) -> None:
        self.number, self.count = page.number, page.count
        self.has_previous, self.has_next = page.has_previous, page.has_next
        self.previous_url, self.next_url = (
            url_for(
                "people_room.people",
                client_id=client_id,
                show=page.shown.value,
                q=page.typed or None,
                page=number,
            )
            for number in (page.number - 1, page.number + 1)
        )


@people_room.route("/clients/<int:client_id>/people/new", methods=["GET", "POST"])
@needs(Permission.EDIT_DOSSIERS)
def new_person(client_id: int) -> ResponseReturnValue:
    """Write somebody down; `role` and `position` in the address are filled in already."""
    client = client_visible_to(reading(), actor(), client_id)
    check_may_edit(actor(), client.team_id)
    if request.method == "GET":
        return _new_page(client, _prefilled(client_id))
    done = ask(NEW, "", client_id, 0)
    if isinstance(done, Sent):
        done.form.base.data = str(newest_change(fresh_reading(), client_id))
        return _new_page(client, done.form), done.status
    back = f"/clients/{client_id}/people"
    tell_done(done, client_id, back)
    return redirect(f"{back}/new" if request.form.get("then") == "again" else back)


def _prefilled(client_id: int) -> NewPersonForm:
    moment = Moment(today())
    position = request.args.get("position", 0, type=number_in_address)
    role = request.args.get("role", "")
    data = {
        "base": newest_change(reading(), client_id),
        "since": moment.day,
        "name": request.args.get("name", "")[:_LONGEST_TYPED],
        "position": choices.position_label(reading(), client_id, position, moment),
        "role": role if role in set(Role) else "",
    }
    return NewPersonForm(None, data=data)


def _new_page(client: Client, form: Said) -> str:
    return render_template(
        "dossiers/people/person_new.html",
        client=client,
        form=form,
        positions=choices.few_positions(fresh_reading(), client.id, Moment(today())),
        today=today(),
    )
