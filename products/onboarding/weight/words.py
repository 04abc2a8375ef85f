"""Words that matter to the rule by themselves, in both languages, as plain data."""

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


NEGATIONS = _words(
    "не ни нет без нельзя никогда никто ничто ничего невозможно невозможен невозможна "
    "not no never none nothing nobody without neither nor cannot unless except"
)
CONDITIONS = _words(
    "если при только лишь кроме или либо до после от по свыше более менее больше меньше может "
    "могут можно должен должны должна обязан обязательно обычно иногда всегда включая "
    "исключая пока когда чтобы за раньше позже "
    "if only or when until till from after before over under more less may must should can "
    "could might always usually sometimes including excluding even required optional above "
    "below within during provided"
)
PREPOSITIONS = _words(
    "в на с к о у за из от до по для при без под над через после перед между около про ради "
    "вместо кроме среди "
    "in on at to of for from with by under over after before between without into per during "
    "within until via through"
)
BINDING = NEGATIONS | CONDITIONS | PREPOSITIONS | _words("чем как than as самый most")
"""What belongs to the word after it, wherever both stand."""

FILLERS = _words(
    "и же ведь вот ну очень весьма просто кстати конечно итак собственно также тоже является "
    "являются данный данная данное данные пожалуйста действительно важно внимание "
    "and the a an very really quite simply please also actually basically indeed important"
)
"""What may come and go without saying anything else."""

NUMBERS = {
    word: str(number)
    for number, spellings in (
        (0, "ноль нуля zero"),
        (1, "один одна одно одного одной одному одну одним one"),
        (2, "два две двух двум двумя two"),
        (3, "три трех трем тремя three"),
        (4, "четыре четырех четырем четырьмя four"),
        (5, "пять пяти пятью five"),
        (6, "шесть шести шестью six"),
        (7, "семь семи семью seven"),
        (8, "восемь восьми восемью eight"),
        (9, "девять девяти девятью nine"),
        (10, "десять десяти десятью ten"),
        (11, "одиннадцать одиннадцати eleven"),
        (12, "двенадцать двенадцати twelve"),
        (14, "четырнадцать четырнадцати fourteen"),
        (15, "пятнадцать пятнадцати fifteen"),
        (20, "двадцать двадцати twenty"),
        (30, "тридцать тридцати thirty"),
        (40, "сорок сорока forty"),
        (50, "пятьдесят пятидесяти fifty"),
        (60, "шестьдесят шестидесяти sixty"),
        (90, "девяносто девяноста ninety"),
        (100, "сто ста"),
    )
    for word in spellings.split()
}
MULTIPLIERS = {
    word: factor
    for factor, spellings in (
        (1_000, "тыс тысяча тысячи тысяч thousand"),
        (1_000_000, "млн миллион миллиона миллионов million"),
        (1_000_000_000, "млрд миллиард миллиарда миллиардов billion"),
    )
    for word in spellings.split()
}
UNITS = {
    word: unit
    for unit, spellings in {
        "%": "% процент процента процентов проценты percent",
        "rub": "₽ руб р рубль рубля рублей рублях рублями rub",
        "usd": "$ usd доллар доллара долларов доллары dollar dollars",
        "eur": "€ eur евро euro euros",
        "gbp": "£ gbp pound pounds фунт фунта фунтов",
        "g": "г гр грамм грамма граммов граммы g gram grams",
        "kg": "кг килограмм килограмма килограммов kg kilogram kilograms kilo kilos",
        "mg": "мг миллиграмм миллиграмма миллиграммов mg milligram milligrams",
        "t": "т тонна тонны тонн тонну t tonne tonnes ton tons",
        "l": "л литр литра литров литры l litre litres liter liters",
        "ml": "мл миллилитр миллилитра миллилитров ml millilitre millilitres",
        "m": "м метр метра метров метры m metre metres meter meters",
        "cm": "см сантиметр сантиметра сантиметров cm centimetre centimetres centimeter "
        "centimeters",
        "mm": "мм миллиметр миллиметра миллиметров mm millimetre millimetres millimeter "
        "millimeters",
        "km": "км километр километра километров км km kilometre kilometres kilometer kilometers",
        "kw": "квт киловатт киловатта kw kilowatt kilowatts",
        "w": "вт ватт ватта w watt watts",
        "v": "вольт вольта v volt volts",
        "pcs": "шт штука штуки штук штуку pcs pc piece pieces",
        "min": "мин минута минуты минут минуту min minute minutes",
        "s": "сек секунда секунды секунд секунду s sec second seconds",
        "h": "ч час часа часов часы h hr hrs hour hours",
        "d": "дн день дня дней дни d day days",
        "week": "нед неделя недели недель неделю week weeks",
        "month": "мес месяц месяца месяцев месяцы month months",
        "year": "год года лет годы году year years",
    }.items()
    for word in spellings.split()
}
CURRENCIES = frozenset(["rub", "usd", "eur", "gbp"])
MONTHS = {
    month: number
    for number, spellings in enumerate(
        (
            "января янв january jan",
            "февраля фев february feb",
            "марта мар march mar",
            "апреля апр april apr",
            "мая may",
            "июня июн june jun",
            "июля июл july jul",
            "августа авг august aug",
            "сентября сен сент september sep sept",
            "октября окт october oct",
            "ноября ноя november nov",
            "декабря дек december dec",
        ),
        start=1,
    )
    for month in spellings.split()
}
SYNONYMS = (
    ("необходимо", "нужно", "требуется", "надо"),
    ("необходимый", "нужный"),
    ("приобрести", "купить"),
    ("приобретать", "покупать"),
    ("использовать", "применять"),
    ("примерно", "около", "приблизительно", "порядка"),
    ("стоимость", "цена"),
    ("занимать", "длиться"),
    ("отправить", "выслать"),
    ("отправлять", "высылать"),
    ("помогать", "содействовать"),
    ("начать", "приступить"),
    ("показывать", "отображать"),
    ("сообщить", "известить", "уведомить"),
    ("сообщать", "извещать", "уведомлять"),
    ("потребоваться", "понадобиться"),
    ("быстро", "скоро", "оперативно"),
    ("сотрудник", "работник"),
    ("информация", "сведение"),
    ("purchase", "buy"),
    ("about", "approximately", "around", "roughly"),
    ("use", "utilise", "utilize", "employ"),
    ("need", "require"),
    ("enable", "allow", "let"),
    ("help", "assist"),
    ("begin", "start", "commence"),
    ("show", "display"),
    ("get", "receive", "obtain"),
    ("quick", "fast", "rapid"),
    ("quickly", "fast", "rapidly"),
    ("inform", "notify", "tell"),
    ("give", "provide"),
    ("large", "big"),
    ("choose", "select", "pick"),
)
"""Words that an editor puts for each other; what a contract tells apart is not among them."""

