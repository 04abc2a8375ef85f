"""A question as it stands on a page: its sentence, and what one may answer with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from dossiers.people.chart.snapshot import Chart, Seat
from dossiers.people.insight import later
from dossiers.people.insight.answers import AT_THE_TOP
from dossiers.people.insight.questions import Ask, Question, questions_of
from dossiers.people.insight.wording import question_in_words
from dossiers.people.kinds import Role
from dossiers.people.wording import ATTITUDES, ROLES
from wiki.accounts.queries import active_people
from wiki.locale import _

#: More names than these help nobody who types.
_MOST_NAMES = 500

Choice = tuple[str, str]


class Field(StrEnum):
    """How an answer is given: with one press of a button, from a list, or typed."""

    BUTTONS = "buttons"
    LIST = "list"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a page; of `TEXT` the choices are only offered."""

    question: Question
    sentence: str
    field: Field
    choices: Sequence[Choice]


def to_ask(
    chart: Chart, user_id: int, client_id: int, cookies: Mapping[str, str]
) -> list[Question]:
    """The questions that the person has not put off, the most worth first."""
    text = cookies.get(later.cookie_name(user_id), "")
    waiting = later.put_off_now(text, client_id, chart.day)
    return [one for one in questions_of(chart) if one.code not in waiting]


def asked_of(session: Session, chart: Chart, question: Question) -> Asked:
    """The question with what one may answer."""
    field = _FIELDS.get(question.ask, Field.TEXT)
    return Asked(question, question_in_words(question), field, _choices(session, chart, question))


_FIELDS = {
    Ask.ATTITUDE: Field.BUTTONS,
    Ask.STILL: Field.BUTTONS,
    Ask.ROLE: Field.LIST,
    Ask.MET: Field.LIST,
    Ask.MANAGER: Field.LIST,
    Ask.PLACE: Field.LIST,
}


def _choices(session: Session, chart: Chart, question: Question) -> list[Choice]:
    match question.ask:
        case Ask.ATTITUDE:
            return [(code.value, str(word)) for code, word in ATTITUDES.items()]
        case Ask.STILL:
            return [("yes", _("Yes")), ("no", _("No"))]
        case Ask.ROLE:
            return [(c.value, str(w)) for c, w in ROLES.items() if c is not Role.UNKNOWN]
        case Ask.MET:
            return [(str(ident), name) for ident, name in active_people(session)]
        case Ask.MANAGER:
            return [*_managers(chart, question.subject), (AT_THE_TOP, _("nobody: at the top"))]
        case Ask.PLACE:
            vacant_first = sorted(_in_order(chart), key=lambda seat: bool(seat.holders))
            return [_seat(seat) for seat in vacant_first]
        case _:
            return [(name, name) for name in _names(chart)]


def _names(chart: Chart) -> list[str]:
    """Those without a place first: they are asked for most."""
    unplaced = [holder.name for holder in chart.unplaced]
    return list(dict.fromkeys([*unplaced, *chart.names.values()]))[:_MOST_NAMES]


def _managers(chart: Chart, position_id: int) -> list[Choice]:
    """The positions to which others report; when there are none, all. Not itself or below it."""
    below = chart.below()
    branch = [position_id]
    for ident in branch:
        branch += [seat.id for seat in below.get(ident, ())]
    own = set(branch)
    fitting = [seat for seat in _in_order(chart) if seat.id not in own]
    leading = [seat for seat in fitting if below.get(seat.id) or seat.manager_id is None]
    return [_seat(seat) for seat in leading or fitting]


def _in_order(chart: Chart) -> Iterable[Seat]:
    below = chart.below()
    stack = list(reversed(below.get(None, [])))
    while stack:
        seat = stack.pop()
        yield seat
        stack += reversed(below.get(seat.id, []))


def _seat(seat: Seat) -> Choice:
    names = ", ".join(holder.name for holder in seat.holders) or _("vacant")
    return str(seat.id), f"{seat.title} – {names}"
