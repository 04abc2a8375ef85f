"""A path as one JSON document: what a version keeps, what the editor and the API speak."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from dossiers.approvals.plain import Currency
from dossiers.approvals.steps import Step, Steps, in_order, steps_by_code
from dossiers.approvals.working_days import Frozen, WorkingDays
from wiki.errors import Refusal

MOST_STEPS = 100


@dataclass(frozen=True, slots=True)
class PathDocument:
    """The steps of a path, the currency of its amounts, and when the client decides nothing.

    Steps stand in the order in which they are listed; `after` says what waits for what.
    """

    currency: Currency = "RUB"
    steps: Annotated[tuple[Step, ...], Field(max_length=MOST_STEPS)] = ()
    frozen: Annotated[tuple[Frozen, ...], Field(max_length=10)] = ()

    @property
    def by_code(self) -> Steps:
        """The steps by their codes."""
        return {step.code: step for step in self.steps}

    def calendar(self, country: str) -> WorkingDays:
        """The working days of a client of that country under this path."""
        return WorkingDays(country, self.frozen)

    def positions(self) -> frozenset[int]:
        """Everybody who acts or stands in for somebody."""
        acting = (position for step in self.steps for position in step.positions)
        return frozenset(acting) | {step.deputy for step in self.steps if step.deputy}


_DOCUMENT: TypeAdapter[PathDocument] = TypeAdapter(PathDocument)
_STEP: TypeAdapter[Step] = TypeAdapter(Step)


def document_from(plain: Mapping[str, Any]) -> PathDocument:
    """The document that these JSON values say.

    Raises `Refusal` for what does not fit: a value beyond its limits, two steps of one code, a
    step that waits for one which is not there, a circle.
    """
    try:
        document = _DOCUMENT.validate_python(plain)
    except ValidationError as error:
        raise _refusal(error) from None
    check_document(document)
    return document


def step_from(plain: Mapping[str, Any]) -> Step:
    """One step. Raises `Refusal` for what does not fit."""
    try:
        return _STEP.validate_python(plain)
    except ValidationError as error:
        raise _refusal(error) from None


def plain_document(document: PathDocument) -> dict[str, Any]:
    """The document as JSON values; equal documents give equal values."""
    found: dict[str, Any] = _DOCUMENT.dump_python(document, mode="json")
    return found


def plain_step(step: Step) -> dict[str, Any]:
    """One step as JSON values."""
    found: dict[str, Any] = _STEP.dump_python(step, mode="json")
    return found


def kept_document(kept: Mapping[str, Any]) -> PathDocument:
    """A document out of the database, which was checked before it was kept."""
    return _DOCUMENT.validate_python(kept)


def check_document(document: PathDocument) -> None:
    """Raise `Refusal` for a circle, a code twice, a step that waits for one that is not there."""
    in_order(steps_by_code(document.steps))


def checked_plain(document: PathDocument) -> dict[str, Any]:
    """The document as JSON values that can be read again. Raises `Refusal` as `document_from`."""
    plain = plain_document(document)
    document_from(plain)
    return plain


def _refusal(error: ValidationError) -> Refusal:
    first = error.errors()[0]
    if first["loc"] == ("steps",) and first["type"] == "too_long":
        return Refusal(
            "A path has at most %(limit)d steps. Nothing was changed. Make one step of several, or "
            "write a second path.",
            limit=MOST_STEPS,
        )
    place = " → ".join(str(part) for part in first["loc"])
    return Refusal(
        "This does not fit into a path (%(place)s: %(problem)s). Nothing was changed. Correct it "
        "and send it again.",
        place=place,
        problem=first["msg"],
    )
