"""From the forms of a person's page to the services that do what they ask."""

from collections.abc import Callable, Mapping
from functools import partial

from dossiers.facts.models import Change
from dossiers.people.editing import judging, persons
from dossiers.people.editing.employments import (
    appoint,
    leave_client,
    move_to_client,
)
from dossiers.people.editing.lookup import person_here, person_named
from dossiers.people.editing.newcomers import Newcomer, welcome
from dossiers.people.editing.pen import Pen
from dossiers.people.forms.persons import (
    AcquaintForm,
    ContactForm,
    JudgeForm,
    KnownContactForm,
    LeaveForm,
    MoveForm,
    NameForm,
    NewPersonForm,
    NoJudgementForm,
    NoTieForm,
    PlaceForm,
    TieForm,
)
from dossiers.people.forms.said import Said, code_in, number_of, typed
from dossiers.people.kinds import (
    Aspect,
    ContactKind,
    ContactStanding,
    Coverage,
    EndReason,
    InfluenceKind,
    Level,
    Role,
)
from dossiers.people.reading.choices import number_in, position_meant
from dossiers.people.reading.names import client_meant
from dossiers.people.rules import choice_in
from dossiers.people.views.deeds import Question
from dossiers.people.views.position_deeds import appointment, position_in
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title


def newcomer_of(form: NewPersonForm, pen: Pen) -> Newcomer:
    """What the form says of somebody new. Raises `Refusal` for a position that is none."""
    return Newcomer(
        name=typed(form.name),
        position=position_in(pen, typed(form.position)),
        acting=form.acting.data,
        role=code_in(Role, form.role),
        phone=typed(form.phone),
        email=typed(form.email),
        is_namesake=form.namesake.data,
    )


def _new(form: NewPersonForm, pen: Pen, _ident: int) -> Change:
    return welcome(pen, newcomer_of(form, pen))[0]


def _name(form: NameForm, pen: Pen, ident: int) -> Change:
    if form.how.data == "form":
        return persons.add_name_form(pen, ident, typed(form.name))
    return persons.rename_person(pen, ident, typed(form.name), form.how.data == "correction")


def _contact(form: ContactForm, pen: Pen, ident: int) -> Change:
    value = typed(form.contact)
    kind = ContactKind.EMAIL if "@" in value else ContactKind.PHONE
    return persons.set_contact(pen, ident, kind, value, ContactStanding(form.standing.data))


def _old_contact(form: KnownContactForm, pen: Pen, ident: int) -> Change:
    kind = choice_in(ContactKind, typed(form.kind))
    return persons.set_contact(pen, ident, kind, typed(form.contact), ContactStanding.OLD)


def _no_contact(form: KnownContactForm, pen: Pen, ident: int) -> Change:
    kind = choice_in(ContactKind, typed(form.kind))
    return persons.withdraw_contact(pen, ident, kind, typed(form.contact))


def _judge(aspect: Aspect, form: JudgeForm, pen: Pen, ident: int) -> Change:
    value, deal = typed(form.value), typed(form.deal)
    if value:
        return judging.judge(pen, ident, aspect, value, deal)
    return judging.withdraw_judgement(pen, ident, aspect, deal=deal)


def _no_judgement(form: NoJudgementForm, pen: Pen, ident: int) -> Change:
    aspect = choice_in(Aspect, typed(form.aspect))
    return judging.withdraw_judgement(pen, ident, aspect, typed(form.value), typed(form.deal))


def _tie(form: TieForm, pen: Pen, ident: int) -> Change:
    other = _person_meant(pen, typed(form.other))
    start, end = (other, ident) if form.direction.data == "in" else (ident, other)
    both = form.direction.data == "both"
    kind, strength = InfluenceKind(form.kind.data), int(form.strength.data)
    return judging.tie(pen, judging.Tie(start, end, kind, strength, both))


def _person_meant(pen: Pen, text: str) -> int:
    """Somebody of the dossier, by the exact name or by number. Raises `Refusal`."""
    named = person_named(pen, fold_title(text)[:250])
    if named:
        return named.id
    number = number_in(text)
    if number is None:
        raise Refusal(
            "Nobody in this dossier is called “%(typed)s”. Nothing was changed. Choose one of the "
            "suggestions, or write the person down first.",
            typed=text[:100],
        )
    return person_here(pen, number).id


def _no_tie(form: NoTieForm, pen: Pen, _ident: int) -> Change:
    kind = choice_in(InfluenceKind, typed(form.kind))
    return judging.untie(pen, judging.Tie(number_of(form.start), number_of(form.end), kind))


def _acquaint(form: AcquaintForm, pen: Pen, ident: int) -> Change:
    how = judging.Acquainted(
        Coverage(form.coverage.data),
        code_in(Level, form.level),
        code_in(Level, form.wanted),
        form.wanted_by.data,
        typed(form.evidence),
    )
    return judging.acquaint(pen, number_of(form.colleague), ident, how)


def _place(form: PlaceForm, pen: Pen, ident: int) -> Change:
    position = position_in(pen, typed(form.position))
    if position is None:
        raise Refusal("Say which position. Nothing was changed.")
    return appoint(pen, position, person_here(pen, ident), appointment(form))


def _move(form: MoveForm, pen: Pen, ident: int) -> Change:
    client = client_meant(pen.session, pen.actor, typed(form.client))
    there = position_meant(pen.session, client, pen.day, typed(form.position))
    return move_to_client(pen, ident, client, there)


def _leave(form: LeaveForm, pen: Pen, ident: int) -> Change:
    return leave_client(pen, ident, EndReason(form.reason.data))


def _asks(aspect: Aspect) -> Callable[..., Said]:
    return partial(JudgeForm, aspect)


NEW = Question(NewPersonForm, _new)
QUESTIONS: Mapping[str, Question] = {
    "name": Question(NameForm, _name),
    "contact": Question(ContactForm, _contact),
    "contact-old": Question(KnownContactForm, _old_contact),
    "contact-withdraw": Question(KnownContactForm, _no_contact),
    **{aspect.value: Question(_asks(aspect), partial(_judge, aspect)) for aspect in Aspect},
    "no-judgement": Question(NoJudgementForm, _no_judgement),
    "tie": Question(TieForm, _tie),
    "no-tie": Question(NoTieForm, _no_tie),
    "acquaintance": Question(AcquaintForm, _acquaint),
    "place": Question(PlaceForm, _place),
    "move": Question(MoveForm, _move),
    "leave": Question(LeaveForm, _leave),
}
