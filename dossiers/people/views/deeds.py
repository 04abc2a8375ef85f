"""What the plain forms share: doing what was asked, saying so, offering to take it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash
from sqlalchemy.orm import Session

from dossiers.clients.deed_words import told
from dossiers.facts.models import Change
from dossiers.people.editing.pen import Pen, open_dossier
from dossiers.people.forms.said import Said
from wiki import clock
from wiki.accounts.access import actor
from wiki.database import transaction
from wiki.errors import Missing, Refusal
from wiki.locale import _, say
from wiki.pages.facts import as_date

Do = Callable[[Any, Pen, int], Change]


@dataclass(frozen=True)
class Question:
    """One form of a page: how it is made, and the deed that it asks for."""

    form: Callable[..., Said]
    do: Do


@dataclass
class Sent:
    """The form that came in and was refused, for the page to show it again."""

    name: str
    form: Said
    refusal: Refusal | None = None

    @property
    def status(self) -> int:
        """The status of the answer."""
        return self.refusal.status if self.refusal else 422


def today() -> date:
    """The day that it is for the person."""
    return clock.today(actor().time_zone)


def pen_of(session: Session, form: Said, client_id: int) -> Pen:
    """A pen for what the form says. Raises what `open_dossier` raises."""
    said = form.told(today())
    return open_dossier(session, actor(), client_id, form.since.data, said, form.seen)


def question(questions: Mapping[str, Question], name: str) -> Question:
    """The question of that name. Raises `Missing`."""
    if name not in questions:
        raise Missing()
    return questions[name]


def ask(asked: Question, name: str, client_id: int, ident: int) -> Change | Sent:
    """Do what the form asks of the thing of that number; else the form with what is wrong."""
    form = asked.form(prefix=name)
    if not form.validate():
        return Sent(name, form)
    try:
        with transaction() as session:
            return asked.do(form, pen_of(session, form, client_id), ident)
    except Refusal as refusal:
        form.form_errors.append(say(refusal))
        return Sent(name, form, refusal)


def tell_done(change: Change, client_id: int, back: str) -> None:
    """Say on the next page what was done, with a button that takes it back and leads to `back`."""
    what = told(change.action, change.words)
    said = _("Written down: %(what)s.", what=what)
    tell(said, _("Take it back"), change, client_id, back)


def tell(said: str, button: str, change: Change, client_id: int, back: str) -> None:
    """Say something of a change on the next page, with a button that takes the change back."""
    address = f"/clients/{client_id}/changes/{change.id}/undo"
    offer = {"text": button, "address": address, "values": {"next": back}}
    flash({"text": said, "button": offer}, "success")  # type: ignore[arg-type]


def day_asked(text: str) -> date | None:
    """The day in an address; `None` when there is none."""
    return as_date(text[:10])
