"""What is typed on the command line about a file, as columns and settings."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from dossiers.clients.mappings import mapping_named
from dossiers.deals.files.fields import FIELDS
from dossiers.deals.files.opened import OpenedFile
from dossiers.deals.files.reading import Chosen, check_chosen
from dossiers.deals.files.services import TARGET, choice_from, guess
from dossiers.deals.files.settings import Settings, settings_from
from wiki.errors import Refusal
from wiki.tables.mapping import parse_columns


def chosen_by(session: Session, opened: OpenedFile, asked: Mapping[str, Any]) -> Chosen:
    """The columns that were typed, remembered under a name, or guessed, with what was said.

    `asked` has the options of the command: map, mapping, key, currency, decimal, days, scale,
    kinds, anew. Raises `Refusal`.
    """
    known = _remembered(session, opened, str(asked["mapping"] or ""))
    columns = dict(known.columns)
    if asked["map"]:
        columns = parse_columns(asked["map"], opened.headings, FIELDS)
    return check_chosen(Chosen(columns, _settings(known.settings, asked)), opened.headings)


def _remembered(session: Session, opened: OpenedFile, name: str) -> Chosen:
    if not name:
        return guess(session, opened)[0]
    saved = mapping_named(session, TARGET, name)
    if saved is None:
        raise Refusal(
            "No columns are remembered as “%(name)s”. Nothing was changed.", name=name[:100]
        )
    return choice_from(saved.columns)


def _settings(known: Settings, asked: Mapping[str, Any]) -> Settings:
    said = {
        "currency": asked["currency"],
        "mark": {"point": ".", "comma": ","}.get(asked["decimal"] or ""),
        "order": asked["days"],
        "scale": asked["scale"],
        "key": _parts(asked["key"]),
        "anew": asked["anew"],
    }
    kinds = dict(known.kinds) | dict(_kind(pair) for pair in _parts(asked["kinds"]))
    told = {name: value for name, value in said.items() if value}
    return settings_from({**known.plain(), **told, "kinds": kinds})


def _parts(text: str | None) -> Sequence[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _kind(pair: str) -> tuple[str, str]:
    stage, equals, kind = pair.rpartition("=")
    if not equals:
        raise Refusal(
            "“%(part)s” is no pair of a stage and a kind. Nothing was changed. Write it like "
            "Signed=won,Rejected=lost.",
            part=pair[:60],
        )
    return stage.strip(), kind.strip()
