"""What was promised while one spoke: a promise of its own for each line of the form."""

from sqlalchemy.orm import Session

from dossiers.approvals.runs.evidence import person_typed
from dossiers.interactions.contacts.details import Details
from dossiers.interactions.contacts.forms import ContactTyped, PromiseTyped, day_typed
from dossiers.interactions.models import Interaction
from dossiers.interactions.promises.services import Wish, make_promise
from wiki.accounts.actor import Actor


def promise_all(
    session: Session,
    actor: Actor,
    client_id: int,
    row: Interaction,
    typed: ContactTyped,
    details: Details,
) -> int:
    """Write down what was promised; the number of promises. Raises what `make_promise` raises.

    A line that names nobody is of the only person one spoke with, if there was just one.
    """
    made = [one for one in typed.promises if not one.is_empty]
    for one in made:
        wish = _wish(session, actor, client_id, row, one, details)
        if wish is not None:
            make_promise(session, actor, client_id, wish)
    return len(made)


def _wish(
    session: Session,
    actor: Actor,
    client_id: int,
    row: Interaction,
    typed: PromiseTyped,
    details: Details,
) -> Wish | None:
    due = day_typed(typed.due)
    if due is None:
        return None
    only = next(iter(details.theirs)) if len(details.theirs) == 1 else None
    person = person_typed(session, client_id, typed.who) or only
    return Wish(typed.by_us, typed.what, due, actor.id, person, row.id)
