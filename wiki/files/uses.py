"""Who uses a file: asked here, answered by the package above that shows files in its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import Flask, current_app
from sqlalchemy import ColumnElement, false, or_
from sqlalchemy.orm import Session

from wiki.accounts.actor import Actor
from wiki.errors import Missing


@dataclass(frozen=True)
class Use:
    """A place that shows a file; `current` is false when only older versions of it do."""

    title: str
    url: str
    current: bool


class Uses(Protocol):
    """What the package above tells of its use of files."""

    def places_visible_to(
        self, session: Session, actor: Actor, attachment_id: int
    ) -> Sequence[Use]:
        """The places this person may see."""
        ...

    def audience_visible_to(self, session: Session, actor: Actor, place_id: int) -> str:
        """Who may see the place for which a file is sent. Raises `Missing` like any look at it."""
        ...

    def in_use(self) -> ColumnElement[bool]:
        """Whether any place, seen or not, now uses the attachment of the row at hand."""
        ...


class NoUses:
    """The answer as long as nobody has said that they use files."""

    def places_visible_to(
        self, session: Session, actor: Actor, attachment_id: int
    ) -> Sequence[Use]:
        """None."""
        return ()

    def audience_visible_to(self, session: Session, actor: Actor, place_id: int) -> str:
        """There is no such place."""
        raise Missing()

    def in_use(self) -> ColumnElement[bool]:
        """Never."""
        return false()


class AllUses:
    """The answers of several packages; places for which files are sent are those of the first."""

    def __init__(self, first: Uses, *others: Uses) -> None:
        self._first = first
        self._all = (first, *others)

    def places_visible_to(
        self, session: Session, actor: Actor, attachment_id: int
    ) -> Sequence[Use]:
        """The places of all."""
        return [
            place
            for uses in self._all
            for place in uses.places_visible_to(session, actor, attachment_id)
        ]

    def audience_visible_to(self, session: Session, actor: Actor, place_id: int) -> str:
        """Who may see a place of the first."""
        return self._first.audience_visible_to(session, actor, place_id)

    def in_use(self) -> ColumnElement[bool]:
        """Whether any of them uses it."""
        return or_(*(uses.in_use() for uses in self._all))


def init_app(app: Flask, uses: Uses) -> None:
    """Say who knows where files are used."""
    app.extensions["file_uses"] = uses


def uses_of_app() -> Uses:
    """Who knows it in the current application."""
    found: Uses = current_app.extensions.get("file_uses", NoUses())
    return found
