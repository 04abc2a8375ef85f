"""What is asked of a list of clients beside its columns."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from dossiers.clients.countries import countries
from wiki.accounts.actor import Actor
from wiki.accounts.queries import open_teams
from wiki.lists.sorts import Setting
from wiki.locale import _l, language

TEAM, COUNTRY = "team", "country"


def settings_of(session: Session, actor: Actor) -> Sequence[Setting]:
    """The team of new clients, and the country of rows that say none."""
    teams = [(str(ident), name) for ident, name in open_teams(session)]
    if not actor.is_director:
        teams = [team for team in teams if team[0] == str(actor.team_id)]
    own = str(actor.team_id or "")
    return (
        Setting(
            TEAM,
            _l("Team of new clients"),
            _l("Where the file does not name one."),
            (("", _l("nobody")), *teams),
            own if own in dict(teams) else "",
        ),
        Setting(
            COUNTRY,
            _l("Country of new clients"),
            _l("Where the file does not say one. By its rules tax numbers are checked."),
            (("", _l("not known")), *countries(language()).items()),
        ),
    )
