"""The browser's door to people and clients that stand twice: find, compare, merge, keep apart."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dossiers.clients.deeds import note_look
from dossiers.clients.models import Client
from dossiers.clients.rules import check_may_edit
from dossiers.facts.asking import Moment
from dossiers.facts.models import Change
from dossiers.people.duplicates import clients, finding, people
from dossiers.people.duplicates.apart import Kind, apart, keep_apart, no_longer_apart
from dossiers.people.duplicates.pairs import Pair
from dossiers.people.duplicates.showing import client_sides, people_sides
from dossiers.people.duplicates.wording import WHYS
from dossiers.people.views.blueprint import people_room
from dossiers.people.views.deeds import tell_done, today
from wiki.accounts.access import actor, needs
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.database import reading, transaction
from wiki.errors import Forbidden, Missing, Refusal
from wiki.locale import _, say
from wiki.pages.forms import number_in_address

PAIRS_OF_A_PAGE = 30


@dataclass(frozen=True)
class _Room:
    """What differs between merging people and merging clients."""

    kind: Kind
    base: str
    find: Callable[[Session, Actor, Collection[int] | None], list[Pair]]
    check: Callable[[Session, int, int], Sequence[Client]]
    merge: Callable[[Session, Actor, int, int], Change]
    sides: Callable[[Session, Sequence[int]], Mapping[int, Any]]


def _check_people(session: Session, one: int, other: int) -> Sequence[Client]:
    people.pair_visible_to(session, actor(), one, other)
    return people.check_may_merge(session, actor(), one, other)


def _check_clients(session: Session, one: int, other: int) -> Sequence[Client]:
    both = clients.client_pair_visible_to(session, actor(), one, other)
    for client in both:
        check_may_edit(actor(), client.team_id)
    return both


_PEOPLE = _Room(
    Kind.PERSON,
    "/persons",
    finding.people_pairs_visible_to,
    _check_people,
    people.merge_people,
    lambda session, idents: people_sides(session, actor(), idents, Moment(today())),
)
_CLIENTS = _Room(
    Kind.CLIENT,
    "/clients",
    finding.client_pairs_visible_to,
    _check_clients,
    clients.merge_clients,
    lambda session, idents: client_sides(session, idents, Moment(today())),
)


@people_room.get("/persons/duplicates")
@needs(Permission.READ)
def people_twice() -> str:
    """People who may be one, the surest first."""
    return _list(_PEOPLE)


@people_room.get("/clients/duplicates")
@needs(Permission.READ)
def clients_twice() -> str:
    """Clients that may be one, the surest first."""
    return _list(_CLIENTS)


@people_room.get("/persons/<int:one>/merge/<int:other>")
@needs(Permission.EDIT_DOSSIERS)
def compare_people(one: int, other: int) -> str:
    """Two people side by side."""
    return _compare(_PEOPLE, one, other)


@people_room.get("/clients/<int:one>/merge/<int:other>")
@needs(Permission.EDIT_DOSSIERS)
def compare_clients(one: int, other: int) -> str:
    """Two clients side by side."""
    return _compare(_CLIENTS, one, other)


@people_room.post("/persons/<int:one>/merge/<int:other>")
@needs(Permission.EDIT_DOSSIERS)
def merge_two_people(one: int, other: int) -> ResponseReturnValue:
    """Merge them; `keep` says who stays."""
    return _merge(_PEOPLE, one, other)


@people_room.post("/clients/<int:one>/merge/<int:other>")
@needs(Permission.EDIT_DOSSIERS)
def merge_two_clients(one: int, other: int) -> ResponseReturnValue:
    """Merge them; `keep` says which one stays."""
    return _merge(_CLIENTS, one, other)


@people_room.post("/persons/<int:one>/apart/<int:other>")
@needs(Permission.EDIT_DOSSIERS)
def part_people(one: int, other: int) -> ResponseReturnValue:
    """Remember that they are two; with `again` that they may be one after all."""
    return _part(_PEOPLE, one, other)


@people_room.post("/clients/<int:one>/apart/<int:other>")
@needs(Permission.EDIT_DOSSIERS)
def part_clients(one: int, other: int) -> ResponseReturnValue:
    """Remember that they are two; with `again` that they may be one after all."""
    return _part(_CLIENTS, one, other)


def _list(room: _Room) -> str:
    pairs = room.find(reading(), actor(), None)
    start = _first_of_page(len(pairs))
    shown = pairs[start : start + PAIRS_OF_A_PAGE]
    idents = sorted({ident for pair in shown for ident in (pair.low, pair.high)})
    return render_template(
        f"dossiers/people/{room.kind.value}s_twice.html",
        pairs=shown,
        sides=room.sides(reading(), idents),
        count=len(pairs),
        start=start,
        step=PAIRS_OF_A_PAGE,
        whys=WHYS,
        base=room.base,
        may_merge=may(actor(), Permission.EDIT_DOSSIERS),
    )


def _first_of_page(count: int) -> int:
    asked = request.args.get("from", 0, type=number_in_address)
    return min(asked, max(0, count - 1)) // PAIRS_OF_A_PAGE * PAIRS_OF_A_PAGE


def _compare(room: _Room, one: int, other: int, problem: str = "") -> str:
    dossiers = room.check(reading(), one, other)
    both = (min(one, other), max(one, other))
    sides = room.sides(reading(), both)
    found = room.find(reading(), actor(), both)
    parted = both in apart(reading(), room.kind)
    with transaction() as session:
        for client in dossiers:
            note_look(session, actor(), client.id, "duplicates")
    return render_template(
        f"dossiers/people/merge_{room.kind.value}s.html",
        one=sides[one],
        other=sides[other],
        whys=[WHYS[why] for pair in found for why in pair.whys],
        parted=parted,
        base=f"{room.base}/{one}",
        back=f"{room.base}/duplicates",
        problem=problem,
    )


def _merge(room: _Room, one: int, other: int) -> ResponseReturnValue:
    room.check(reading(), one, other)
    keep = request.form.get("keep", type=number_in_address)
    if keep not in (one, other):
        return _compare(room, one, other, _("Choose which of the two stays.")), 422
    try:
        with transaction() as session:
            change = room.merge(session, actor(), keep, other if keep == one else one)
    except (Missing, Forbidden):
        raise
    except Refusal as refusal:
        return _compare(room, one, other, say(refusal)), refusal.status
    there = f"{room.base}/{keep}"
    tell_done(change, change.client_id, there)
    return redirect(there)


def _part(room: _Room, one: int, other: int) -> ResponseReturnValue:
    room.check(reading(), one, other)
    again = "again" in request.form
    with transaction() as session:
        (no_longer_apart if again else keep_apart)(session, actor(), room.kind, one, other)
    if again:
        return redirect(f"{room.base}/{one}/merge/{other}")
    flash(_("Remembered: these are two. They are not shown here again."), "success")
    return redirect(f"{room.base}/duplicates")
