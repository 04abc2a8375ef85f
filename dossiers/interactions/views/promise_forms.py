"""The forms of a promise's page, and the deed that each asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from dossiers.facts.models import Change
from dossiers.interactions.kinds import PromiseState
from dossiers.interactions.models import Promise
from dossiers.interactions.promises import forms, services
from dossiers.interactions.promises.telling import hand_and_tell, move_and_tell
from dossiers.interactions.views.blueprint import base_url
from dossiers.people.forms.said import number_of, typed
from wiki.accounts.actor import Actor

Do = Callable[[Session, Actor, int, int, Any], Change | None]


@dataclass(frozen=True, slots=True)
class Question:
    """One form of the page: how it is made, and the deed that it asks for."""

    form: Callable[..., Any]
    do: Do
    of_open: bool = True


@dataclass(slots=True)
class Sent:
    """The form that came in and was refused, for the page to show it again."""

    name: str = ""
    form: Any = None


def _done(session: Session, actor: Actor, client: int, ident: int, form: Any) -> Change:
    words = typed(form.words)
    return services.end_promise(session, actor, client, ident, True, words, form.on.data)


def _broken(session: Session, actor: Actor, client: int, ident: int, form: Any) -> Change:
    words = typed(form.words)
    return services.end_promise(session, actor, client, ident, False, words, form.on.data)


def _moved(session: Session, actor: Actor, client: int, ident: int, form: Any) -> Change:
    due_on, words = form.due_on.data, typed(form.words)
    return move_and_tell(session, actor, client, ident, due_on, words, base_url())


def _handed(session: Session, actor: Actor, client: int, ident: int, form: Any) -> Change:
    to, words = number_of(form.user), typed(form.words)
    return hand_and_tell(session, actor, client, ident, to, words, base_url())


def _reopened(session: Session, actor: Actor, client: int, ident: int, form: Any) -> Change:
    return services.reopen_promise(session, actor, client, ident, typed(form.words))


def _reworded(session: Session, actor: Actor, client: int, ident: int, form: Any) -> Change | None:
    return services.reword_promise(session, actor, client, ident, typed(form.words))


QUESTIONS: Mapping[str, Question] = {
    "done": Question(forms.DoneForm, _done),
    "move": Question(forms.MoveForm, _moved),
    "hand": Question(forms.HandForm, _handed),
    "broken": Question(forms.BrokenForm, _broken),
    "reword": Question(forms.RewordForm, _reworded),
    "reopen": Question(forms.ReopenForm, _reopened, of_open=False),
}


def forms_of(promise: Promise, holders: Sequence[tuple[int, str]], sent: Sent) -> dict[str, Any]:
    """The forms that fit how the promise stands; the refused one as it was sent."""
    if promise.state is PromiseState.TAKEN_BACK:
        return {}
    is_open = promise.state is PromiseState.OPEN
    fitting = {name: one for name, one in QUESTIONS.items() if one.of_open is is_open}
    made = {
        name: sent.form if name == sent.name else one.form(formdata=None, prefix=name)
        for name, one in fitting.items()
    }
    for form in made.values():
        form.offer([one for one in holders if one[0] != promise.user_id], 0)
    if "reword" in made and sent.name != "reword":
        made["reword"].words.data = promise.what
    return made
