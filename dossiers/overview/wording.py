"""The words of first pages."""

from collections.abc import Mapping

from flask_babel import LazyString

from dossiers.overview.due import DueKind
from wiki.locale import _l

DUE_NAMES: Mapping[DueKind, LazyString] = {
    DueKind.START: _l("Begin the renewal"),
    DueKind.NOTICE: _l("Last day for notice"),
    DueKind.END: _l("The contract ends"),
    DueKind.OURS: _l("We promised"),
    DueKind.THEIRS: _l("They promised"),
    DueKind.SPEAK: _l("Speak again"),
    DueKind.FOLLOW_UP: _l("After the review"),
    DueKind.DEAL: _l("The deal is to close"),
}
DUE_PICTURES: Mapping[DueKind, str] = {
    DueKind.START: "flag",
    DueKind.NOTICE: "envelope",
    DueKind.END: "file-earmark-text",
    DueKind.OURS: "hand-thumbs-up",
    DueKind.THEIRS: "reply",
    DueKind.SPEAK: "telephone",
    DueKind.FOLLOW_UP: "clipboard-check",
    DueKind.DEAL: "briefcase",
}
