"""What a person should know of a file as a whole; nothing of it is changed because of it."""

from collections.abc import Iterator, Sequence
from itertools import islice

from dossiers.deals.files.fields import Field
from dossiers.deals.files.reading import Reading
from dossiers.deals.files.survey import Survey
from wiki.errors import Refusal
from wiki.tables.mapping import columns_left

_MOST_SLIPS = 50


def remarks_on(
    reading: Reading, survey: Survey, without_kind: Sequence[tuple[str, int]]
) -> Iterator[Refusal]:
    """Sentences; they are refusals in form only, so that they can be said in any language."""
    yield from _left(reading)
    yield from (_no_kind(stage, count) for stage, count in without_kind[:_MOST_SLIPS])
    if Field.AMOUNT in reading.columns and not _has_currency(reading):
        yield Refusal("The file does not say in which currency its amounts are.")
    if Field.UPDATED_AT not in reading.columns:
        yield Refusal(
            "The file does not say when its deals were changed; what it says is taken to be so now."
        )
    for name, rarer, other, count in islice(survey.slips(), _MOST_SLIPS):
        yield Refusal(
            "“%(rarer)s” in the column “%(column)s” (%(count)d times) looks like “%(other)s”. Both "
            "were kept as they are.",
            rarer=rarer[:100],
            column=reading.columns[name][:100],
            count=count,
            other=other[:100],
        )


def _has_currency(reading: Reading) -> bool:
    return Field.CURRENCY in reading.columns or bool(reading.settings.currency)


def _left(reading: Reading) -> Iterator[Refusal]:
    taken = {**reading.columns, **{f"key {k}": k for k in reading.settings.key}}
    left = columns_left(reading.headings, taken)
    if left:
        yield Refusal(
            "These columns mean nothing here and stay in the raw record only: %(columns)s.",
            columns=", ".join(left)[:1_000],
        )


def _no_kind(stage: str, count: int) -> Refusal:
    return Refusal(
        "It is not known whether deals at the stage “%(stage)s” (%(count)d) go on, were won or "
        "were lost.",
        stage=stage[:100],
        count=count,
    )
