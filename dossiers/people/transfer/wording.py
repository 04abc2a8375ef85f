"""The words of imports on screen."""

from collections.abc import Mapping
from typing import Any

from dossiers.clients.deed_words import Sentence, Words
from dossiers.people.transfer.absent import Absent
from dossiers.people.transfer.fields import Field
from dossiers.people.transfer.loading import IMPORT
from dossiers.people.transfer.report import refusal_of
from wiki.locale import _, _l, say

FIELD_NAMES = {
    Field.POSITION: _l("Number of the position"),
    Field.REPORTS_TO: _l("Reports to"),
    Field.TITLE: _l("Title of the position"),
    Field.UNIT: _l("Department or unit"),
    Field.KIND: _l("Kind of position"),
    Field.PERSON: _l("Name of the person"),
    Field.ACTING: _l("Acting (yes or no)"),
    Field.MAIN: _l("Main position (yes or no)"),
    Field.SINCE: _l("Holds it since"),
    Field.EMAIL: _l("E-mail"),
    Field.PHONE: _l("Telephone"),
    Field.ROLE: _l("Role in the decision"),
    Field.ATTITUDE: _l("Attitude to us"),
    Field.POWER: _l("Political weight"),
    Field.ORIENTATION: _l("What drives them"),
    Field.DOTTED: _l("Dotted line to"),
    Field.ASSISTANT_TO: _l("Assistant of"),
    Field.INFLUENCES: _l("Influence lines, as our export writes them"),
    Field.KNOWN: _l("Position is known (yes or no)"),
    Field.ORDER: _l("Order among neighbours"),
    Field.CODE: _l("The client's own number, as our export writes it"),
    Field.PERSON_NUMBER: _l("Number of the person, as our export writes it"),
    Field.SOURCE: _l("Known from"),
    Field.CONFIDENCE: _l("How sure"),
    Field.NOTE: _l("Note"),
}

FIELD_HELP = {
    Field.POSITION: _l("Rows with the same number are one position with several holders."),
    Field.REPORTS_TO: _l("The manager's number, title or name; empty for a position at the top."),
    Field.PERSON: _l(
        "Empty means vacant; “not disclosed”, “***” and the like mean that somebody holds it and "
        "we do not know who."
    ),
}

#: Shown at once; the others stand below a fold.
FIRST_FIELDS = (
    Field.POSITION,
    Field.REPORTS_TO,
    Field.TITLE,
    Field.UNIT,
    Field.PERSON,
    Field.EMAIL,
    Field.PHONE,
    Field.SINCE,
)

ABSENT_NAMES = {
    None: _l("Decide by the file: end them when it tells of more than half of the chart"),
    Absent.LEAVE: _l("Leave them: the file is only a part"),
    Absent.END: _l("End them on the day of the file: it is the whole chart"),
}


def _imported(words: Words) -> str:
    return _("file %(file)s imported as of %(day)s", file=words["file"], day=words["on"])


DEEDS: Mapping[str, Sentence] = {IMPORT: _imported}


def sentence_of(line: Mapping[str, Any]) -> str:
    """The sentence of a line of a report, in the reader's language."""
    return say(refusal_of(line))
