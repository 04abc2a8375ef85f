"""An answer as JSON values."""

from datetime import date
from decimal import Decimal
from typing import Any

from dossiers.approvals.answers.answer import Answer, StepAnswer
from dossiers.approvals.answers.limits import Above
from dossiers.approvals.answers.reasons import LeftOut
from dossiers.approvals.answers.signers import Signer
from dossiers.approvals.purchases import Condition

_Json = dict[str, Any]


def plain_answer(answer: Answer, path_id: int, version: int, confirmed: bool) -> _Json:
    """The answer for programs, in the shape of `AnswerOut`."""
    question, times = answer.question, answer.times
    back, signature = times.backwards, times.signature
    return {
        "path": path_id,
        "version": version,
        "confirmed": confirmed,
        "amount": _text(question.purchase.amount) if question.knows_amount else None,
        "currency": question.purchase.currency if question.knows_amount else answer.currency,
        "begins": _iso(question.begins),
        "wanted": _iso(question.wanted),
        "signature": _iso(signature.usual) if signature else None,
        "slow_signature": _iso(signature.slow) if signature else None,
        "begin_by": _iso(back.begin.start) if back else None,
        "begin_safely_by": _iso(back.begin.safe) if back else None,
        "late_by": back.late_by if back else 0,
        "spare": back.spare if back else None,
        "nobody_signs": None if answer.perhaps_nobody_signs else answer.nobody_signs,
        "cannot_sign": [one.step.code for one in answer.cannot_sign],
        "steps": [_step(one) for one in answer.steps],
        "left_out": [_left_out(one) for one in answer.left_out],
        "unknown_years": list(answer.unknown_years),
    }


def _step(one: StepAnswer) -> _Json:
    step, usual, deadline = one.step, one.window.usual, one.deadline
    return {
        "number": one.number,
        "code": step.code,
        "title": step.title,
        "kind": step.kind.value,
        "right": step.right.value,
        "needed": step.needed,
        "signs": one.signs,
        "unsure": one.is_unsure,
        "guess": one.is_guess,
        "before_signature": one.is_counted,
        "people": [_signer(signer) for signer in one.signers],
        "documents": list(step.documents),
        "bring": step.bring,
        "start": _iso(usual.start),
        "end": _iso(usual.end),
        "slow_end": _iso(one.window.slow.end),
        "begin_by": _iso(deadline.start) if deadline else None,
        "begin_safely_by": _iso(deadline.safe) if deadline else None,
        "late_by": deadline.late_by if deadline else 0,
        "limit": _text(step.limit),
        "limit_too_small": None if one.limit_is_unsure else one.too_small is not None,
        "others_may_sign": [
            _above(other) for other in (one.too_small.above if one.too_small else ())
        ],
    }


def _signer(signer: Signer) -> _Json:
    person, regard = signer.person, signer.regard
    return {
        "position": signer.seat.id,
        "title": signer.seat.title,
        "person": person.person_id if person else None,
        "name": person.name if person else "",
        "acts": signer.acts.value if signer.acts else None,
        "deputy_position": signer.stands_in.id if signer.stands_in else None,
        "attitude": regard.attitude.value if regard.attitude else None,
        "known_to": list(regard.known_to),
        "worries": [worry.value for worry in signer.worries],
    }


def _above(one: Above) -> _Json:
    return {
        "number": one.number,
        "title": one.title,
        "position": one.seat.id if one.seat else None,
        "limit": _text(one.limit),
    }


def _left_out(one: LeftOut) -> _Json:
    return {
        "number": one.number,
        "code": one.step.code,
        "title": one.step.title,
        "failing": _condition(one.failing),
    }


def _condition(failing: Condition) -> _Json:
    said: _Json = {
        "amount_from": _text(failing.amount_from),
        "amount_to": _text(failing.amount_to),
        "categories": sorted(failing.categories) or None,
        "new_vendor": failing.new_vendor,
        "personal_data": failing.personal_data,
        "tags": sorted(failing.tags) or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _text(amount: Decimal | None) -> str | None:
    return f"{amount:f}" if amount is not None else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
