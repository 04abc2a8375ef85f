"""The ends of time, and the enumerations of where facts are known from."""

from datetime import UTC, date, datetime
from enum import StrEnum

#: The first day of time: nobody knows since when it is so.
ALWAYS = date(1, 1, 1)
#: The day after the last: it is still so.
FOREVER = date(9999, 12, 31)
#: The moment of a correction that has not come; early enough for every time zone of a database.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Source(StrEnum):
    """Where a fact is known from."""

    MEETING = "meeting"
    MAIL = "mail"
    CALL = "call"
    DOCUMENT = "document"
    REGISTER = "register"
    IMPORT = "import"
    COLLEAGUE = "colleague"
    GUESS = "guess"


class Confidence(StrEnum):
    """How sure the person is who wrote the fact down."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"
