"""How files call the ways in which one speaks with a client."""

from collections.abc import Mapping

from dossiers.interactions.kinds import InteractionKind
from wiki.rendering.titles import fold_title

_WORDS: Mapping[InteractionKind, tuple[str, ...]] = {
    InteractionKind.CALL: (
        "call", "звонок", "phone call", "phone", "телефонный звонок", "исходящий звонок",
        "входящий звонок", "outgoing call", "incoming call", "телефон", "разговор",
    ),
    InteractionKind.MEETING: (
        "meeting", "встреча", "visit", "визит", "совещание", "выезд", "презентация", "переговоры",
        "demo", "видеовстреча",
    ),
    InteractionKind.LETTER: (
        "letter", "письмо", "e-mail", "email", "mail", "электронное письмо", "почта",
        "входящее письмо", "исходящее письмо",
    ),
    InteractionKind.MESSAGE: (
        "message", "сообщение", "chat", "чат", "sms", "смс", "whatsapp", "telegram", "телеграм",
        "мессенджер", "viber",
    ),
    InteractionKind.OTHER: ("other", "other contact", "другой контакт", "другое", "прочее", ""),
}  # fmt: skip
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words}


def kind_called(text: str) -> InteractionKind | None:
    """The kind that a cell means; `None` for words that nobody knows."""
    return _KINDS.get(fold_title(text))
