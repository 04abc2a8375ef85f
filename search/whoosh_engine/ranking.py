"""How well documents fit a question: BM25F over the postings of its terms.

Robertson, Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), §3.6: the
weighted, length-normalised frequencies of a term in all fields are added before saturation. Our
own loop over Whoosh's postings, because Whoosh (1) adds up saturated scores field by field,
(2) takes an empty filter for no filter, and (3) counts hits again for an exact total. Rarity is
counted among the allowed documents only, so that scores say nothing of what is hidden.
"""

from collections.abc import Collection
from math import log

from search.questions import Question
from search.whoosh_engine.view import View

SATURATION = 1.2
WEIGHTS = {"title": 6.0, "labels": 1.5, "body": 1.0}
LENGTH_SHARE = {"title": 0.4, "labels": 0.0, "body": 0.6}
ALL_WORDS = 0.5
"""A document with all words of the question gets this share more than its sum of scores."""
SAME_TITLE = 20.0
"""Added when the question is the whole title, so that an exact name comes first."""


def rank(view: View, question: Question, allowed: Collection[int]) -> dict[int, float]:
    """The score of every allowed document that holds any term of the question."""
    scores: dict[int, float] = {}
    held: dict[int, int] = {}
    for term in question.terms:
        frequencies = _frequencies(view, term, allowed)
        rarity = _rarity(len(frequencies), len(allowed))
        for number, frequency in frequencies.items():
            gain = rarity * frequency * (SATURATION + 1) / (frequency + SATURATION)
            scores[number] = scores.get(number, 0.0) + gain
            held[number] = held.get(number, 0) + 1
    asked = len(question.terms)
    for number, count in held.items():
        scores[number] *= 1 + ALL_WORDS * (count - 1) / max(asked - 1, 1)
    for number, _ in view.postings("title_terms", question.phrase):
        if number in scores:
            scores[number] += SAME_TITLE
    return scores


def _frequencies(view: View, term: str, allowed: Collection[int]) -> dict[int, float]:
    found: dict[int, float] = {}
    for field, weight in WEIGHTS.items():
        average, share = view.average_length(field), LENGTH_SHARE[field]
        for number, frequency in view.postings_with_deleted(field, term):
            if number in allowed:
                norm = 1 - share + share * view.length(field, number) / average
                found[number] = found.get(number, 0.0) + weight * frequency / norm
    return found


def _rarity(holding: int, all_documents: int) -> float:
    return log(1 + (all_documents - holding + 0.5) / (holding + 0.5))
