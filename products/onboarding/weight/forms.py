"""Whether two words say the same: bent otherwise, misspelt once, or put by an editor for another.

A slip is taken for one only when exactly one of the two spellings is a word: «компресор». Two
real words that differ by a letter are two words.
"""

import re
from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from products.onboarding.weight.words import SYNONYMS
from search.lemmas import Form, forms_of

_CYRILLIC = re.compile("[\u0430-\u044f]+(?:-[\u0430-\u044f]+)*")
_LATIN = re.compile("[a-z]+(?:['’-][a-z]+)*")
_LOOKS_BACK = str.maketrans("abekmhopctyx", "авекмнорстух")
_LOOKS_MIXED = re.compile("[а-я]")
_SHORTEST_SLIP = 4
_LONG = 8
_VOWELS = frozenset("aeiouy")
_BE = {"are": "is", "were": "was", "am": "is"}
_GROUPS: dict[str, set[int]] = {}
for _number, _group in enumerate(SYNONYMS):
    for _member in _group:
        _GROUPS.setdefault(_member, set()).add(_number)


def bent(old: str, new: str) -> bool:
    """Whether both are forms of one word that say the same."""
    if _CYRILLIC.fullmatch(old) and _CYRILLIC.fullmatch(new):
        return any(_same_sense(a, b) for a in forms_of(old) for b in forms_of(new))
    return _LATIN.fullmatch(old) is not None and _bare_english(old) == _bare_english(new)


def misspelt(old: str, new: str) -> bool:
    """Whether one is a slip of the pen for the other."""
    old, new = _one_alphabet(old), _one_alphabet(new)
    if old == new:
        return True
    if _CYRILLIC.fullmatch(old) and _CYRILLIC.fullmatch(new):
        return _soft_sign(old, new) or _russian_slip(old, new)
    if _LATIN.fullmatch(old) and _LATIN.fullmatch(new):
        return _british(old) == _british(new) or _english_slip(old, new)
    return False


def synonymous(old: str, new: str) -> bool:
    """Whether an editor puts one for the other, in the same tense and person."""
    if _CYRILLIC.fullmatch(old) and _CYRILLIC.fullmatch(new):
        return any(
            _together(a.lemma.text, b.lemma.text) and a.sense == b.sense
            for a in forms_of(old)
            for b in forms_of(new)
        )
    return any(
        _together(a, b)
        for ending in ("", "s", "es", "d", "ed", "ing")
        if old.endswith(ending) and new.endswith(("s", "es") if ending in ("s", "es") else ending)
        for a in _stems(old, ending)
        for b in _stems(new, ending)
    )


def is_noun(word: str) -> bool:
    """Whether a Russian word can only be read as a noun first of all."""
    forms = forms_of(word)
    return bool(forms) and forms[0].lemma.part == "NOUN"


def compares(word: str) -> bool:
    """Whether a word compares: «дешевле», «cheaper»."""
    if any("COMP" in form.sense for form in forms_of(word)):
        return True
    return _LATIN.fullmatch(word) is not None and word.endswith("er") and word[:-2] in _english()


def subject_or_object(word: str) -> bool:
    """Whether only its place says if a Russian noun does or is done to («фильтр», «насос»)."""
    cases = {form.case for form in forms_of(word) if form.lemma.part == "NOUN"}
    return {"nomn", "accs"} <= cases


def _same_sense(one: Form, other: Form) -> bool:
    if one.lemma != other.lemma or one.sense != other.sense:
        return False
    counted = one.lemma.part == "NOUN" and one.number != other.number
    return not (counted and {one.case, other.case} <= {"nomn", "accs"})


def _bare_english(word: str) -> str:
    word = _BE.get(word, word).removesuffix("'s").removesuffix("’s")
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _british(word: str) -> str:
    word = re.sub(r"our(?=s?$|ed$|ing$|ite|able|ful)", "or", word)
    word = re.sub(r"is(?=e[sd]?$|ing$|ation)", "iz", word)
    word = re.sub(r"(?<=[td])re(?=s?$)", "er", word)
    return word.replace("-", "").replace("licence", "license").replace("catalogue", "catalog")


def _one_alphabet(word: str) -> str:
    return word.translate(_LOOKS_BACK) if _LOOKS_MIXED.search(word) else word


def _soft_sign(old: str, new: str) -> bool:
    """«поставлятся» for «поставляться»: nobody means another word by it."""
    return {old.replace("ться", "тся")} == {new.replace("ться", "тся")}


def _russian_slip(old: str, new: str) -> bool:
    if min(len(old), len(new)) < _SHORTEST_SLIP or bool(forms_of(old)) == bool(forms_of(new)):
        return False
    if old.removeprefix("не") == new or new.removeprefix("не") == old:
        return False
    most = 2 if min(len(old), len(new)) >= _LONG else 1
    return OSA.distance(old, new, score_cutoff=most) <= most


def _english_slip(old: str, new: str) -> bool:
    if min(len(old), len(new)) < _SHORTEST_SLIP or _is_english(old) == _is_english(new):
        return False
    wrong, right = (old, new) if _is_english(new) else (new, old)
    if OSA.distance(wrong, right, score_cutoff=1) > 1:
        return False
    return len(right) >= _LONG or _usual_slip(wrong, right)


def _usual_slip(wrong: str, right: str) -> bool:
    """Letters changed about, doubled or not, or a vowel wrong or forgotten."""
    if sorted(wrong) == sorted(right):
        return True
    if re.sub(r"(.)\1", r"\1", wrong) == re.sub(r"(.)\1", r"\1", right):
        return True
    without = ["".join(c for c in word if c not in _VOWELS) for word in (wrong, right)]
    return without[0] == without[1] and wrong[0] == right[0] and len(right) > _SHORTEST_SLIP


def _is_english(word: str) -> bool:
    return any(stem in _english() for ending in ("", "s", "es", "d", "ed", "ing", "ly", "'s")
               if word.endswith(ending) for stem in _stems(word, ending))  # fmt: skip


def _stems(word: str, ending: str) -> tuple[str, ...]:
    stem = word.removesuffix(ending)
    if len(stem) < 2:
        return ()
    found = [stem]
    if ending in ("ed", "ing"):
        found += [stem + "e", *([stem[:-1]] if stem[-1] == stem[-2] else [])]
    if ending == "es" and not stem.endswith(("s", "x", "z", "ch", "sh", "o", "i")):
        found = []
    if ending in ("es", "ed") and stem.endswith("i"):
        found.append(stem[:-1] + "y")
    return tuple(found)


def _together(one: str, other: str) -> bool:
    return not _GROUPS.get(one, set()).isdisjoint(_GROUPS.get(other, set()))


@lru_cache(1)
def _english() -> frozenset[str]:
    text = (files(__package__) / "english.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
