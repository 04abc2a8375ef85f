"""An answer in the reader's words: what is said first, why a step applies, what to worry about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dossiers.approvals.answers.answer import Answer, StepAnswer
from dossiers.approvals.answers.limits import Above, TooSmall
from dossiers.approvals.answers.reasons import LeftOut
from dossiers.approvals.answers.signers import Acts, Regard, Signer, Worry
from dossiers.approvals.answers.timing import Backwards
from dossiers.approvals.condition_words import condition_words, money_words
from dossiers.approvals.purchases import ZERO
from wiki.locale import _, _l, ngettext
from wiki.templating import day

ACTS = {
    Acts.HOLDER: _l("holds the position"),
    Acts.ACTING: _l("acting"),
    Acts.DEPUTY: _l("as deputy"),
}
WORRIES = {
    Worry.VACANT: _l("vacant"),
    Worry.UNKNOWN: _l("we do not know who"),
    Worry.GONE: _l("no longer in the chart"),
    Worry.SCEPTIC: _l("rather against us"),
    Worry.ENEMY: _l("against us"),
    Worry.STRANGER: _l("nobody of ours knows them"),
    Worry.GUESS: _l("a guess"),
}
_SUPPOSED = {
    Worry.SCEPTIC: _l("rather against us, we suppose"),
    Worry.ENEMY: _l("against us, we suppose"),
}
_GRAVE = frozenset({Worry.GONE, Worry.ENEMY})


class Weight(StrEnum):
    """How loud something is said."""

    DANGER = "danger"
    WARNING = "warning"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, how loud it is said, and the address where one mends it."""

    weight: Weight
    sentence: str
    address: str = ""
    link: str = ""


def worry_words(worry: Worry, regard: Regard) -> str:
    """What is not right, in a few words."""
    supposed = _SUPPOSED.get(worry) if regard.is_guess else None
    return str(supposed or WORRIES[worry])


def worry_weight(worry: Worry, signer: Signer) -> str:
    """The kind of badge it is shown as; a vacancy is less grave when a deputy acts."""
    is_grave = worry in _GRAVE or (worry is Worry.VACANT and signer.person is None)
    return (Weight.DANGER if is_grave else Weight.WARNING).value


def said_first(answer: Answer) -> list[Said]:
    """What must not be overlooked, the worst first."""
    return [*_about_time(answer), *_about_signing(answer), *_about_sureness(answer)]


def said_last(answer: Answer, client_id: int) -> list[Said]:
    """How the days were counted."""
    return list(_about_calendar(answer, client_id))


def _about_time(answer: Answer) -> Iterator[Said]:
    back = answer.times.backwards
    if back is not None and back.is_too_late:
        yield Said(Weight.DANGER, _too_late(back))


def _too_late(back: Backwards) -> str:
    late = ngettext(
        "Already too late by %(num)d working day.",
        "Already too late by %(num)d working days.",
        back.late_by,
    )
    begun = _(
        "To be signed by %(wanted)s it had to begin on %(begin)s.",
        wanted=day(back.wanted),
        begin=day(back.begin.start),
    )
    return f"{late} {begun}"


def _about_signing(answer: Answer) -> Iterator[Said]:
    if answer.nobody_signs:
        yield Said(Weight.DANGER, _nobody(answer))
    elif answer.perhaps_nobody_signs:
        yield Said(Weight.WARNING, _("It is not sure that anybody signs this purchase."))
    for one in answer.cannot_sign:
        yield Said(Weight.DANGER, _cannot(one, answer.currency))


def _nobody(answer: Answer) -> str:
    purchase = answer.question.purchase
    if not answer.question.knows_amount:
        return _(
            "By this path nobody signs: it has no step of a signature, a board or a committee."
        )
    return _(
        "By this path nobody signs %(amount)s: no step of a signature, a board or a committee "
        "applies.",
        amount=money_words(purchase.amount, purchase.currency),
    )


