"""From a word to its term: what all forms of the word have in common, chosen by its alphabet.

Russian: the lemma of the dictionary (pymorphy3), then the Snowball stem, because the dictionary
alone misses what is not in it and the stem alone loses fleeting vowels («звонок», «звонка»).
Latin letters: the English Snowball stem. Anything else stays as it is.
"""

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import pymorphy3
import Stemmer

LONGEST_WORD = 64
_REMEMBERED_WORDS = 50_000
_REMEMBERED_READINGS = 20_000
_VERBAL = frozenset({"INFN", "VERB", "PRTF", "PRTS", "GRND"})
_PARTS = {"ADJS": "ADJF", "COMP": "ADJF"}
"""Parts of speech whose dictionary form is another part of speech."""
_LONGEST_AMBIGUOUS = 7
_RARELY_AMBIGUOUS = frozenset({"PRTF", "PRTS", "GRND", "ADJF", "ADJS", "COMP"})

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[a-z]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BREVE = "\u0306"
_LOOKS = str.maketrans("авекмнорстух", "abekmhopctyx")
_LOOKS_BACK = str.maketrans("abekmhopctyx", "авекмнорстух")

# Neither the stemmers nor the dictionary may be used by two threads at once.
_lock = Lock()
_tools: dict[str, Any] = {}


class Lemma(NamedTuple):
    """The dictionary form of a word, ё as е, and its part of speech.

    The part is a tag of OpenCorpora («NOUN», «ADJF»), of verbs the aspect («perf», «impf»).
    """

    text: str
    part: str


@lru_cache(_REMEMBERED_WORDS)
def fold(word: str) -> str:
    """The word without case, accents, stress marks and invisible characters; ё becomes е."""
    if word.isascii():
        return word.lower()[:LONGEST_WORD]
    plain = unicodedata.normalize("NFKD", _INVISIBLE.sub("", word)).casefold().replace("’", "'")
    kept = (c for c in plain if c == _BREVE or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(kept))[:LONGEST_WORD]


class Form(NamedTuple):
    """One reading of a Russian word: its lemma, what the form says, and how it is bent.

    `sense` holds the parts of the form that change what is said: tense, mood, person, voice,
    degree, aspect. Case and number only fit a word into its sentence.
    """

    lemma: Lemma
    sense: frozenset[str]
    case: str
    number: str


def fold_text(text: str) -> str:
    """A whole text folded word by word, with single blanks."""
    return " ".join(fold(word) for word in text.split())


def fold_code(code: str) -> str:
    """A code or number in one spelling: Cyrillic letters that look Latin become Latin."""
    return fold(code).translate(_LOOKS)


@lru_cache(_REMEMBERED_WORDS)
def term_of(word: str) -> str:
    """The term of a folded word: equal for all forms of one word."""
    if not _CYRILLIC.search(word):
        return _english(word) if _LATIN.search(word) else word
    if _LATIN.search(word):
        return _mixed(word)
    return _russian(word)


@lru_cache(_REMEMBERED_READINGS)
def lemmas_of(word: str) -> tuple[Lemma, ...]:
    """All readings of a folded Russian word that the dictionary has, the likeliest first."""
    with _lock:
        dictionary = _tool("dictionary")
        if not dictionary.word_is_known(word):
            return ()
        found = [Lemma(_plain(p.normal_form), _part(p.tag)) for p in dictionary.parse(word)]
    return tuple(dict.fromkeys(found))


@lru_cache(_REMEMBERED_READINGS)
def forms_of(word: str) -> tuple[Form, ...]:
    """All readings of a folded Russian word with their grammar; nothing for unknown words."""
    with _lock:
        dictionary = _tool("dictionary")
        if not dictionary.word_is_known(word):
            return ()
        return tuple(_form(parse) for parse in dictionary.parse(word))


def _form(parse: Any) -> Form:
    tag = parse.tag
    telling = (tag.tense, tag.mood, tag.person, tag.voice, tag.aspect)
    degree = [str(tag.POS)] if tag.POS in ("COMP", "INFN", "GRND", "PRTF", "PRTS") else []
    degree += ["Supr"] if "Supr" in tag else []
    # The short and the full participle say the same.
    degree = ["PRTF" if one == "PRTS" else one for one in degree]
    sense = frozenset([str(one) for one in telling if one] + degree)
    lemma = Lemma(_plain(parse.normal_form), _part(tag))
    return Form(lemma, sense, str(tag.case or ""), str(tag.number or ""))


def _plain(lemma: str) -> str:
    return lemma.replace("ё", "е")


def _part(tag: Any) -> str:
    part = str(tag.POS)
    return str(tag.aspect) if part in _VERBAL else _PARTS.get(part, part)


def is_word(word: str) -> bool:
    """Whether the dictionary has this folded Russian word, in any form."""
    return bool(lemmas_of(word))


@lru_cache(_REMEMBERED_READINGS)
def other_terms(word: str) -> tuple[str, ...]:
    """The terms under which other forms of a folded Russian word stand.

    The dictionary takes an ambiguous form for its likeliest word: «стали» stands under «стать»,
    so who asks for «сталь» must look there, too. Long words are never so in practice.
    """
    if len(word) > _LONGEST_AMBIGUOUS or not lemmas_of(word):
        return ()
    with _lock:
        readings = _tool("dictionary").parse(word)
        different = {reading.normal_form: reading for reading in reversed(readings)}
        forms = {fold(form.word) for one in different.values() for form in _forms(one)}
    found = dict.fromkeys(term_of(form) for form in (word, *sorted(forms)))
    return tuple(term for term in found if term != term_of(word))


def _forms(reading: Any) -> list[Any]:
    if str(reading.tag.POS) in _RARELY_AMBIGUOUS:
        return []
    return [form for form in reading.lexeme if str(form.tag.POS) not in _RARELY_AMBIGUOUS]


def _mixed(word: str) -> str:
    # A slip of the keyboard: «Cкидка» typed with a Latin C. Else a made-up name.
    cyrillic = word.translate(_LOOKS_BACK)
    return word.translate(_LOOKS) if _LATIN.search(cyrillic) else _russian(cyrillic)


def _english(word: str) -> str:
    with _lock:
        return str(_tool("english").stemWord(word))


def _russian(word: str) -> str:
    with _lock:
        lemma = str(_tool("dictionary").parse(word)[0].normal_form).replace("ё", "е")
        return str(_tool("russian").stemWord(lemma))


def _tool(name: str) -> Any:
    if name not in _tools:
        _tools[name] = pymorphy3.MorphAnalyzer() if name == "dictionary" else Stemmer.Stemmer(name)
    return _tools[name]
