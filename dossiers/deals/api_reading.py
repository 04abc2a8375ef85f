"""From the JSON of a deal to the neutral record, or a sentence that says what is wrong with it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from pydantic import ValidationError

from dossiers.deals.api_shapes import DealIn
from dossiers.deals.record import Company, Contact, DealRecord, Line, Seller, StageSince
from wiki import clock
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title

_AHEAD = timedelta(days=1)
_NOT_SAID = {"external_id", "updated_at"}
_TEXTS = ("title", "currency", "pipeline", "stage", "probability_scale", "loss_reason")


def record_from(sent: Any) -> DealRecord:
    """The record. Raises `Refusal` that names the field and what to send instead."""
    if not isinstance(sent, dict):
        raise Refusal("A deal is an object with the field external_id. It was not written.")
    try:
        deal = DealIn.model_validate(sent)
    except ValidationError as error:
        raise _refusal(error) from None
    _check(deal)
    fields = {name: getattr(deal, name) for name in deal.model_fields_set - _NOT_SAID}
    said = frozenset(fields)
    values = {name: _value(name, value) for name, value in fields.items()}
    return DealRecord(deal.external_id, said, updated_at=deal.updated_at, **values)


def _value(name: str, value: Any) -> Any:
    """As the record has it: null is known to be empty."""
    if name in _TEXTS:
        return value or ""
    if name in _PARTS:
        make = _PARTS[name]
        return tuple(make(**dict(one)) for one in value or ())
    if name == "raw":
        return value or {}
    if name in _NAMED and value is not None:
        return _NAMED[name](**dict(value))
    return value


_PARTS: Mapping[str, Callable[..., Any]] = {
    "contacts": Contact,
    "lines": Line,
    "stages": StageSince,
}
_NAMED: Mapping[str, Callable[..., Any]] = {"owner": Seller, "company": Company}


def _check(deal: DealIn) -> None:
    for name, one in (("company", deal.company), ("owner", deal.owner)):
        if one is not None and not one.external_id and not fold_title(one.name):
            raise Refusal(
                "%(place)s needs a name or an external_id. The deal was not written. Send null "
                "when there is none.",
                place=name,
            )
    for number, line in enumerate(deal.lines or ()):
        place = f"lines.{number}"
        if not line.external_id and not fold_title(line.name):
            raise Refusal(
                "%(place)s needs a name or an external_id. The deal was not written. Leave the "
                "line out when its product is not known.",
                place=place,
            )
    if deal.updated_at is not None and deal.updated_at > clock.now() + _AHEAD:
        raise Refusal(
            "updated_at lies in the future, so nothing later could change the deal. It was not "
            "written. Send the time at which the source changed it."
        )


def _refusal(error: ValidationError) -> Refusal:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])[:200] or "deal"
    # With a validator before it, the limit of a text is reported like that of a list.
    of_text = "string_" if isinstance(first["input"], str) else ""
    code = str(first["type"])
    make = _REFUSALS.get(of_text + code) or _REFUSALS.get(code) or _other
    return make(place, {**first.get("ctx", {}), "msg": first["msg"]})


def _other(place: str, why: Mapping[str, Any]) -> Refusal:
    return Refusal(
        "%(place)s: %(problem)s. The deal was not written.", place=place, problem=why["msg"]
    )


def _text(place: str, _why: Mapping[str, Any]) -> Refusal:
    return Refusal("%(place)s must be a text. The deal was not written.", place=place)


def _letters(place: str, _why: Mapping[str, Any]) -> Refusal:
    return Refusal(
        "%(place)s has letters that cannot be kept. The deal was not written. Send whole "
        "characters, without NUL.",
        place=place,
    )


_REFUSALS: Mapping[str, Callable[[str, Mapping[str, Any]], Refusal]] = {
    "amount": lambda place, _why: Refusal(
        "%(place)s must be a text such as “1200.50”, with at most 14 digits before and 4 behind "
        "the point. A JSON number is refused, for it may be rounded on its way. The deal was not "
        "written.",
        place=place,
    ),
    "percent": lambda place, _why: Refusal(
        "%(place)s is in percent, from “0” to “100”. The deal was not written.", place=place
    ),
    "day": lambda place, _why: Refusal(
        "%(place)s must be a day such as “2026-03-31”. The deal was not written.", place=place
    ),
    "moment": lambda place, _why: Refusal(
        "%(place)s must be a moment with its time zone such as “2026-03-31T09:00:00+03:00”. The "
        "deal was not written.",
        place=place,
    ),
    "years": lambda place, _why: Refusal(
        "%(place)s lies before 1900 or after 2200. The deal was not written.", place=place
    ),
    "kind": lambda place, _why: Refusal(
        "%(place)s must be open, won or lost. The deal was not written.", place=place
    ),
    "float": lambda place, _why: Refusal(
        "%(place)s holds a number with a point, which may be rounded on its way. The deal was not "
        "written. Send such numbers as texts.",
        place=place,
    ),
    "raw": lambda place, _why: Refusal(
        "%(place)s is longer than 20,000 characters. The deal was not written.", place=place
    ),
    "letters": _letters,
    "string_unicode": _letters,
    "string_type": _text,
    "missing": lambda place, _why: Refusal(
        "%(place)s is missing. The deal was not written.", place=place
    ),
    "string_too_short": lambda place, _why: Refusal(
        "%(place)s is empty. The deal was not written.", place=place
    ),
    "extra_forbidden": lambda place, _why: Refusal(
        "There is no field %(place)s. The deal was not written. Send what is your own in raw.",
        place=place,
    ),
    "string_too_long": lambda place, why: Refusal(
        "%(place)s has more than %(limit)d characters. The deal was not written.",
        place=place,
        limit=why["max_length"],
    ),
    "too_long": lambda place, why: Refusal(
        "%(place)s has more than %(limit)d entries. The deal was not written.",
        place=place,
        limit=why["max_length"],
    ),
    "string_pattern_mismatch": lambda place, _why: Refusal(
        "%(place)s must be the three capital letters of a currency such as “EUR”. The deal was "
        "not written.",
        place=place,
    ),
}