def _cannot(one: StepAnswer, currency: str) -> str:
    small = one.too_small
    limit = money_words(small.limit, currency) if small else ""
    names = ", ".join(s.person.name for s in one.signers if s.person) or one.step.title
    said = _(
        "%(number)s. %(title)s: the one who says yes cannot sign this. %(names)s may sign up to "
        "%(limit)s.",
        number=one.number,
        title=one.step.title,
        names=names,
        limit=limit,
    )
    return f"{said} {above_words(small, currency)}" if small else said


def above_words(small: TooSmall, currency: str) -> str:
    """Who could sign instead."""
    if not small.above:
        return _("Nobody above them is known who may.")
    return " ".join(_above(one, currency) for one in small.above)


def _above(one: Above, currency: str) -> str:
    who = _who(one)
    if one.number and one.limit is None:
        return _("Step %(number)s signs above them: %(who)s.", number=one.number, who=who)
    if one.number:
        return _(
            "Step %(number)s may: %(who)s, up to %(limit)s.",
            number=one.number,
            who=who,
            limit=money_words(one.limit or ZERO, currency),
        )
    if one.limit is None:
        return _("Above them in the chart: %(who)s. Ask up to how much they may sign.", who=who)
    return _(
        "Above them in the chart may: %(who)s, up to %(limit)s.",
        who=who,
        limit=money_words(one.limit, currency),
    )


def _who(one: Above) -> str:
    holder = one.seat.holder if one.seat else None
    return f"{one.title} ({holder.name})" if holder else one.title


def _about_sureness(answer: Answer) -> Iterator[Said]:
    unsure = [one for one in answer.steps if one.is_unsure]
    if unsure:
        titles = ", ".join(f"{one.number}. {one.step.title}" for one in unsure)
        yield Said(Weight.WARNING, _unsure(answer, titles))
    if any(one.limit_is_unsure for one in answer.steps) and answer.question.knows_amount:
        yield Said(
            Weight.WARNING,
            _(
                "Signing limits are in %(currency)s, so it is not sure whether they are enough.",
                currency=answer.currency,
            ),
        )


def _unsure(answer: Answer, titles: str) -> str:
    if not answer.question.knows_amount:
        return _(
            "Without the amount it is not sure whether these apply: %(titles)s.", titles=titles
        )
    return _(
        "The amount is in another currency than the path speaks of, so it is not sure whether "
        "these apply: %(titles)s.",
        titles=titles,
    )


def _about_calendar(answer: Answer, client_id: int) -> Iterator[Said]:
    card = f"/clients/{client_id}/edit"
    if not answer.country:
        yield Said(
            Weight.PLAIN,
            _("The country of the client is not known: Monday to Friday is counted."),
            card,
            _("Write it down"),
        )
    elif not answer.country_is_known:
        yield Said(
            Weight.PLAIN,
            _("The holidays of the client's country are not known: Monday to Friday is counted."),
        )
    if answer.unknown_years:
        years = ", ".join(str(year) for year in answer.unknown_years)
        yield Said(
            Weight.PLAIN,
            _(
                "Of days off that are moved in %(years)s nothing is known yet: only the usual "
                "holidays are counted.",
                years=years,
            ),
        )


def why_words(one: StepAnswer, categories: Mapping[int, str]) -> str:
    """Why the step applies: its condition, empty when it always does."""
    return condition_words(one.step.condition, categories)


def left_out_words(one: LeftOut, categories: Mapping[int, str]) -> str:
    """Why a step does not apply."""
    return _("only %(condition)s", condition=condition_words(one.failing, categories))


def span_words(start: date, end: date) -> str:
    """Two days, or one when they are the same."""
    first, last = day(start), day(end)
    return first if first == last else f"{first} – {last}"


def spare_words(back: Backwards) -> str:
    """How many days are left before all must begin."""
    if back.spare == 0:
        return _("It must begin on its first day: there is no day to spare.")
    return str(
        ngettext("%(num)d working day to spare.", "%(num)d working days to spare.", back.spare)
    )
