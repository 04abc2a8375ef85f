"""The versions of a path: the list, one as it was, two compared, an old one restored."""

from datetime import date

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from dossiers.approvals.actors import actors_on
from dossiers.approvals.compare_words import Names, differences_told
from dossiers.approvals.paths.queries import (
    Version,
    heading_in_force,
    headings_of,
    version_numbered,
)
from dossiers.approvals.paths.services import restore_version
from dossiers.approvals.paths.standing import told_by
from dossiers.approvals.paths.versions import version_lines
from dossiers.approvals.shown import category_names, steps_shown
from dossiers.approvals.views.blueprint import Room, approvals_room, room_of, today
from dossiers.clients.deed_words import told
from dossiers.clients.rules import may_edit
from dossiers.facts.asking import Moment
from dossiers.people.views.deeds import day_asked, tell_done
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.database import reading, transaction
from wiki.errors import Missing
from wiki.pages.forms import number_in_address

_AT = "/clients/<int:client_id>/paths/<int:path_id>/versions"


@approvals_room.get(_AT)
def versions(client_id: int, path_id: int) -> ResponseReturnValue:
    """All versions, the newest first; two of them can be chosen to be compared."""
    room = room_of(client_id, path_id, "path versions")
    return render_template(
        "dossiers/approvals/versions.html",
        **_head(room),
        lines=version_lines(reading(), path_id),
        told=told,
    )


@approvals_room.get(f"{_AT}/<int:number>")
def version(client_id: int, path_id: int, number: int) -> ResponseReturnValue:
    """One version as it was saved, with those who acted when it began to hold, or on `on`."""
    room = room_of(client_id, path_id, "path versions")
    found = version_numbered(reading(), path_id, number)
    head = _head(room)
    day = day_asked(request.args.get("on", "")) or _day_of(found, head["in_force"])
    steps = steps_shown(reading(), client_id, found.document, Moment(day))
    confirmed = told_by(reading(), [found.confirmation] if found.confirmation else [])
    return render_template(
        "dossiers/approvals/version.html",
        **head,
        version=found,
        confirmed=next(iter(confirmed.values()), None),
        steps=steps,
        categories=category_names(reading(), [found.document]),
        day=day,
        today=today(),
    )


def _day_of(version: Version, in_force: object) -> date:
    """Today for the version in force; for any other the day since which it was to hold."""
    return today() if version.row.number == in_force else version.row.valid_from


@approvals_room.get(f"{_AT}/compare")
def compare_versions(client_id: int, path_id: int) -> ResponseReturnValue:
    """What differs between the versions `from` and `to`, in words."""
    room = room_of(client_id, path_id, "path versions")
    one, other = (_asked(path_id, name) for name in ("from", "to"))
    old, new = sorted((one, other), key=lambda found: found.row.number)
    documents = (old.document, new.document)
    positions = documents[0].positions() | documents[1].positions()
    names = Names(
        actors_on(reading(), client_id, positions, Moment(today())),
        category_names(reading(), documents),
    )
    return render_template(
        "dossiers/approvals/compare.html",
        **_head(room),
        old=old.row,
        new=new.row,
        differences=differences_told(*documents, names),
    )


def _asked(path_id: int, name: str) -> Version:
    """The version that the address names. Raises `Missing`."""
    number = request.args.get(name, 0, type=number_in_address)
    if not number:
        raise Missing()
    return version_numbered(reading(), path_id, number)


@approvals_room.post(f"{_AT}/<int:number>/restore")
@needs(Permission.EDIT_DOSSIERS)
def restore(client_id: int, path_id: int, number: int) -> ResponseReturnValue:
    """Make an old version the newest again."""
    room_of(client_id, path_id)
    with transaction() as session:
        change = restore_version(session, actor(), client_id, path_id, number).change
    here = f"/clients/{client_id}/paths/{path_id}"
    tell_done(change, client_id, here)
    return redirect(here)


def _head(room: Room) -> dict[str, object]:
    """What every page of versions shows of its path."""
    headings = headings_of(reading(), [room.path.id]).get(room.path.id, [])
    return {
        "client": room.client,
        "path": room.path,
        "in_force": heading_in_force(headings, today()).number if headings else 0,
        "editable": may_edit(actor(), room.client.team_id),
    }
