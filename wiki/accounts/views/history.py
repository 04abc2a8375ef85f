"""Who did what and when, for administrators."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from wiki.accounts.access import actor, needs
from wiki.accounts.history_words import Words, action_name, kind_name
from wiki.accounts.queries import history_visible_to, people_of_history, team_names
from wiki.accounts.rules import Permission
from wiki.accounts.views.blueprint import accounts
from wiki.database import reading
from wiki.paging import parse_key


@accounts.get("/people/history")
@needs(Permission.MANAGE_USERS)
def history() -> ResponseReturnValue:
    """All deeds, newest first, of one person on demand."""
    person_id = request.args.get("person", type=int)
    before = parse_key(request.args.get("before"))
    people, teams = people_of_history(reading()), team_names(reading())
    return render_template(
        "wiki/accounts/history.html",
        page=history_visible_to(actor(), reading(), _in_reach(person_id), before),
        people=people,
        names={"user": dict(people), "team": teams},
        person_id=person_id,
        action_name=action_name,
        kind_name=kind_name,
        changes_of=Words(teams).changes_of,
    )


def _in_reach(number: int | None) -> int | None:
    return number if number is not None and 0 < number < 2**31 else None
