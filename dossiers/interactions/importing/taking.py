"""From a row to a contact that can be written: who of them and of us its names mean."""

from collections.abc import Mapping, Sequence

from dossiers.interactions.contacts.fields import Field
from dossiers.interactions.importing.entries import Entry
from dossiers.interactions.importing.known import Home, PeopleKnown
from dossiers.interactions.importing.settings import IN_TEXT, PEOPLE
from dossiers.interactions.importing.wishes import Wish
from dossiers.people.reading.choices import number_in
from dossiers.people.rules import name_of
from wiki.errors import Refusal
from wiki.lists.plans import Chosen
from wiki.lists.said import At
from wiki.locale import _
from wiki.rendering.titles import fold_title


class Taker:
    """Takes the rows of one file."""

    def __init__(
        self,
        people: PeopleKnown,
        colleagues: Mapping[str, int],
        chosen: Chosen,
        actor_id: int,
    ) -> None:
        self._people, self._colleagues = people, colleagues
        self._columns, self._actor_id = chosen.columns, actor_id
        self._adds = chosen.settings.get(PEOPLE) != IN_TEXT

    def wish(self, home: Home, entry: Entry) -> tuple[Wish, list[Refusal]]:
        """The contact with what is to be said of it. Raises `Refusal` for a name of two people."""
        new = [name for name in entry.theirs if self._is_new(home, name)]
        theirs = [name for name in entry.theirs if self._adds or name not in new]
        ours, strangers = self._ours(entry.ours)
        lines = [entry.text]
        if strangers:
            lines.append(_("Who of us: %(names)s", names="; ".join(strangers)))
        if new and not self._adds:
            lines.append(_("With whom: %(names)s", names="; ".join(new)))
        wish = Wish(
            home.id,
            entry.number,
            entry.kind,
            entry.moment,
            tuple(theirs),
            ours,
            "\n\n".join(filter(None, lines)),
            entry.next_on,
            entry.promised,
        )
        return wish, [*self._told_of_new(new), *map(_is_no_colleague, strangers)]

    def _is_new(self, home: Home, name: str) -> bool:
        meant = self._people.meant(home.id, name)
        with At(self._columns.get(Field.THEIRS, "")):
            if meant > 1:
                raise Refusal(
                    "%(count)d people of the client are called “%(name)s”. Write the number behind "
                    "the name, like № 12.",
                    count=meant,
                    name=name[:100],
                )
            if not meant and number_in(name):
                raise Refusal("“%(name)s” is not the number of a person there.", name=name[:100])
            if not meant and self._adds:
                name_of(name)
        return not meant

    def _ours(self, names: Sequence[str]) -> tuple[tuple[int, ...], list[str]]:
        """The colleagues, and the names of those who are none; without a column it was oneself."""
        if Field.OURS not in self._columns:
            return (self._actor_id,), []
        found = {name: self._colleagues.get(fold_title(name)) for name in names}
        known = dict.fromkeys(ident for ident in found.values() if ident is not None)
        return tuple(known), [name for name, ident in found.items() if ident is None]

    def _told_of_new(self, names: Sequence[str]) -> list[Refusal]:
        if self._adds:
            return [
                Refusal(
                    "“%(name)s” is not in the dossier yet and is written down as a person of the "
                    "client.",
                    name=name[:100],
                )
                for name in names
            ]
        return [
            Refusal(
                "“%(name)s” is not in the dossier. The name was kept in the text.", name=name[:100]
            )
            for name in names
        ]


def _is_no_colleague(name: str) -> Refusal:
    return Refusal(
        "There is not just one colleague called “%(name)s”. The name was kept in the text.",
        name=name[:100],
    )
