"""The sentences of deeds with paths and runs, for the list of a dossier's changes."""

from collections.abc import Mapping

from dossiers.approvals.kinds import StepState
from dossiers.approvals.wording import STEP_STATES
from dossiers.clients.deed_words import Sentence, Words
from wiki.locale import _

_STATES = {str(code): name for code, name in STEP_STATES.items()}


def _saved(words: Words) -> str:
    said = _(
        "path %(path)s saved as version %(number)s", path=words["path"], number=words["number"]
    )
    return f"{said}: {words['why']}" if words["why"] else said


def _moved(words: Words) -> str:
    state = str(_STATES.get(StepState(words["to"]), words["to"]))
    return _("%(deal)s: %(step)s – %(state)s", deal=words["deal"], step=words["step"], state=state)


APPROVAL_DEEDS: Mapping[str, Sentence] = {
    "create path": lambda w: _("new approval path %(path)s", path=w["path"]),
    "save path": _saved,
    "restore path": lambda w: _(
        "path %(path)s is again as in version %(number)s", path=w["path"], number=w["number"]
    ),
    "confirm path": lambda w: _(
        "path %(path)s, version %(number)s, was confirmed", path=w["path"], number=w["number"]
    ),
    "name path": lambda w: _("path %(path)s is now called %(to)s", path=w["path"], to=w["to"]),
    "archive path": lambda w: _("path %(path)s was archived", path=w["path"]),
    "bring back path": lambda w: _(
        "path %(path)s was brought back from the archive", path=w["path"]
    ),
    "begin run": lambda w: _("%(deal)s walks the path %(path)s", deal=w["deal"], path=w["path"]),
    "move step": _moved,
    "correct run": lambda w: _("%(deal)s: amount, conditions or days corrected", deal=w["deal"]),
    "give up run": lambda w: _("%(deal)s was given up", deal=w["deal"]),
    "take up run": lambda w: _("%(deal)s goes on again", deal=w["deal"]),
    "leave lesson": lambda w: _(
        "path %(path)s was left as it is: %(said)s", path=w["path"], said=w["said"]
    ),
}
