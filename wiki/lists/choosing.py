"""What was chosen for a list: as JSON keeps it, guessed, and checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.errors import Refusal
from wiki.lists.mappings import saved_mappings
from wiki.lists.models import ImportMapping
from wiki.lists.plans import EVERY_OTHER, Chosen
from wiki.lists.sheets import Sheet
from wiki.lists.sorts import Setting, Sort
from wiki.pages.content import one_line
from wiki.tables.mapping import checked_columns, guess_columns


def as_json(chosen: Chosen) -> dict[str, Any]:
    """As loads and remembered mappings keep it."""
    return {
        "columns": dict(chosen.columns),
        "settings": dict(chosen.settings),
        "drop": list(chosen.drop),
    }


def from_json(kept: Mapping[str, Any]) -> Chosen:
    """What was kept; empty where nothing was."""
    return Chosen(
        dict(kept.get("columns") or {}),
        dict(kept.get("settings") or {}),
        tuple(kept.get("drop") or ()),
    )


def guess(session: Session, actor: Actor, sort: Sort, sheet: Sheet) -> Chosen:
    """What the columns most likely mean; a remembered mapping that fits goes first."""
    for saved in saved_mappings(session, sort.code):
        chosen = remembered(session, actor, sort, saved)
        if chosen.columns and set(chosen.columns.values()) <= set(sheet.headings):
            return chosen
    words = {code: one.words for code, one in sort.fields(session).items()}
    defaults = {one.code: one.default for one in sort.settings(session, actor)}
    return Chosen(guess_columns(sheet.headings, words), defaults)


def remembered(session: Session, actor: Actor, sort: Sort, saved: ImportMapping) -> Chosen:
    """What was remembered; settings that this person cannot choose are as if nobody had."""
    kept = from_json(saved.columns)
    settings = {
        one.code: kept.settings[one.code]
        if one.code in kept.settings and _may_be(one, kept.settings[one.code])
        else one.default
        for one in sort.settings(session, actor)
    }
    return Chosen(kept.columns, settings, kept.drop)


def checked(session: Session, actor: Actor, sort: Sort, sheet: Sheet, chosen: Chosen) -> Chosen:
    """The same in canonical form. Raises `Refusal` for columns and settings that cannot be."""
    columns = checked_columns(chosen.columns, sheet.headings, sort.fields(session))
    _check_once(columns)
    settings = {
        one.code: _setting(one, chosen.settings.get(one.code, one.default))
        for one in sort.settings(session, actor)
    }
    found = Chosen(columns, settings, _drop(chosen.drop, sheet.headings))
    sort.check(found)
    return found


def _check_once(columns: Mapping[str, str]) -> None:
    twice = next((h for h in columns.values() if list(columns.values()).count(h) > 1), None)
    if twice is not None:
        raise Refusal(
            "The column “%(column)s” is to mean two things. Nothing was changed. Choose one.",
            column=twice[:100],
        )


def _setting(setting: Setting, typed: str) -> str:
    text = one_line(typed)[: setting.longest + 1]
    if not _may_be(setting, text):
        raise Refusal(
            "“%(text)s” cannot be chosen for “%(name)s”. Nothing was changed.",
            text=text[:60],
            name=str(setting.name),
        )
    return text


def _may_be(setting: Setting, text: str) -> bool:
    known = {code for code, _name in setting.choices}
    return len(text) <= setting.longest and (not known or text in known)


def _drop(names: Sequence[str], headings: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name in headings or name == EVERY_OTHER)
