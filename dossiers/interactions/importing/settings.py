"""What is asked of a file of contacts beside its columns."""

from collections.abc import Mapping, Sequence

from wiki.lists.sorts import Setting
from wiki.locale import _l
from wiki.tables.days import Order

CLIENT, DAYS, PEOPLE = "client", "days", "people"
ADD, IN_TEXT = "add", "text"
_LONGEST_CLIENT = 300

SETTINGS: Sequence[Setting] = (
    Setting(
        CLIENT,
        _l("Client of rows that name none"),
        _l("Its exact name, its tax number or its address here, like /clients/12."),
        longest=_LONGEST_CLIENT,
    ),
    Setting(
        PEOPLE,
        _l("People who are not in the dossier yet"),
        _l("What becomes of a name that nobody of the client has."),
        (
            (ADD, _l("write them down as people of the client")),
            (IN_TEXT, _l("only keep their names in the text")),
        ),
        ADD,
    ),
    Setting(
        DAYS,
        _l("What stands first in a day like 03/04/2026"),
        "",
        (
            ("", _l("as the file shows")),
            (Order.DAY.value, _l("the day: 31/12/2026")),
            (Order.MONTH.value, _l("the month: 12/31/2026")),
        ),
    ),
)


def order_said(settings: Mapping[str, str]) -> Order | None:
    """The order of days that a person chose; `None` when the file decides."""
    text = settings.get(DAYS, "")
    return Order(text) if text else None
