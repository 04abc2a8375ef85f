"""The page of one person, in the context of one dossier."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from dossiers.clients.changes import newest_change
from dossiers.clients.deeds import note_look
from dossiers.clients.queries import client_visible_to
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import Moment
from dossiers.people.chart.snapshot import Acquaintance
from dossiers.people.forms.said import Said
from dossiers.people.kinds import Aspect
from dossiers.people.models import Person
from dossiers.people.panels import place_panels_of
from dossiers.people.queries import Dossier, colleagues, dossiers_of, person_visible_to
from dossiers.people.reading import choices, names
from dossiers.people.reading.deal_names import deals_of
from dossiers.people.reading.judged import Judged, acquaintances_at, judged_at, ties_of
from dossiers.people.reading.past import AT_FIRST, MOST, past_of_person
from dossiers.people.reading.places import next_place, places_of
from dossiers.people.reading.reached import contacts_of, other_names_of
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.deeds import Sent, ask, question, tell_done, today
from dossiers.people.views.person_deeds import QUESTIONS
from dossiers.people.wording import ASPECTS
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import fresh_reading, reading, transaction
from wiki.errors import Missing
from wiki.pages.forms import number_in_address


@people_room.get("/persons/<int:person_id>")
def person(person_id: int) -> ResponseReturnValue:
    """Everything known of a person; `client` names the dossier that the forms write into."""
    one = person_visible_to(reading(), actor(), person_id)
    asked = request.args.get("client", type=number_in_address)
    if one.id != person_id:
        return redirect(address_of(one.id, asked))
    dossiers = dossiers_of(reading(), actor(), person_id)
    with transaction() as session:
        for dossier in dossiers:
            note_look(session, actor(), dossier.id, "person")
    chosen = next((d for d in dossiers if d.id == asked), dossiers[0])
    return _page(one, dossiers, chosen, None)


@people_room.post("/persons/<int:person_id>/<deed>")
@needs(Permission.EDIT_DOSSIERS)
def change_person(person_id: int, deed: str) -> ResponseReturnValue:
    """Answer one question of the page; a refused one comes back with what was typed."""
    one = person_visible_to(reading(), actor(), person_id)
    dossiers = dossiers_of(reading(), actor(), one.id)
    asked = request.form.get("client", type=number_in_address)
    chosen = next((dossier for dossier in dossiers if dossier.id == asked), None)
    if chosen is None or one.id != person_id:
        raise Missing()
    done = ask(question(QUESTIONS, deed), deed, chosen.id, person_id)
    if isinstance(done, Sent):
        return _page(one, dossiers, chosen, done), done.status
    here = address_of(person_id, chosen.id)
    tell_done(done, chosen.id, here)
    return redirect(here)


def address_of(person_id: int, client_id: int | None) -> str:
    """The address of a person's page in the context of a dossier."""
    return f"/persons/{person_id}" + (f"?client={client_id}" if client_id else "")


def _page(one: Person, dossiers: Sequence[Dossier], chosen: Dossier, sent: Sent | None) -> str:
    session, day = fresh_reading(), today()
    moment, idents = Moment(day), [one.id]
    places = places_of(session, actor(), idents, day).get(one.id, [])
    ours = acquaintances_at(session, chosen.id, idents, moment).get(one.id, [])
    editable = may_edit(actor(), chosen.team_id)
    here = [p for p in places if p.client_id == chosen.id and p.is_on(day)]
    whole = request.args.get("history") == "all"
    return render_template(
        "dossiers/people/person.html",
        person=one,
        dossiers=dossiers,
        client=chosen,
        places=places,
        went={place: next_place(places, place) for place in places},
        works_here=bool(here),
        contacts=contacts_of(session, actor(), idents, day).get(one.id, []),
        other_names=other_names_of(session, actor(), one.id),
        judged=_by_aspect(judged_at(session, chosen.id, idents, moment).get(one.id, [])),
        aspects=ASPECTS,
        ties=ties_of(session, chosen.id, one.id, day),
        ours=ours,
        today=day,
        forms=_forms(one, chosen, ours, day, sent) if editable else {},
        sent=sent.name if sent else "",
        past=past_of_person(session, actor(), one.id, MOST if whole else AT_FIRST),
        panels=_panels(chosen.id, [p.position_id for p in here if p.position_id]),
        **(_offers(chosen.id, day) if editable else {}),
    )


def _panels(client_id: int, positions: Sequence[int]) -> list[Markup]:
    client = client_visible_to(reading(), actor(), client_id)
    return place_panels_of(reading(), actor(), client, positions)


def _by_aspect(judged: Sequence[Judged]) -> dict[Aspect, list[Judged]]:
    return {aspect: [one for one in judged if one.aspect is aspect] for aspect in Aspect}


def _offers(client_id: int, day: date) -> dict[str, Any]:
    """What the boxes suggest without asking the server."""
    few, session = choices.MOST_WITHOUT_TYPING, reading()
    people = names.people_here(session, client_id, few + 1)
    clients = names.clients_near(session, actor(), "", few + 1)
    return {
        "positions": choices.few_positions(session, client_id, Moment(day)),
        "people": people if len(people) <= few else [],
        "clients": clients if len(clients) <= few else [],
        "deals": deals_of(session, client_id),
    }


def _forms(
    one: Person, chosen: Dossier, ours: Sequence[Acquaintance], day: date, sent: Sent | None
) -> dict[str, Said]:
    """Every form of the page; the refused one as it was typed."""
    base = newest_change(reading(), chosen.id)
    special = {"name": {"name": one.name}, "acquaintance": _known_by_me(ours)}
    made = {
        name: asked.form(
            formdata=None,
            prefix=name,
            data={"base": base, "since": day, **special.get(name, {})},
        )
        for name, asked in QUESTIONS.items()
    }
    if sent:
        made[sent.name] = sent.form
        sent.form.base.data = str(base)
    made["acquaintance"].offer(colleagues(reading()))
    return made


def _known_by_me(ours: Sequence[Acquaintance]) -> Mapping[str, Any]:
    """How well the actor knows the person by now, to begin with."""
    for known in ours:
        if known.user_id == actor().id:
            return {
                "colleague": str(known.user_id),
                "coverage": known.coverage.value,
                "level": known.level.value if known.level else "",
                "wanted": known.wanted.value if known.wanted else "",
                "wanted_by": known.wanted_by,
                "evidence": known.evidence,
            }
    return {"colleague": str(actor().id)}
