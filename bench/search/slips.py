"""How people mistype: fingers, keyboards left in the other language, spelling by ear."""

import random
import re

_RUSSIAN_ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
_ENGLISH_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
_ENGLISH_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_LATIN = "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya e"
_TO_LATIN = str.maketrans(
    dict(zip(_LETTERS, ("" if one == "-" else one for one in _LATIN.split(" ")), strict=True))
)
_TO_ENGLISH = str.maketrans(_RUSSIAN_KEYS, _ENGLISH_KEYS)
_TO_RUSSIAN = str.maketrans(_ENGLISH_KEYS, _RUSSIAN_KEYS)
_LONG = re.compile(r"[^\W\d_]{5,}")
_BY_EAR = {
    "ru": (
        "о>а а>о е>и и>е я>е е>э тся>ться ться>тся нн>н н>нн сс>с с>сс лл>л л>лл мм>м рр>р пп>п "
        "ого>ова его>ева здн>зн стн>сн вств>ств сч>щ зч>щ щ>сч жи>жы ши>шы ци>цы цы>ци чн>шн "
        "дс>ц тс>ц б>п д>т з>с г>к в>ф ж>ш ь> >ь ъ>ь ё>о ие>ее ия>ея при>пре пре>при"
    ),
    "en": (
        "ie>ei ei>ie a>e e>a i>e e>i o>a u>o ea>ee ee>ea ou>o cc>c mm>m ss>s ll>l l>ll tt>t t>tt "
        "pp>p rr>r nn>n n>nn c>s s>c ck>k ph>f ght>t gh>g wh>w kn>n ence>ance ance>ence ible>able "
        "able>ible tion>sion sion>tion ous>us y>i i>y que>k ch>k sc>s e> ely>ly ful>full ite>ate"
    ),
}


def one_slip(text: str, dice: random.Random) -> str:
    """A slip of the finger in one of the long words: dropped, doubled, swapped, next key."""
    places = list(_LONG.finditer(text))
    if not places:
        return text
    place = dice.choice(places)
    return text[: place.start()] + _mistyped(place.group(), dice) + text[place.end() :]


def slips_in_half(text: str, dice: random.Random) -> str:
    """A slip in each second long word."""
    skipped = dice.randrange(2)
    places = list(_LONG.finditer(text))[skipped::2] or list(_LONG.finditer(text))
    for place in reversed(places):
        text = text[: place.start()] + _mistyped(place.group(), dice) + text[place.end() :]
    return text


def in_the_other_layout(text: str, dice: random.Random) -> str:
    """Typed with the keyboard in the other language."""
    lower = text.lower()
    return lower.translate(_TO_ENGLISH if re.search("[а-яё]", lower) else _TO_RUSSIAN)


def transliterated(text: str, dice: random.Random) -> str:
    """Russian in Latin letters, as in a passport."""
    return text.lower().translate(_TO_LATIN)


def misspelt(word: str, language: str, dice: random.Random) -> str:
    """The word as it sounds: one or two rules of the ear, never at the first letter."""
    for _ in range(1 + (len(word) > 7 and dice.random() < 0.6)):
        rules = [rule.split(">") for rule in _BY_EAR[language].split()]
        fitting = [rule for rule in rules if rule[0] and rule[0] in word[1:]]
        heard, written = dice.choice(fitting or [["", ""]])
        spots = [m.start() for m in re.finditer(re.escape(heard), word) if m.start() > 0]
        if spots:
            spot = dice.choice(spots)
            word = word[:spot] + written + word[spot + len(heard) :]
    return word


def badly_misspelt(word: str, language: str, dice: random.Random) -> str:
    """By ear, again by ear, and a slip of the finger."""
    by_ear = misspelt(misspelt(word, language, dice), language, dice)
    return _mistyped(by_ear, dice) if len(by_ear) > 3 else by_ear


def _mistyped(word: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    kind = dice.choice(("drop", "double", "swap", "neighbour"))
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + _neighbour(word[at], dice) + word[at + 1 :]


def _neighbour(letter: str, dice: random.Random) -> str:
    for row in (*_RUSSIAN_ROWS, *_ENGLISH_ROWS):
        at = row.find(letter.lower())
        if at >= 0:
            return dice.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])
    return letter
