"""The programs' door to paths: list, read, write, restore, archive, and who walks them."""

from typing import Any

from flask import jsonify
from spectree import Response

from products.onboarding.paths.beginning import begin_path
from products.onboarding.paths.enrolling import Group, Terms, end_enrolment, enrol
from products.onboarding.paths.queries import Enrolled, enrolments_of, path_lines
from products.onboarding.paths.services import (
    Draft,
    Saved,
    change_head,
    create_path,
    restore_version,
    save_items,
    set_archived,
)
from products.onboarding.paths.shapes import (
    EnrolIn,
    HeadIn,
    ItemsIn,
    NewPathIn,
    PathOut,
    PathQuery,
    PathsOut,
    PathsQuery,
    PeopleOut,
    SavedOut,
    VersionsOut,
)
from products.onboarding.paths.shown import Place, places_of, seconds_of
from products.onboarding.paths.versions import path_numbered, version_lines, version_numbered
from wiki import clock
from wiki.accounts.access import actor, for_programs, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading, transaction

_TAGS = ("learning",)
_AT = "/learning/paths"
_ONE = f"{_AT}/<int:path_id>"
_FAILURES = {"HTTP_403": Failure, "HTTP_404": Failure, "HTTP_409": Failure, "HTTP_422": Failure}
_SAVED = Response(HTTP_200=SavedOut, **_FAILURES)


@api.get(_AT)
@needs(Permission.READ)
@spec.validate(query=PathsQuery, resp=Response(HTTP_200=PathsOut, HTTP_422=Failure), tags=_TAGS)
def list_reading_paths(query: PathsQuery) -> Answer:
    """All reading paths in use, or those in the archive."""
    found = path_lines(reading(), archived=query.archived)
    return jsonify(paths=[{**line._asdict(), "team": line.team_id} for line in found])


@api.post(_AT)
@for_programs
@needs(Permission.EDIT_READING_PATHS)
@spec.validate(json=NewPathIn, resp=_SAVED, tags=_TAGS)
def write_reading_path(json: NewPathIn) -> Answer:
    """Make a reading path with its first version."""
    items = tuple(one.item() for one in json.items)
    with transaction() as session:
        return _saved(create_path(session, actor(), json.head(), items))


@api.get(_ONE)
@needs(Permission.READ)
@spec.validate(query=PathQuery, resp=Response(HTTP_200=PathOut, **_FAILURES), tags=_TAGS)
def get_reading_path(path_id: int, query: PathQuery) -> Answer:
    """A reading path as the newest version, or the one of that number, has it."""
    path = path_numbered(reading(), path_id)
    version = version_numbered(reading(), path_id, query.version or path.newest)
    places = places_of(reading(), actor(), version.items)
    return jsonify(
        id=path.id,
        title=path.title,
        purpose=path.purpose,
        role=path.role,
        team=path.team_id,
        archived=path.archived,
        newest=path.newest,
        version=version.number,
        seconds=seconds_of(places),
        items=[_item(place) for place in places],
    )


@api.post(_ONE)
@for_programs
@needs(Permission.EDIT_READING_PATHS)
@spec.validate(json=ItemsIn, resp=_SAVED, tags=_TAGS)
def save_reading_path(path_id: int, json: ItemsIn) -> Answer:
    """Save a new version; joined with what others saved since `base`, or refused with a 409."""
    draft = Draft(tuple(one.item() for one in json.items), json.base, json.why)
    with transaction() as session:
        return _saved(save_items(session, actor(), path_id, draft))


@api.post(f"{_ONE}/about")
@for_programs
@needs(Permission.EDIT_READING_PATHS)
@spec.validate(json=HeadIn, resp=_SAVED, tags=_TAGS)
def name_reading_path(path_id: int, json: HeadIn) -> Answer:
    """Give the path another name, purpose, role or team."""
    with transaction() as session:
        change_head(session, actor(), path_id, json.head())
        return _saved(Saved(path_id, path_numbered(session, path_id).newest))


@api.get(f"{_ONE}/versions")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=VersionsOut, HTTP_404=Failure), tags=_TAGS)
def list_reading_path_versions(path_id: int) -> Answer:
    """All versions without their items: who saved each when and why."""
    path_numbered(reading(), path_id)
    lines = version_lines(reading(), path_id)
    return jsonify(
        versions=[{**line._asdict(), "saved_at": line.saved_at.isoformat()} for line in lines]
    )


