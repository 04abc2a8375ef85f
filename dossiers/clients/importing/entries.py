"""What one row of a list of clients says; what cannot be said is refused with a sentence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from dossiers.clients.card import Card, tidy
from dossiers.clients.importing.countries import country_of
from dossiers.clients.importing.fields import LIMITS, NO, STATES, YES, Field
from dossiers.clients.importing.identity import Keys, bare_tax_number
from dossiers.clients.mail_domains import domains_of
from dossiers.clients.tax_numbers import tax_number_of
from wiki.errors import Refusal
from wiki.lists.plans import EVERY_OTHER, Chosen
from wiki.lists.said import CellRefusal, Reader, Said
from wiki.lists.sheets import Sheet
from wiki.rendering.titles import fold_title
from wiki.tables.tables import Row

_BETWEEN_DOMAINS = re.compile(r"[,;\s]+")
_BETWEEN_TAGS = re.compile(r"[,;]+")
#: Stands for a name while the rest of a card is brought into its form.
_SOME_NAME = "x"


@dataclass(frozen=True, slots=True)
class Words:
    """The teams and colleagues that cells may name, by folded name (and address)."""

    teams: Mapping[str, int]
    people: Mapping[str, int]


@dataclass
class Entry:
    """A row in our terms. `said` are fields of the card by their codes, without empty ones.

    `place` is what the file calls the country, where that is none, and `place_heading` its column.
    By the rules of `tax_country` the tax number was checked. `further` are cells that have no place
    of their own.
    """

    row: int
    said: dict[str, Any]
    parent: str = ""
    manager: int | None = None
    place: str = ""
    place_heading: str = ""
    tax_country: str = ""
    further: dict[str, str] = field(default_factory=dict)
    remarks: list[Refusal] = field(default_factory=list)

    @cached_property
    def keys(self) -> Keys:
        """By what its client is known; asked for when all is said."""
        name = fold_title(self.said.get("name", ""))
        return Keys(
            bare_tax_number(self.said.get("tax_number", "")),
            self.tax_country,
            frozenset(self.said.get("domains", ())),
            frozenset((name,)) if name else frozenset(),
        )


class EntryReader:
    """Reads the rows of one file. `country` is that of rows which say none."""

    def __init__(self, sheet: Sheet, chosen: Chosen, words: Words, country: str) -> None:
        self._columns, self._words, self._country = chosen.columns, words, country
        self._keeps = EVERY_OTHER not in chosen.drop
        kept = chosen.kept(sheet.headings)
        self._reader = Reader(sheet.headings, chosen.columns, LIMITS, kept)

    def entry(self, row: Row) -> Entry:
        """What the row says. Raises `Refusal`."""
        said = self._reader.said(row)
        entry = Entry(row.number, {}, said.text(Field.PARENT), further=dict(said.further))
        self._take_country(said, entry)
        self._take_tax_number(said, entry)
        self._take_domains(said, entry)
        self._take_state(said, entry)
        self._take_restricted(said, entry)
        self._take_ours(said, entry)
        self._take_card(said, entry)
        if not any(entry.said.get(key) for key in ("name", "tax_number", "domains")):
            raise Refusal("The row has no name of a client.")
        return entry

    def _take_country(self, said: Said, entry: Entry) -> None:
        text = said.text(Field.COUNTRY)
        code = country_of(text)
        if code:
            entry.said["country"] = code
        elif text:
            entry.place, entry.place_heading = text, self._columns[Field.COUNTRY]
            entry.remarks.append(
                Refusal(
                    "“%(text)s” is not the name of just one country. It was kept as text; no "
                    "country was set.",
                    text=text[:60],
                )
            )
        entry.tax_country = code or ("" if text else self._country)

    def _take_tax_number(self, said: Said, entry: Entry) -> None:
        text = said.text(Field.TAX_NUMBER)
        if text:
            with self._reader.at(Field.TAX_NUMBER):
                entry.said["tax_number"] = tax_number_of(entry.tax_country, text).number

    def _take_domains(self, said: Said, entry: Entry) -> None:
        good: list[str] = []
        for text in filter(None, _BETWEEN_DOMAINS.split(said.text(Field.DOMAINS))):
            try:
                good += domains_of([text])
            except Refusal as refusal:
                entry.remarks.append(CellRefusal(self._columns[Field.DOMAINS], refusal))
                self._keep(said, entry, Field.DOMAINS)
        if good:
            entry.said["domains"] = domains_of(good)

    def _take_state(self, said: Said, entry: Entry) -> None:
        text = said.text(Field.STATE)
        state = STATES.get(fold_title(text))
        if state:
            entry.said["state"] = state
        elif text:
            entry.remarks.append(
                Refusal("“%(text)s” is no state of a client; it was left out.", text=text[:60])
            )
            self._keep(said, entry, Field.STATE)

    def _take_restricted(self, said: Said, entry: Entry) -> None:
        text = fold_title(said.text(Field.RESTRICTED))
        if text and text not in YES | NO:
            # Who may see a client is not to be guessed.
            with self._reader.at(Field.RESTRICTED):
                raise Refusal("“%(text)s” is neither yes nor no.", text=text[:60])
        if text:
            entry.said["restricted"] = text in YES

    def _take_ours(self, said: Said, entry: Entry) -> None:
        team, manager = said.text(Field.TEAM), said.text(Field.MANAGER)
        if team:
            if fold_title(team) not in self._words.teams:
                with self._reader.at(Field.TEAM):
                    raise Refusal("There is no team called “%(name)s”.", name=team[:60])
            entry.said["team"] = self._words.teams[fold_title(team)]
        entry.manager = self._words.people.get(fold_title(manager))
        if manager and entry.manager is None:
            entry.remarks.append(
                Refusal(
                    "There is not just one colleague called “%(name)s”, so nobody was made "
                    "responsible.",
                    name=manager[:60],
                )
            )
            self._keep(said, entry, Field.MANAGER)

    def _take_card(self, said: Said, entry: Entry) -> None:
        tags = _BETWEEN_TAGS.split(said.text(Field.TAGS))
        name = said.text(Field.NAME)
        card = Card(
            name=name or _SOME_NAME,
            legal_name=said.text(Field.LEGAL_NAME),
            segment=said.text(Field.SEGMENT),
            region=said.text(Field.REGION),
            tags=tuple(tags),
        )
        found = {code.value: value for code, value in tidy(card).values().items()}
        for code in ("legal_name", "segment", "region", *(("name",) if name else ())):
            entry.said |= {code: found[code]} if found[code] else {}
        if found["tags"]:
            entry.said["tags"] = tuple(found["tags"])

    def _keep(self, said: Said, entry: Entry, name: Field) -> None:
        """Keep a cell as it is, where it could not be understood."""
        if self._keeps:
            entry.further[self._columns[name]] = said.text(name)
