"""The browser's door to the grid of our people and theirs, and to who holds the reach."""

from dataclasses import dataclass
from math import ceil

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import check_may_edit, may_edit
from dossiers.facts.asking import Moment
from dossiers.facts.models import Change
from dossiers.people import wording
from dossiers.people.chart.queries import chart_of
from dossiers.people.chart.snapshot import Acquaintance, Chart
from dossiers.people.editing.judging import Acquainted, acquaint
from dossiers.people.editing.pen import open_dossier
from dossiers.people.forms.persons import AcquaintForm
from dossiers.people.forms.said import code_in, number_of, typed
from dossiers.people.insight.grid import grid_of, people_by_weight
from dossiers.people.insight.ours import ours_at
from dossiers.people.insight.reach import reach_of
from dossiers.people.insight.wording import rule_of_reach
from dossiers.people.kinds import Coverage, Level
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.deeds import tell_done, today
from wiki.accounts.access import actor, needs
from wiki.accounts.queries import active_people
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import say
from wiki.pages.forms import number_in_address

ROWS_OF_A_PAGE = 50


@dataclass(frozen=True)
class Pages:
    """Which of the pages of a long grid this is; the pager of the macros shows it."""

    client_id: int
    number: int
    count: int
    everybody: bool

    @property
    def has_previous(self) -> bool:
        """Whether there are rows before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether there are rows behind."""
        return self.number < self.count

    @property
    def previous_url(self) -> str:
        """The address of the page before."""
        return self._url(self.number - 1)

    @property
    def next_url(self) -> str:
        """The address of the page behind."""
        return self._url(self.number + 1)

    def _url(self, number: int) -> str:
        who = "who=all&" if self.everybody else ""
        return f"/clients/{self.client_id}/coverage?{who}page={number}"


@people_room.get("/clients/<int:client_id>/coverage")
@needs(Permission.READ)
def coverage(client_id: int) -> str:
    """Our people against theirs, the heaviest first; `who=all` shows those without a part, too."""
    client = client_visible_to(reading(), actor(), client_id)
    chart = chart_of(reading(), client_id, Moment(today()))
    everybody = request.args.get("who") == "all"
    people = people_by_weight(chart, everybody)
    pages = _pages(client_id, len(people), everybody)
    start = (pages.number - 1) * ROWS_OF_A_PAGE
    ours = ours_at(reading(), chart, _newcomer(client))
    with transaction() as session:
        note_look(session, actor(), client_id, "coverage")
    return render_template(
        "dossiers/people/coverage.html",
        client=client,
        grid=grid_of(chart, ours, people[start : start + ROWS_OF_A_PAGE]),
        pages=pages,
        everybody=everybody,
        shown=len(people),
        total=len(chart.names),
        reach=reach_of(chart),
        rule=rule_of_reach(),
        may_edit=may_edit(actor(), client.team_id),
        words=wording,
    )


def _pages(client_id: int, rows: int, everybody: bool) -> Pages:
    count = max(1, ceil(rows / ROWS_OF_A_PAGE))
    asked = request.args.get("page", 1, type=number_in_address)
    return Pages(client_id, min(max(asked, 1), count), count, everybody)


def _newcomer(client: Client) -> tuple[int, str] | None:
    """Who may write has a column of their own, even before they know anybody."""
    person = actor()
    return (person.id, person.name) if may_edit(person, client.team_id) else None


@people_room.get("/clients/<int:client_id>/coverage/<int:person_id>")
@needs(Permission.EDIT_DOSSIERS)
def acquaintance(client_id: int, person_id: int) -> str:
    """The form of one cell: how well `user` knows the person."""
    client, chart = _to_edit(reading(), client_id, person_id)
    user = request.args.get("user", actor().id, type=number_in_address)
    form = AcquaintForm(formdata=None, **_said_until_now(chart, user, person_id))
    return _cell_page(client, chart, person_id, form)


@people_room.post("/clients/<int:client_id>/coverage/<int:person_id>")
@needs(Permission.EDIT_DOSSIERS)
def acquaint_with(client_id: int, person_id: int) -> ResponseReturnValue:
    """Write down how well one of ours knows the person."""
    client, chart = _to_edit(reading(), client_id, person_id)
    form = AcquaintForm()
    if not form.validate():
        return _cell_page(client, chart, person_id, form), 422
    try:
        change = _acquaint(form, client_id, person_id)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        form.form_errors.append(say(refusal))
        return _cell_page(client, chart, person_id, form), refusal.status
    back = f"/clients/{client_id}/coverage"
    tell_done(change, client_id, back)
    return redirect(f"{back}#person-{person_id}")


def _acquaint(form: AcquaintForm, client_id: int, person_id: int) -> Change:
    how = Acquainted(
        Coverage(form.coverage.data),
        code_in(Level, form.level),
        code_in(Level, form.wanted),
        form.wanted_by.data,
        typed(form.evidence),
    )
    said = form.told(today())
    with transaction() as session:
        pen = open_dossier(session, actor(), client_id, form.since.data, said, form.seen)
        return acquaint(pen, number_of(form.colleague), person_id, how)


def _to_edit(session: Session, client_id: int, person_id: int) -> tuple[Client, Chart]:
    """The client and its chart, for somebody who may write, of a person who works there."""
    client = client_visible_to(session, actor(), client_id)
    chart = chart_of(session, client_id, Moment(today()))
    if person_id not in chart.names:
        raise Missing()
    check_may_edit(actor(), client.team_id)
    return client, chart


def _said_until_now(chart: Chart, user: int, person_id: int) -> dict[str, object]:
    known = _known(chart, user, person_id)
    if known is None:
        return {"colleague": str(user)}
    return {
        "colleague": str(user),
        "coverage": known.coverage.value,
        "level": known.level or "",
        "wanted": known.wanted or "",
        "wanted_by": known.wanted_by,
        "evidence": known.evidence,
    }


def _known(chart: Chart, user: int, person_id: int) -> Acquaintance | None:
    both = (user, person_id)
    found = (one for one in chart.acquaintances if (one.user_id, one.person_id) == both)
    return next(found, None)


def _cell_page(client: Client, chart: Chart, person_id: int, form: AcquaintForm) -> str:
    form.offer(active_people(reading()))
    return render_template(
        "dossiers/people/acquaintance.html",
        client=client,
        person_id=person_id,
        name=chart.names[person_id],
        form=form,
    )