@api.post(f"{_ONE}/versions/<int:number>/restore")
@for_programs
@needs(Permission.EDIT_READING_PATHS)
@spec.validate(resp=_SAVED, tags=_TAGS)
def bring_reading_path_version_back(path_id: int, number: int) -> Answer:
    """Make an old version the newest again; nothing in between is lost."""
    with transaction() as session:
        return _saved(restore_version(session, actor(), path_id, number))


@api.post(f"{_ONE}/archive")
@for_programs
@needs(Permission.EDIT_READING_PATHS)
@spec.validate(resp=_SAVED, tags=_TAGS)
def put_reading_path_away(path_id: int) -> Answer:
    """Put the path into the archive; what was read stays read."""
    return _archive(path_id, True)


@api.post(f"{_ONE}/bring-back")
@for_programs
@needs(Permission.EDIT_READING_PATHS)
@spec.validate(resp=_SAVED, tags=_TAGS)
def bring_reading_path_back(path_id: int) -> Answer:
    """Bring the path back from the archive."""
    return _archive(path_id, False)


@api.get(f"{_ONE}/people")
@needs(Permission.EDIT_READING_PATHS)
@spec.validate(resp=Response(HTTP_200=PeopleOut, **_FAILURES), tags=_TAGS)
def list_reading_path_people(path_id: int) -> Answer:
    """Who is or was on the path."""
    path_numbered(reading(), path_id)
    people = enrolments_of(reading(), path_ids=[path_id], with_ended=True)
    return jsonify(people=[_walker(one) for one in people])


@api.post(f"{_ONE}/people")
@for_programs
@needs(Permission.EDIT_READING_PATHS)
@spec.validate(json=EnrolIn, resp=_SAVED, tags=_TAGS)
def put_people_on_reading_path(path_id: int, json: EnrolIn) -> Answer:
    """Put people, a role or a team on the path."""
    group = Group(frozenset(json.users), json.role, json.team)
    terms = Terms(json.began_on or clock.today(actor().time_zone), json.mentor)
    with transaction() as session:
        enrol(session, actor(), path_id, group, terms)
        return _saved(Saved(path_id, path_numbered(session, path_id).newest))


@api.post(f"{_ONE}/begin")
@for_programs
@needs(Permission.READ)
@spec.validate(resp=_SAVED, tags=_TAGS)
def begin_reading_path(path_id: int) -> Answer:
    """Walk a path that is meant for oneself, from today on; twice is no more than once."""
    with transaction() as session:
        begin_path(session, actor(), path_id)
        return _saved(Saved(path_id, path_numbered(session, path_id).newest))


@api.post(f"{_ONE}/people/<int:enrolment_id>/end")
@for_programs
@needs(Permission.EDIT_READING_PATHS)
@spec.validate(resp=_SAVED, tags=_TAGS)
def take_off_reading_path(path_id: int, enrolment_id: int) -> Answer:
    """Take somebody off the path; what was read stays read."""
    with transaction() as session:
        end_enrolment(session, actor(), path_id, enrolment_id)
        return _saved(Saved(path_id, path_numbered(session, path_id).newest))


def _archive(path_id: int, away: bool) -> Answer:
    with transaction() as session:
        set_archived(session, actor(), path_id, away)
        return _saved(Saved(path_id, path_numbered(session, path_id).newest))


def _saved(saved: Saved) -> Answer:
    return jsonify(id=saved.path_id, version=saved.number, merged=saved.merged)


def _item(place: Place) -> dict[str, Any]:
    item = place.item
    return {
        "code": item.code,
        "kind": item.kind.value,
        "page": place.page.id if place.page and item.page_id else None,
        "title": item.title,
        "name": place.name,
        "state": place.state.value,
        "due_day": item.due_day,
        "after": list(item.after),
    }


def _walker(one: Enrolled) -> dict[str, Any]:
    return {
        "id": one.id,
        "user": one.user_id,
        "name": one.name,
        "left": one.left,
        "mentor": one.mentor,
        "began_on": one.began_on.isoformat(),
        "ended_on": one.ended_on.isoformat() if one.ended_on else None,
    }
