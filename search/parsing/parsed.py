"""What the parser hands on: the question as it was typed, and what each slot was typed as."""

from dataclasses import dataclass, field
from datetime import date

from search.questions import Question


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was typed, from character `start` to `end` of the text.

    `written` is everything between two blanks to which the word belongs: in another keyboard
    layout some letters are signs. `slot` is its number in the question, `None` for a word of
    grammar that does not count. `begins`: what begins with it is asked for, too (`word*`).
    """

    word: str
    term: str
    start: int
    end: int
    written: str
    written_at: int
    slot: int | None = None
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A question without corrections, the `text` it was read from, and its words in order.

    Words inside phrases and limits are not among `words`: they are taken as they are.
    """

    question: Question = field(default_factory=Question)
    text: str = ""
    words: tuple[Word, ...] = ()
    today: date | None = None
