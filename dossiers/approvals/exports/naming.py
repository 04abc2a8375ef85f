"""What the file of an export is called."""

import re
from datetime import date

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+')
_LONGEST = 80


def file_name(client: str, subject: str, day: date, suffix: str) -> str:
    """The client and the subject as a name that every system can keep, with the day."""
    named = [part for part in (_kept(client), _kept(subject)) if part]
    return f"{', '.join([*named, day.isoformat()])}.{suffix}"


def _kept(text: str) -> str:
    return " ".join(_NOT_IN_NAMES.sub(" ", text).split())[:_LONGEST].strip(" .")
