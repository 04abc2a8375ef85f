"""Questions that somebody does not want to hear again for some days.

They are kept in the person's own browser, as a cookie: nothing about what somebody does not know
stands in the dossier, and a browser that forgets only asks once more.
"""

import re
from datetime import date, timedelta

#: Who does not know the answer is asked again after so long.
UNKNOWN_FOR = timedelta(days=14)
#: Who wants another question is asked this one again tomorrow.
SKIPPED_FOR = timedelta(days=1)
#: Who says that a position stands at the top is not asked for a year.
SETTLED_FOR = timedelta(days=365)
_MOST = 60
_ENTRY = re.compile(r"(\d{1,10})_([a-z]{1,10}-\d{1,10}-\d{1,10})_(\d{1,7})")


def cookie_name(user_id: int) -> str:
    """The name of the cookie: people who share a browser do not share what they know."""
    return f"questions_{user_id}"


def put_off(text: str, client_id: int, code: str, until: date, today: date) -> str:
    """The cookie with one more question; what is over, and the oldest beyond a limit, go out."""
    entries = {(client, known): day for client, known, day in _read(text) if day > today}
    entries.pop((client_id, code), None)
    entries[client_id, code] = until
    kept = list(entries.items())[-_MOST:]
    return ".".join(f"{client}_{known}_{day.toordinal()}" for (client, known), day in kept)


def put_off_now(text: str, client_id: int, today: date) -> frozenset[str]:
    """The codes of the client's questions that are not to be asked today."""
    return frozenset(
        code for client, code, day in _read(text) if client == client_id and day > today
    )


def _read(text: str) -> list[tuple[int, str, date]]:
    """What the cookie says; what nobody of us wrote is left out."""
    return [
        (int(client), code, date.fromordinal(min(max(int(day), 1), date.max.toordinal())))
        for client, code, day in _ENTRY.findall(text[:4000])
    ]
