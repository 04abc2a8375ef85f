"""Words in other forms and of the same family, to ask with."""

import random
from functools import cache
from typing import Any

import pymorphy3

_CHANGING = {"NOUN", "VERB", "INFN", "ADJF"}
_RARE = {"Supr", "V-be", "V-ey", "V-oy", "V-ej", "Arch", "Litr", "Infr", "Erro"}
_ENGLISH_WITHOUT_FORMS = """
about above after again also always another because been before between both could does during each
either else even ever every from have here into just like many more most much must never only other
over same some such than that their them then there these they this those through thus under until
upon very what when where which while whose will with within without would your
"""
_RUSSIAN_PAIRS = """
продлить продление; согласовать согласование; оплатить оплата; создать создание;
настроить настройка; изменить изменение; удалить удаление; отправить отправка;
получить получение; проверить проверка; закупить закупка; оформить оформление;
подтвердить подтверждение; снизить снижение; вернуть возврат; доставить доставка;
установить установка; подключить подключение; обучить обучение; хранить хранение;
рассчитать расчет; заказать заказ; перевозить перевозка; упаковать упаковка;
заморозить заморозка; зарегистрировать регистрация; публиковать публикация;
объединить объединение; назначить назначение; утвердить утверждение; добавить добавление;
выбрать выбор; применить применение; списать списание
"""
_ENGLISH_PAIRS = """
renew renewal; approve approval; pay payment; create creation; install installation; configure
configuration; remove removal; deliver delivery; receive receipt; verify verification; register
registration; publish publication; merge merging; assign assignment; reduce reduction; confirm
confirmation; purchase purchasing; train training; store storage; calculate calculation; connect
connection; analyze analysis; recommend recommendation; cancel cancellation; adjust adjustment
"""
_OBJECTS = {
    "ru": ("договор", "скидка", "накладная", "поставщик", "каталог", "склад", "рецепт", "реклама"),
    "en": ("contract", "discount", "invoice", "supplier", "catalogue", "warehouse", "recipe"),
}


@cache
def _dictionary() -> Any:
    return pymorphy3.MorphAnalyzer()


def other_form(word: str, language: str, dice: random.Random) -> str:
    """The word in another of its forms, itself when it has no other."""
    forms = _russian(word.lower()) if language == "ru" else _english(word.lower())
    others = sorted(set(forms) - {word.lower()})
    return dice.choice(others) if others else word


@cache
def _russian(word: str) -> tuple[str, ...]:
    parse = _dictionary().parse(word)[0]
    if (
        parse.tag.POS not in _CHANGING
        or "Apro" in parse.tag
        or not _dictionary().word_is_known(word)
    ):
        return ()
    wanted = {"VERB", "INFN"} if parse.tag.POS in ("VERB", "INFN") else {parse.tag.POS}
    usual = (form for form in parse.lexeme if not _RARE & form.tag.grammemes)
    return tuple(form.word for form in usual if form.tag.POS in wanted)


@cache
def _english(word: str) -> tuple[str, ...]:
    if len(word) < 4 or not word.isascii() or word in _ENGLISH_WITHOUT_FORMS or word.endswith("ly"):
        return ()
    if word.endswith("ies"):
        return (word[:-3] + "y",)
    if word.endswith("s") and not word.endswith("ss"):
        return (word[:-2],) if word.endswith(("sses", "xes", "ches", "shes")) else (word[:-1],)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (word[:-1] + "ies",)
    if word.endswith("ing") and len(word) > 6:
        return (word[:-3] + "ed",)
    if word.endswith("ed") and len(word) > 5:
        return (word[:-2] + "ing",)
    return (word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s"),)


def is_noun_verb_or_adjective(word: str) -> bool:
    """Whether a Russian word is in the dictionary and can have other forms."""
    return bool(_russian(word.lower()))


def family_pairs(language: str) -> list[tuple[str, str]]:
    """Verbs with the nouns made of them."""
    listed = (_RUSSIAN_PAIRS if language == "ru" else _ENGLISH_PAIRS).split(";")
    return [(verb, noun) for verb, noun in (pair.split() for pair in listed)]


def with_object(noun: str, thing: str, language: str) -> str:
    """«продление» and «договор» → «Продление договора»; "renewal", "contract" → "Contract…"."""
    if language == "en":
        return f"{thing.capitalize()} {noun}"
    parse = _dictionary().parse(thing)[0]
    return f"{noun.capitalize()} {parse.inflect({'gent'}).word}"


def objects(language: str) -> tuple[str, ...]:
    """Things that something is done to."""
    return _OBJECTS[language]


def verb_of(noun: str) -> str:
    """The infinitive of a Russian noun of the list, or nothing."""
    return next((v for v, n in family_pairs("ru") if n == noun.lower()), "")
