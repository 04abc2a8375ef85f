"""What has been typed so far, for hints while typing."""

from search.analysis import Chain, Token, chains
from search.lemmas import fold_text
from search.parsing.clauses import clean
from search.parsing.slots import is_code
from search.questions import LONGEST_QUESTION, MOST_WORDS, Beginning


def begin(text: str) -> Beginning:
    """What has been typed so far; of a text that is too long only the beginning counts."""
    text = clean(text[:LONGEST_QUESTION])
    found = [token for chain in chains(text) for token in _asked(chain)][-MOST_WORDS:]
    if not found:
        return Beginning(())
    last = found.pop()
    before = tuple(dict.fromkeys(token.term for token in found))
    return Beginning(before, last.word, last.term, fold_text(text))


def _asked(chain: Chain) -> tuple[Token, ...]:
    """A code or address (`A-12`) is one word that goes on; «онлайн-запись» is two."""
    return chain.wholes[:1] if is_code(chain) else chain.parts
