"""What was asked: the words of a search box as terms, free of any syntax that could fail."""

from dataclasses import dataclass

from search.analysis import Token, terms, tokens
from wiki.errors import Refusal

LONGEST_QUESTION = 1_000
MOST_WORDS = 32
SHORTEST_PREFIX = 3
"""Fewer letters begin too many words to say anything."""

_COMMON = """
а без бы был была были быть в вам вас весь во вот все всё вы где да для до его ее её если есть еще
ещё же за и из или им их к как какая какие какой как-то когда которая которые который кто ли либо
мне мне можно мой мы на над надо наш не нет ни но ну о об он она они оно от по под при про с со
так такой там то тоже только тот ты у уже чего чем что чтобы эта эти это этот я
a about an and are as at be but by can do does for from has have how i if in into is it its my no
not of on or our so than that the their then there these they this to was we what when where which
who why will with you your
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its text, its different terms that matter, and all its terms as one phrase."""

    text: str
    terms: tuple[str, ...]
    phrase: str = ""

    def __bool__(self) -> bool:
        return bool(self.terms)


@dataclass(frozen=True, slots=True)
class Beginning:
    """What has been typed so far: whole terms, and the last word that may go on or be whole."""

    terms: tuple[str, ...]
    last: str = ""
    last_term: str = ""

    def __bool__(self) -> bool:
        return bool(self.terms or self.last)


def ask(text: str) -> Question:
    """The question in this text. Common words count only when there are no others.

    At most `MOST_WORDS` different terms are kept. Raises `Refusal` when the text is too long.
    """
    if len(text) > LONGEST_QUESTION:
        raise Refusal(
            "The question is longer than %(limit)d characters. Keep only the words that matter.",
            limit=LONGEST_QUESTION,
        )
    every = terms(text)
    found = list(dict.fromkeys(every))
    rare = [term for term in found if term not in COMMON_TERMS]
    return Question(text.strip(), tuple((rare or found)[:MOST_WORDS]), " ".join(every))


def begin(text: str) -> Beginning:
    """What has been typed so far; of a text that is too long only the beginning counts."""
    found = list(tokens(text[:LONGEST_QUESTION]))[-MOST_WORDS:]
    if not found:
        return Beginning(())
    last = next((token for token in found if _is_code_with(token, found[-1])), found[-1])
    before = [token.term for token in found if token.end <= last.start]
    return Beginning(tuple(dict.fromkeys(before)), last.word, last.term)


def _is_code_with(token: Token, part: Token) -> bool:
    """Whether this is the code or address (`A-12`) to which the part belongs as its end."""
    holds = token.start < part.start and token.end == part.end
    return holds and not token.word.isalpha()


COMMON_TERMS = frozenset(token.term for token in tokens(_COMMON))
"""Terms that say little: words of grammar in both languages."""
