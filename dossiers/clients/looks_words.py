"""What was looked at or taken out, in the reader's language."""

from collections.abc import Mapping

from flask_babel import LazyString

from wiki.locale import _l

_PARTS: Mapping[str, LazyString] = {
    "card": _l("overview"),
    "history": _l("history of the dossier"),
    "log": _l("list of who looked"),
    "notes": _l("notes"),
    "team": _l("team and readers"),
    "chart": _l("chart"),
    "outline": _l("chart as text"),
    "changes": _l("changes of the chart"),
    "people": _l("people"),
    "person": _l("person"),
    "position": _l("position"),
    "coverage": _l("coverage"),
    "paths": _l("approval paths"),
    "path": _l("approval path"),
    "path versions": _l("versions of an approval path"),
    "path lessons": _l("what the runs of a path teach"),
    "path.html": _l("approval path for print"),
    "path for the client": _l("path for the client's eyes"),
    "answer": _l("who must sign, and by when"),
    "runs": _l("deals on their way"),
    "run": _l("the run of a deal"),
    "deals": _l("deals"),
    "deal": _l("a deal"),
    "contacts": _l("contact log"),
    "contact": _l("a contact"),
    "promises": _l("promises"),
    "promise": _l("a promise"),
    "question": _l("questions"),
    "duplicates": _l("duplicates"),
    "card through the API": _l("overview, through the API"),
}


def part_name(what: str) -> str:
    """The part of a dossier; what has no word here is shown as it was written: "chart.pdf"."""
    return str(_PARTS.get(what, what))
