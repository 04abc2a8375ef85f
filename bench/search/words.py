"""The terms of a question for engines that know no language: ours, without words of grammar."""

from search.analysis import terms

_COMMON = """
а без бы был была были быть в вам вас весь во вот все всё вы где да для до его ее если есть еще же
за и из или им их к как какая какие какой каком каким когда который кто ли мне можно мой мы на над
надо наш не нет ни но ну о об он она они оно от по почему под при про с со так такой там то тоже
только тот ты у уже чего чем что чтобы эта эти это этот я
a about an and are as at be but by can do does for from has have how i if in into is it its my no
not of on or our so than that the their then there these they this to was we what when where which
who why will with you your
"""


def asked_terms(text: str) -> list[str]:
    """The different terms of a question; words of grammar only when there are no others."""
    found = list(dict.fromkeys(terms(text)))
    return [term for term in found if term not in COMMON] or found


COMMON = frozenset(terms(_COMMON))
