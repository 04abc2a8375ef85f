"""How a file is read: its columns, what was said of it, and what it shows of its spellings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from dossiers.deals.files.fields import CONTACT, DAYS, FIELDS, LINE, MOMENTS, Field
from dossiers.deals.files.settings import Scale, Settings
from dossiers.deals.files.survey import Survey
from wiki.errors import Refusal
from wiki.tables.amounts import Mark
from wiki.tables.days import Order
from wiki.tables.mapping import Columns, checked_columns


@dataclass(frozen=True, slots=True)
class Chosen:
    """Columns and settings as a person, or a guess, has chosen them."""

    columns: Columns
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is needed to read each row alone; `repeated` are deals with several rows."""

    headings: tuple[str, ...]
    columns: Columns
    settings: Settings
    mark: Mark | None = None
    orders: Mapping[str, Order | None] = field(default_factory=dict)
    scale: Scale | None = None
    repeated: Mapping[str, int] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    @property
    def has_lines(self) -> bool:
        """Whether the file tells of products."""
        return any(name in self.columns for name in LINE)

    @property
    def has_contacts(self) -> bool:
        """Whether the file tells of people at the client."""
        return any(name in self.columns for name in CONTACT)


def check_chosen(chosen: Chosen, headings: Sequence[str]) -> Chosen:
    """The same with columns in their order.

    Raises `Refusal` for columns that are not there, and when no column tells one deal from another.
    """
    columns = checked_columns(chosen.columns, headings, FIELDS)
    for heading in chosen.settings.key:
        if heading not in headings:
            raise Refusal(
                "The file has no column “%(name)s”. Nothing was changed. Its columns are: "
                "%(columns)s.",
                name=heading[:100],
                columns=", ".join(headings)[:1_000],
            )
    if Field.EXTERNAL_ID not in columns and not chosen.settings.key:
        raise Refusal(
            "No column holds the number of the deal, so a deal could not be known again when its "
            "file comes anew. Nothing was changed. Choose the column of the number, or columns "
            "that together are different for each deal."
        )
    if set(columns) <= {Field.EXTERNAL_ID, Field.UPDATED_AT}:
        raise Refusal(
            "No column says anything of the deals but their number. Nothing was changed. Say what "
            "the other columns mean."
        )
    return Chosen(columns, chosen.settings)


def reading_of(
    headings: Sequence[str], form: str, chosen: Chosen, survey: Survey, zone: str = "UTC"
) -> Reading:
    """How each row is read; what nobody said is decided by what the whole file shows."""
    settings = chosen.settings
    # A workbook keeps figures as numbers, which come here with a point.
    shown = survey.marks.decided or (Mark.POINT if form == "xlsx" else None)
    return Reading(
        tuple(headings),
        chosen.columns,
        settings,
        settings.mark or shown,
        _orders(settings, survey),
        settings.scale or survey.shares.decided,
        survey.repeated,
        ZoneInfo(zone),
    )


def _orders(settings: Settings, survey: Survey) -> Mapping[str, Order | None]:
    """The order of each column of days; one that shows none has that of the others."""
    own = {name: orders.decided for name, orders in survey.orders.items()}
    others = {order for order in own.values() if order is not None}
    of_all = next(iter(others)) if len(others) == 1 else None
    return {name: settings.order or own.get(name) or of_all for name in (*DAYS, *MOMENTS)}