_PHRASES = (
    (r"\bт\.\s?к\.|\bтак как\b|\bпоскольку\b|\bпотому что\b", "потому_что"),
    (r"\bт\.\s?е\.|\bто есть\b", "то_есть"),
    (r"\bи т\.\s?д\.|\bи так далее\b", "и_так_далее"),
    (r"\bда[ёе]т возможность\b", "позволяет"),
    (r"\bдают возможность\b", "позволяют"),
    (r"\bне более(?: чем)?\b|\bне больше\b|\bмаксимум\b", "не более"),
    (r"\bне менее(?: чем)?\b|\bне меньше\b|\bминимум\b", "не менее"),
    (r"\bобратите внимание(?: на то)?(?:, что|:)?|\bстоит отметить,? что\b|\bв целом\b", " "),
    (r"\bно more than\b|\bat most\b|\bmaximum of\b|\bnot more than\b", "no more"),
    (r"\bno more than\b|\bat most\b|\bmaximum of\b|\bnot more than\b", "no more"),
    (r"\bat least\b|\bno less than\b|\bminimum of\b|\bnot less than\b", "no less"),
    (r"\bplease note(?: that)?|\bnote that\b|\bin fact\b|\bof course\b", " "),
    (r"\bin order to\b", "to"),
    (r"\bcan['’]?t\b|\bcannot\b", "can not"),
    (r"\bwon['’]t\b", "will not"),
    (r"n['’]t\b", " not"),
    (r"['’]re\b", " are"),
    (r"['’]ve\b", " have"),
    (r"['’]ll\b", " will"),
    (r"\b(it|that|there|what|here)['’]s\b", r"\1 is"),
    (r"(?<=\d)-(?:х|ти|ми|го|й|я)\b", " "),
    (r"°\s*[cс]\b", " °c "),
    (r"(?<=\d)\s*[xх×*]\s*(?=\d)", " × "),
)
PHRASES = tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in _PHRASES)
"""Turns of speech with one spelling for all ways to write them."""
