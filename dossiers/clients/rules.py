"""Who may see and change a client's dossier."""

from wiki.accounts.actor import EVERYONE, Actor, restricted_to
from wiki.accounts.rules import Permission, may
from wiki.errors import Forbidden


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
