"""Who may see and change a client's dossier, and what may be said of days and teams."""

from collections.abc import Collection
from datetime import date

from wiki.accounts.actor import EVERYONE, Actor, restricted_to
from wiki.accounts.rules import Permission, may
from wiki.errors import Forbidden, Refusal

EARLIEST = date(1900, 1, 1)


def audience_of(restricted: bool, team_id: int | None) -> str:
    """Who sees a client: everyone, or, when it is restricted, its team and the directors."""
    return restricted_to(team_id) if restricted else EVERYONE


def may_edit(actor: Actor, team_id: int | None) -> bool:
    """Whether the person may change the dossier of a client of that team."""
    if actor.is_director:
        return True
    own = team_id is not None and team_id == actor.team_id
    return own and may(actor, Permission.EDIT_DOSSIERS)


def check_may_edit(actor: Actor, team_id: int | None) -> None:
    """Raise `Forbidden` unless the person may change the dossier of a client of that team."""
    if not may_edit(actor, team_id):
        raise Forbidden(
            "This dossier belongs to another team, so you can read it but not change it. "
            "Nothing was changed. Tell its manager what you know, or ask a director."
        )


def check_may_give(actor: Actor, team_id: int | None) -> None:
    """Raise a refusal unless the person may make a client of that team."""
    if actor.is_director:
        return
    if actor.team_id is None:
        raise Forbidden(
            "You belong to no team, so a client that you make would belong to nobody. Nothing was "
            "changed. Ask a director to put you into a team."
        )
    if team_id != actor.team_id:
        raise Forbidden(
            "You can make clients of your own team only. Nothing was changed. Choose your team, "
            "or ask a director."
        )


def check_team(team_id: int | None, known: Collection[int]) -> None:
    """Raise `Refusal` for a team that is not there."""
    if team_id is not None and team_id not in known:
        raise Refusal("There is no such team. Nothing was changed. Choose one of the list.")


def check_day(day: date, today: date) -> None:
    """Raise `Refusal` for a day since which a card cannot be as it is now."""
    if not EARLIEST <= day <= today:
        raise Refusal(
            "The day must be between 1900 and today: what will be true later is written down when "
            "it is. Nothing was changed."
        )
