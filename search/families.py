"""Words of one family: «продлить» and «продление», «закупка» and «закупать», «клиентский».

A partner is made by the rules of word formation and taken only when the dictionary (pymorphy3)
knows it as the right part of speech. For English, where there is no dictionary here, the usual
endings are exchanged; a partner that does not exist is found nowhere and does no harm.
"""

from collections.abc import Iterator
from functools import lru_cache

from search.lemmas import Lemma, lemmas_of

MOST = 8
"""So many partners of one word are enough; the nearest come first."""
_LONGEST = 24
_SHORTEST_STEM = 3

# The last consonant of a verb's stem changes before -ение and -ять (оформить, оформление).
_SOFTER = (
    ("ст", "щ"), ("т", "щ"), ("т", "ч"), ("д", "жд"), ("д", "ж"), ("с", "ш"), ("з", "ж"),
    ("б", "бл"), ("п", "пл"), ("в", "вл"), ("м", "мл"), ("ф", "фл"), ("к", "ч"),
)  # fmt: skip
_IRREGULAR = {
    "вернуть": "возврат",
    "ввезти": "ввоз",
    "вывезти": "вывоз",
    "выбрать": "выбор",
    "купить": "покупка",
    "набрать": "набор",
    "отобрать": "отбор",
    "подобрать": "подбор",
    "принять": "прием",
    "рассчитать": "расчет",
    "собрать": "сбор",
    "учесть": "учет",
}
"""Verbs whose noun follows no rule."""
_PREFIXES = ("за", "от", "про", "с", "по", "на", "о")
"""What makes a borrowed verb perfective and is missing in its noun («зарегистрировать»)."""
_NOUN, _ADJECTIVE, _PERFECTIVE, _IMPERFECTIVE = "NOUN", "ADJF", "perf", "impf"
_VERB = (_PERFECTIVE, _IMPERFECTIVE)

_Made = tuple[str, tuple[str, ...]]
"""A word that may exist, and what part of speech it must be then."""


@lru_cache(20_000)
def partners(word: str) -> tuple[str, ...]:
    """The lemmas of the same family as this folded word, the nearest first, without itself."""
    if word.isascii():
        return tuple(dict.fromkeys(_english(word)))[:MOST]
    found: dict[str, None] = {}
    for lemma in lemmas_of(word)[:1]:
        near = list(_near(lemma))
        further = (also for one in near for also in _near(one) if also.part != _ADJECTIVE)
        found.update(dict.fromkeys(one.text for one in (*near, *further) if one != lemma))
    return tuple(found)[:MOST]


def _near(lemma: Lemma) -> Iterator[Lemma]:
    """The partners one step away that the dictionary knows."""
    if len(lemma.text) > _LONGEST:
        return
    for text, parts in dict.fromkeys(_made(lemma)):
        known = lemmas_of(text)[:1] if text != lemma.text else ()
        yield from (one for one in known if one.text == text and one.part in parts)


def _made(lemma: Lemma) -> Iterator[_Made]:
    text, part = lemma
    if part in _VERB:
        yield from ((noun, (_NOUN,)) for noun in _nouns(text))
        if part == _PERFECTIVE:
            yield from ((verb, (_IMPERFECTIVE,)) for verb in _imperfectives(text))
        else:
            yield from ((verb, (_PERFECTIVE,)) for verb in _perfectives(text))
    elif part == _NOUN:
        yield from ((verb, _VERB) for verb in _verbs(text) if text in _nouns(verb))
        yield from ((one, (_ADJECTIVE,)) for one in _adjectives(text) if text in _named(one))
    elif part == _ADJECTIVE:
        yield from ((noun, (_NOUN,)) for noun in _named(text))


def _soft(stem: str) -> Iterator[str]:
    """The stem as it is and with its last consonant changed."""
    for hard, soft in _SOFTER:
        if stem.endswith(hard):
            yield stem.removesuffix(hard) + soft
    yield stem


def _hard(stem: str) -> Iterator[str]:
    """The stems that `_soft` could have changed into this one."""
    yield stem
    for hard, soft in _SOFTER:
        if stem.endswith(soft):
            yield stem.removesuffix(soft) + hard


@lru_cache(20_000)
def _nouns(verb: str) -> tuple[str, ...]:
    """How the action of a verb may be called."""
    stem, ending = verb[:-3], verb[-3:]
    if len(stem) < 2 or ending[1:] != "ть":
        return ()
    made = []
    if ending == "ить":
        made += [soft + "ение" for soft in _soft(stem)]
    if ending in ("ать", "ять", "еть"):
        made += [verb[:-2] + "ние"]
    if verb.endswith(("ировать", "изовать")):
        made += [verb.removesuffix("овать").removesuffix("ир") + "ация"]
        made += [verb.removesuffix("овать") + "овка"]
    elif verb.endswith("овать"):
        made += [verb.removesuffix("овать") + "ация"]
    made += [stem + "ка", stem + "йка", stem + "а"]
    made += [verb[:-2] + "ча", verb[:-2] + "жа", verb[:-1] + "ие"]
    made += [_IRREGULAR[verb]] if verb in _IRREGULAR else []
    return (*made, *_bare(stem), *_without_prefix(verb))


def _without_prefix(verb: str) -> Iterator[str]:
    if verb.endswith("ировать"):
        for prefix in _PREFIXES:
            if verb.startswith(prefix):
                yield from _nouns(verb.removeprefix(prefix))


