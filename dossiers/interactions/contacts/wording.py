"""The words and pictures of contacts."""

from dossiers.interactions.kinds import Door, InteractionKind, TopicKind
from wiki.locale import _l

KIND_NAMES = {
    InteractionKind.CALL: _l("call"),
    InteractionKind.MEETING: _l("meeting"),
    InteractionKind.LETTER: _l("letter"),
    InteractionKind.MESSAGE: _l("message"),
    InteractionKind.OTHER: _l("other contact"),
}

KIND_PICTURES = {
    InteractionKind.CALL: "telephone",
    InteractionKind.MEETING: "people",
    InteractionKind.LETTER: "envelope",
    InteractionKind.MESSAGE: "chat",
    InteractionKind.OTHER: "three-dots",
}

DOOR_NAMES = {
    Door.HAND: _l("written by hand"),
    Door.FILE: _l("from a file"),
    Door.API: _l("from a program"),
    Door.MAIL: _l("from a mailbox"),
}

TOPIC_NAMES = {
    TopicKind.DEAL: _l("Deal"),
    TopicKind.RUN: _l("Decision under way"),
    TopicKind.CONTRACT: _l("Contract"),
}
