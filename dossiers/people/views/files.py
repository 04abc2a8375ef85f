"""People taken out as files for other programs: the chart as CSV, a person as vCard."""

from io import BytesIO

from flask import Response, send_file

from dossiers.clients.deeds import note_export
from dossiers.clients.queries import client_visible_to
from dossiers.people.api import moment_of
from dossiers.people.chart.branches import branch_of
from dossiers.people.chart.queries import chart_of
from dossiers.people.kinds import ContactKind
from dossiers.people.queries import dossiers_of, person_visible_to
from dossiers.people.reading.places import places_of
from dossiers.people.reading.reached import Contact
from dossiers.people.reading.reached import contacts_of as reached
from dossiers.people.transfer.cards import card_of
from dossiers.people.transfer.exporting import chart_csv, contacts_of
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.changes import day_in_address
from dossiers.people.views.deeds import today
from dossiers.people.views.exports import file_name, root_in
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction


@people_room.get("/clients/<int:client_id>/chart.csv")
@needs(Permission.READ)
def chart_table(client_id: int) -> Response:
    """The chart of a day (`on`), as known on another (`known`), or the branch `root`, as CSV."""
    client = client_visible_to(reading(), actor(), client_id)
    moment = moment_of(actor(), day_in_address("on"), day_in_address("known"))
    chart = chart_of(reading(), client_id, moment)
    root = root_in(chart)
    if root is not None:
        chart = branch_of(chart, root)
    text = chart_csv(chart, contacts_of(reading(), client_id, chart.names, moment))
    with transaction() as session:
        note_export(session, actor(), client_id, "chart.csv")
    return _file(text, "text/csv", f"{file_name(client.name, chart.day)}.csv")


@people_room.get("/persons/<int:person_id>.vcf")
@needs(Permission.READ)
def person_card(person_id: int) -> Response:
    """A person as an address card: name, present place, telephones and addresses that reach."""
    person, day = person_visible_to(reading(), actor(), person_id), today()
    dossiers = dossiers_of(reading(), actor(), person.id)
    places = places_of(reading(), actor(), [person.id], day).get(person.id, [])
    here = next((place for place in places if place.is_on(day)), None)
    values = {
        kind: [one.value for one in _reaching(person.id) if one.kind is kind]
        for kind in ContactKind
    }
    text = card_of(
        person.name,
        values[ContactKind.EMAIL],
        values[ContactKind.PHONE],
        here.title if here else "",
        here.client if here else "",
    )
    with transaction() as session:
        for dossier in dossiers:
            note_export(session, actor(), dossier.id, "person.vcf")
    return _file(text, "text/vcard", f"{file_name(person.name, day)}.vcf")


def _reaching(person_id: int) -> list[Contact]:
    found = reached(reading(), actor(), [person_id], today()).get(person_id, [])
    return [one for one in found if not one.is_old]


def _file(text: str, media_type: str, name: str) -> Response:
    answer = send_file(
        BytesIO(text.encode()),
        mimetype=media_type,
        as_attachment=True,
        download_name=name,
        max_age=None,
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
