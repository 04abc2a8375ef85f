"""The page of one path."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from products.onboarding.models import ReadingPath
from products.onboarding.paths.beginning import offers_to
from products.onboarding.paths.blueprint import may_edit
from products.onboarding.paths.offers import offers_of
from products.onboarding.paths.pages import unseen_by
from products.onboarding.paths.queries import (
    Enrolled,
    active_colleagues,
    enrolments_of,
    newest_items,
)
from products.onboarding.paths.services import head_of
from products.onboarding.paths.shown import Place, places_of, seconds_of
from products.onboarding.paths.wording import day_name, how_long
from wiki import clock
from wiki.accounts.access import actor
from wiki.accounts.forms import ROLE_NAMES
from wiki.accounts.queries import team_names
from wiki.accounts.rules import Permission, may
from wiki.database import reading
from wiki.errors import Refusal


def draw_path(path: ReadingPath, refusal: Refusal | None = None) -> ResponseReturnValue:
    """The path as the reader walks it; with a refusal the form that was sent stands there again."""
    person = actor()
    items = newest_items(reading(), [path.id]).get(path.id, ())
    places = places_of(reading(), person, items)
    people = enrolments_of(reading(), path_ids=[path.id], with_ended=True)
    teams = team_names(reading())
    html = render_template(
        "products/onboarding/paths/path.html",
        path=path,
        head=head_of(path),
        places=places,
        how_long=how_long(seconds_of(places)),
        time_of=how_long,
        mine=_mine(people, person.id),
        offered=bool(offers_to(reading(), person, path.id)),
        due=_due_words(places, _mine(people, person.id)),
        teams=teams,
        role_names=ROLE_NAMES,
        editable=may_edit(),
        may_write=may(person, Permission.WRITE_PAGES),
        refusal=refusal,
        **(_for_editors(path, places, people, teams) if may_edit() else {}),
    )
    return html, refusal.status if refusal else 200


def _mine(people: Sequence[Enrolled], user_id: int) -> Enrolled | None:
    return next((one for one in people if one.user_id == user_id and one.ended_on is None), None)


def _due_words(places: Sequence[Place], mine: Enrolled | None) -> Mapping[str, Any]:
    """Until when, by the codes of the items: a date for whoever is on the path, else a day."""
    due = {place.item.code: place.item.due_day for place in places}
    if mine is None:
        return {code: day_name(day) for code, day in due.items()}
    return {
        code: mine.began_on + timedelta(days=day) for code, day in due.items() if day is not None
    }


def _for_editors(
    path: ReadingPath,
    places: Sequence[Place],
    people: Sequence[Enrolled],
    teams: Mapping[int, str],
) -> dict[str, Any]:
    walking = [one for one in people if one.ended_on is None and not one.left]
    pages = {place.page.id: place.page for place in places if place.page}
    return {
        "walking": walking,
        "stopped": [one for one in people if one not in walking],
        "unseen": unseen_by(walking, pages, teams),
        "offers": offers_of(head_of(path), active_colleagues(reading()), people, teams),
        "today": clock.today(actor().time_zone),
        "typed": request.form,
    }