def _bare(stem: str) -> Iterator[str]:
    """A noun without ending («возврат», «заказ»); short ones and ways to go mean other things."""
    if len(stem) > _SHORTEST_STEM + 1 and not stem.endswith("ход"):
        yield stem
        if stem.endswith("иров"):
            yield stem.removesuffix("иров")


def _verbs(noun: str) -> Iterator[str]:
    """The verbs that may give this noun; each is to be proved with `_nouns`."""
    yield from (verb for verb, named in _IRREGULAR.items() if named == noun)
    if noun.endswith("ение"):
        yield from (stem + "ить" for stem in _hard(noun.removesuffix("ение")))
    if noun.endswith(("ание", "яние", "ение")):
        yield noun.removesuffix("ние") + "ть"
    if noun.endswith("ация"):
        stem = noun.removesuffix("ация")
        yield from (stem + ending for ending in ("ировать", "овать"))
    if noun.endswith(("ча", "жа")):
        yield noun[:-2] + "ть"
    if noun.endswith("тие"):
        yield noun.removesuffix("ие") + "ь"
    for ending in ("овка", "йка", "ка", "а", ""):
        if noun.endswith(ending):
            stem = noun.removesuffix(ending)
            yield from (stem + verb for verb in ("ить", "ать", "ять", "ировать", "овать"))


@lru_cache(20_000)
def _imperfectives(verb: str) -> tuple[str, ...]:
    """The verbs of lasting action that a verb may have («оформить»: «оформлять»)."""
    stem, ending = verb[:-3], verb[-3:]
    if len(stem) < 2:
        return ()
    made = []
    if ending == "ить":
        made += [soft + last for soft in _soft(stem) for last in ("ять", "ать", "ивать")]
        made += [_wider(soft) + "ивать" for soft in _soft(stem)]
        made += [stem + "евать"]
    if ending in ("ать", "ять"):
        made += [stem + "ывать", stem + "ивать", _wider(stem) + "ывать", _wider(stem) + "ивать"]
    return (*made, verb.removesuffix("ть") + "вать")


def _wider(stem: str) -> str:
    """The last «о» of a stem becomes «а»: «настроить», «настраивать»."""
    before, found, after = stem.rpartition("о")
    return f"{before}а{after}" if found and len(after) <= 2 else stem


def _narrower(stem: str) -> str:
    before, found, after = stem.rpartition("а")
    return f"{before}о{after}" if found and len(after) <= 2 else stem


def _perfectives(verb: str) -> Iterator[str]:
    """The verbs of done action whose lasting one is this."""
    for ending in ("ывать", "ивать", "евать", "вать", "ять", "ать"):
        if not verb.endswith(ending) or len(verb) < len(ending) + 2:
            continue
        stem = verb.removesuffix(ending)
        for hard in (*_hard(stem), *_hard(_narrower(stem))):
            for last in ("ить", "ать", "ять", "ть"):
                if verb in _imperfectives(hard + last):
                    yield hard + last


def _named(adjective: str) -> Iterator[str]:
    """The nouns that an adjective may come from («клиентский»: «клиент»)."""
    for ending in ("онный", "ческий", "ский", "ской", "овый", "овой", "ной", "ный"):
        stem = adjective.removesuffix(ending)
        if stem == adjective or len(stem) < _SHORTEST_STEM + (ending != "овой"):
            continue
        if ending == "онный":
            yield from (stem + "я", stem + "ия")
        elif ending == "ческий":
            yield from (stem + "ка", stem + "я")
        else:
            yield from _of_stem(stem)


def _of_stem(stem: str) -> Iterator[str]:
    yield from (stem, stem + "а", stem + "ия")
    if stem.endswith("ч"):
        hard = stem.removesuffix("ч")
        yield from (hard + "к", hard + "ка", hard.removesuffix("о") + "ка")


def _adjectives(noun: str) -> Iterator[str]:
    stem = noun.removesuffix("а")
    yield from (stem + ending for ending in ("ный", "ной", "ский", "ской", "овый", "овой"))
    if noun.endswith("ия"):
        yield noun.removesuffix("я") + "онный"
        yield noun.removesuffix("ия") + "ский"
    if noun.endswith("ика"):
        yield noun.removesuffix("ка") + "ческий"
    if noun.endswith(("к", "ка")):
        stem = noun.removesuffix("а").removesuffix("к")
        yield from (stem + "очный", stem + "чный")


_ENGLISH_ENDINGS = (
    ("uction", "uce", 3), ("ification", "ify", 3), ("ication", "ish", 4), ("ration", "er", 4),
    ("iption", "ibe", 4), ("ysis", "yze", 3), ("sion", "d", 4), ("sion", "de", 3),
    ("ment", "", 3), ("ation", "e", 4), ("ation", "", 4), ("ion", "e", 5), ("ion", "", 5),
    ("wal", "w", 3), ("val", "ve", 4), ("sal", "se", 4), ("ance", "", 4), ("ence", "", 4),
)  # fmt: skip
"""Endings of nouns, of their verbs, and the fewest letters before them."""


def _english(word: str) -> Iterator[str]:
    if not word.isalpha():
        return
    nouns = [rule for rule in _ENGLISH_ENDINGS if word.endswith(rule[0])]
    for noun, verb, shortest in nouns or _ENGLISH_ENDINGS:
        old, new = (noun, verb) if nouns else (verb, noun)
        if word.endswith(old) and len(word) - len(old) >= shortest:
            yield word.removesuffix(old) + new
