"""A step as its form shows it, and the step that a filled-in form says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from dossiers.approvals.actors import ActorSeat
from dossiers.approvals.amounts import amount_typed
from dossiers.approvals.document import step_from
from dossiers.approvals.forms.steps import StepForm
from dossiers.approvals.forms.year_days import frozen_as_typed, frozen_typed
from dossiers.approvals.steps import Step
from dossiers.people.reading.choices import number_in, position_meant, seat_label
from wiki.errors import Refusal
from wiki.locale import say
from wiki.pages.content import one_line

Values = dict[str, list[str]]
"""What stands in each field of the form."""

_EITHER = {None: "", True: "yes", False: "no"}
_SAID = {"": None, "yes": True, "no": False}


def actor_label(seat: ActorSeat) -> str:
    """How a position is written in the form."""
    return seat_label(seat.id, seat.title or "?", seat.holders)


def values_of(step: Step, seats: Mapping[int, ActorSeat], currency: str) -> Values:
    """The step as the form shows it."""
    condition, meetings = step.condition, step.meetings
    money = condition.currency if condition.currency != currency else ""
    return {
        "title": [step.title],
        "kind": [step.kind.value],
        "positions": ["\n".join(actor_label(seats[ident]) for ident in step.positions)],
        "needed": [str(step.needed or "")],
        "right": [step.right.value],
        "amount_from": [_amount(condition.amount_from, money)],
        "amount_to": [_amount(condition.amount_to, money)],
        "categories": [str(ident) for ident in sorted(condition.categories)],
        "new_vendor": [_EITHER[condition.new_vendor]],
        "personal_data": [_EITHER[condition.personal_data]],
        "tags": [", ".join(sorted(condition.tags))],
        "median": [str(step.duration.median)],
        "slow": [str(step.duration.slow)],
        "weekday": [str(meetings.weekday) if meetings else ""],
        "nths": [str(nth) for nth in sorted(meetings.nths)] if meetings else [],
        "counted_from": [_iso(meetings.counted_from) if meetings else ""],
        "frozen": [frozen_as_typed(step.frozen)],
        "documents": ["\n".join(step.documents)],
        "deputy": [actor_label(seats[step.deputy]) if step.deputy else ""],
        "limit": [_amount(step.limit, "")],
        "bring": [step.bring],
        "note": [step.note],
        "source": [step.source.value],
        "confidence": [step.confidence.value],
        "evidence": [step.evidence],
    }


def _amount(amount: Decimal | None, currency: str) -> str:
    if amount is None:
        return ""
    digits = f"{amount:,f}".replace(",", " ")
    return f"{digits} {currency}".strip()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@dataclass
class StepTyping:
    """Reads a filled-in form; what is wrong stands in the form's errors afterwards.

    `known` are the positions that the path names already: they may be gone from the chart.
    """

    session: Session
    client_id: int
    day: date
    currency: str
    known: frozenset[int] = frozenset()

    def step(self, form: StepForm, old: Step) -> Step | None:
        """The step with what was typed; `None` when something is wrong."""
        if not form.validate():
            return None
        plain = self._plain(form, old)
        if form.errors:
            return None
        try:
            return step_from(plain)
        except Refusal as refusal:
            form.form_errors.append(say(refusal))
            return None

    def _plain(self, form: StepForm, old: Step) -> dict[str, Any]:
        frozen = _read(form.frozen, frozen_typed) or ()
        median = form.median.data if form.median.data is not None else old.duration.median
        slow = form.slow.data if form.slow.data is not None else old.duration.slow
        return {
            "code": old.code,
            "after": sorted(old.after),
            "title": form.title.data,
            "kind": form.kind.data,
            "positions": _read(form.positions, self._positions) or (),
            "needed": int(form.needed.data) if (form.needed.data or "").isdecimal() else None,
            "right": form.right.data,
            "condition": self._condition(form, old),
            "duration": {"median": median, "slow": max(median, slow)},
            "meetings": _meetings(form),
            "frozen": [{"start": one.start, "end": one.end} for one in frozen],
            "documents": _lines(form.documents.data),
            "deputy": _read(form.deputy, self._position),
            "limit": _read(form.limit, self._limit),
            "bring": form.bring.data or "",
            "note": form.note.data or "",
            "source": form.source.data,
            "confidence": form.confidence.data,
            "evidence": form.evidence.data or "",
        }

    def _condition(self, form: StepForm, old: Step) -> dict[str, Any]:
        low = _read(form.amount_from, amount_typed)
        high = _read(form.amount_to, amount_typed)
        said = {one[1] for one in (low, high) if one and one[1]}
        if len(said) > 1:
            _wrong(form.amount_to, Refusal("Both amounts must be in the same currency."))
        return {
            "currency": min(said) if said else self.currency,
            "amount_from": low[0] if low else None,
            "amount_to": high[0] if high else None,
            "categories": _numbers(form.categories.data or ()),
            "new_vendor": _SAID[form.new_vendor.data or ""],
            "personal_data": _SAID[form.personal_data.data or ""],
            "tags": _tags(form.tags.data),
        }

    def _limit(self, typed: str) -> Decimal:
        amount, currency = amount_typed(typed)
        if currency and currency != self.currency:
            raise Refusal(
                "The limit is in the currency of the path: %(currency)s.", currency=self.currency
            )
        return amount

    def _positions(self, typed: str) -> tuple[int, ...]:
        found = [self._position(line) for line in _lines(typed)]
        return tuple(dict.fromkeys(ident for ident in found if ident))

    def _position(self, typed: str) -> int | None:
        number = number_in(typed)
        if number in self.known:
            return number
        return position_meant(self.session, self.client_id, self.day, typed)


def _read(field: Any, read: Callable[[str], Any]) -> Any:
    """What is typed in the field; `None` when it is empty or wrong."""
    typed = field.data or ""
    try:
        return read(typed) if typed.strip() else None
    except Refusal as refusal:
        _wrong(field, refusal)
        return None


def _wrong(field: Any, refusal: Refusal) -> None:
    field.errors = [*field.errors, say(refusal)]


def _meetings(form: StepForm) -> dict[str, Any] | None:
    if not form.weekday.data:
        return None
    return {
        "weekday": int(form.weekday.data),
        "nths": _numbers(form.nths.data or ()),
        "counted_from": form.counted_from.data,
    }


def _numbers(typed: Sequence[str]) -> list[int]:
    return [int(one) for one in typed if one.isascii() and one.isdecimal() and len(one) <= 9]


def _lines(typed: str | None) -> list[str]:
    return [line for line in (one_line(one) for one in (typed or "").splitlines()) if line]


def _tags(typed: str | None) -> list[str]:
    return [tag for tag in (one_line(one) for one in (typed or "").split(",")) if tag]
