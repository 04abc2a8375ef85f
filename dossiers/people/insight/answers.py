"""Writing an answer to a question into the dossier, through the deeds of the chart."""

from collections.abc import Callable, Mapping

from dossiers.facts.models import Change
from dossiers.facts.periods import Period
from dossiers.facts.writing import Fact
from dossiers.people.chart.snapshot import Chart
from dossiers.people.editing.employments import (
    Appointment,
    appoint,
    appoint_named,
    end_employment,
)
from dossiers.people.editing.judging import Acquainted, acquaint, judge, judge_named
from dossiers.people.editing.lookup import person_here, position_here
from dossiers.people.editing.pen import Pen
from dossiers.people.editing.positions import move_position
from dossiers.people.insight.questions import Ask, Question
from dossiers.people.kinds import Aspect, Coverage, EndReason, Role
from dossiers.people.models import Employment
from wiki.errors import Refusal

#: The answer that a position reports to nobody.
AT_THE_TOP = "top"


def answer(pen: Pen, chart: Chart, question: Question, said: str) -> Change | None:
    """Write the answer down; `None` when it says that nothing is to be written.

    Raises `Refusal` for an answer that is none, and what the deed raises.
    """
    if not said.strip():
        raise Refusal("There was no answer. Nothing was changed. Answer, or say you do not know.")
    return _ANSWERS[question.ask](pen, chart, question, said.strip())


def _buyer(pen: Pen, _chart: Chart, _question: Question, said: str) -> Change:
    return judge_named(pen, said, Aspect.ROLE, Role.ECONOMIC_BUYER)


def _signer(pen: Pen, _chart: Chart, _question: Question, said: str) -> Change:
    return judge_named(pen, said, Aspect.ROLE, Role.APPROVER)


def _attitude(pen: Pen, _chart: Chart, question: Question, said: str) -> Change:
    return judge(pen, question.subject, Aspect.ATTITUDE, said)


def _role(pen: Pen, _chart: Chart, question: Question, said: str) -> Change:
    return judge(pen, question.subject, Aspect.ROLE, said)


def _met(pen: Pen, chart: Chart, question: Question, said: str) -> Change:
    user = _number(said)
    known = next(
        (
            one
            for one in chart.acquaintances
            if (one.user_id, one.person_id) == (user, question.subject)
        ),
        None,
    )
    how = Acquainted(Coverage.BRIEF)
    if known:
        how = Acquainted(Coverage.BRIEF, known.level, known.wanted, known.wanted_by, known.evidence)
    return acquaint(pen, user, question.subject, how)


def _manager(pen: Pen, _chart: Chart, question: Question, said: str) -> Change | None:
    if said == AT_THE_TOP:
        return None
    return move_position(pen, question.subject, _number(said))


def _holder(pen: Pen, _chart: Chart, question: Question, said: str) -> Change:
    return appoint_named(pen, question.subject, said, Appointment())[0]


def _place(pen: Pen, _chart: Chart, question: Question, said: str) -> Change:
    person = person_here(pen, question.subject)
    return appoint(pen, _number(said), person, Appointment())


def _still(pen: Pen, _chart: Chart, question: Question, said: str) -> Change:
    if said == "yes":
        return confirm_employment(pen, question.subject, question.place)
    if said == "no":
        return end_employment(pen, question.subject, question.place, EndReason.UNKNOWN)
    raise Refusal("Answer yes or no. Nothing was changed.")


def confirm_employment(pen: Pen, person_id: int, position_id: int) -> Change:
    """Somebody said that the person still holds the position: the fact is fresh again."""
    person, position = person_here(pen, person_id), position_here(pen, position_id)
    key = {"person_id": person_id, "client_id": pen.client.id, "position_id": position_id}
    row = pen.believed(Employment, **key)
    if row is None:
        raise Refusal(
            "On %(day)s this person does not hold that position. Nothing was changed.",
            day=pen.day.isoformat(),
        )
    change = pen.begin("confirm employment", person=person.name, position=position["title"])
    values = {name: row[name] for name in Employment.VALUES}
    days = Period(row["valid_from"], row["valid_to"])
    pen.write(change, Employment, Fact(key, values, days))
    return change


def _number(said: str) -> int:
    if not (said.isascii() and said.isdecimal() and len(said) < 10):
        raise Refusal("%(said)s is none of the choices. Nothing was changed.", said=said[:60])
    return int(said)


_Answer = Callable[[Pen, Chart, Question, str], Change | None]
_ANSWERS: Mapping[Ask, _Answer] = {
    Ask.BUYER: _buyer,
    Ask.SIGNER: _signer,
    Ask.ATTITUDE: _attitude,
    Ask.ROLE: _role,
    Ask.MET: _met,
    Ask.MANAGER: _manager,
    Ask.HOLDER: _holder,
    Ask.PLACE: _place,
    Ask.STILL: _still,
}
