"""What the packages below must know of promises, told once when the application starts."""

from dossiers.clients.deed_words import know_deeds
from dossiers.interactions.promises import undoing
from dossiers.interactions.promises.deed_words import PROMISE_DEEDS
from dossiers.interactions.promises.letters import due_part
from wiki.pages.watching.letter_parts import register_letter_part


def init() -> None:
    """Let deeds with promises be told and taken back, and the daily letter say what is due."""
    know_deeds(PROMISE_DEEDS)
    undoing.init()
    register_letter_part("promises", due_part)
