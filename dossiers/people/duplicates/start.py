"""What the packages below must know of merging, told once when the application starts."""

from collections.abc import Mapping

from dossiers.clients.deed_words import Sentence, know_deeds
from dossiers.people.duplicates import clients, panels, people
from dossiers.people.editing.aftermath import follow
from wiki.locale import _

_DEEDS: Mapping[str, Sentence] = {
    people.MERGED: lambda w: _(
        "%(person)s and %(to)s are one person", person=w["person"], to=w["to"]
    ),
    clients.MERGED: lambda w: _("%(name)s and %(to)s are one client", name=w["name"], to=w["to"]),
}


def init() -> None:
    """Let merges be told in a sentence, taken back whole, and seen on the first page."""
    know_deeds(_DEEDS)
    follow(people.MERGED, people.follow_undo)
    follow(clients.MERGED, clients.follow_undo)
    panels.init()
