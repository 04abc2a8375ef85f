"""The few words rendering itself writes, in the language of the page (not of the reader)."""

from wiki.rendering.shapes import Language

ALERTS = ("note", "tip", "important", "warning", "caution")

_WORDS: dict[Language, dict[str, str]] = {
    "ru": {
        "note": "Примечание",
        "tip": "Совет",
        "important": "Важно",
        "warning": "Внимание",
        "caution": "Осторожно",
        "details": "Подробнее",
        "table": "Таблица {}, прокручивается вбок",
        "done": "сделано",
        "open": "не сделано",
        "wanted": "Такой страницы ещё нет",
        "archived": "Страница в архиве",
        "footnote": "Вернуться к сноске {} в тексте",
        "too_long": "Текст слишком длинный для оформления, поэтому показан как есть: "
        "ничего не потеряно. Разделите его на несколько страниц.",
        "too_dense": "В тексте слишком много знаков разметки подряд, поэтому он показан как есть: "
        "ничего не потеряно. Проверьте строку {} и следующие за ней.",
        "too_deep": "Разметка вложена слишком глубоко, поэтому текст показан как есть: "
        "ничего не потеряно. Упростите вложенные теги, списки или цитаты.",
        "failed": "Оформить этот текст не получилось, поэтому он показан как есть: "
        "ничего не потеряно.",
        "too_slow": "Оформление текста заняло слишком много времени, поэтому он показан как есть: "
        "ничего не потеряно. Упростите разметку или разделите страницу.",
    },
    "en": {
        "note": "Note",
        "tip": "Tip",
        "important": "Important",
        "warning": "Warning",
        "caution": "Caution",
        "details": "Details",
        "table": "Table {}, scrolls sideways",
        "done": "done",
        "open": "not done",
        "wanted": "There is no such page yet",
        "archived": "This page is archived",
        "footnote": "Back to footnote {} in the text",
        "too_long": "The text is too long to be formatted, so it is shown as it is: "
        "nothing is lost. Divide it into several pages.",
        "too_dense": "The text has too many markup characters in a row, so it is shown as it is: "
        "nothing is lost. Look at line {} and after.",
        "too_deep": "The markup is nested too deeply, so the text is shown as it is: "
        "nothing is lost. Simplify nested tags, lists or quotes.",
        "failed": "This text could not be formatted, so it is shown as it is: nothing is lost.",
        "too_slow": "Formatting the text took too long, so it is shown as it is: "
        "nothing is lost. Simplify the markup or divide the page.",
    },
}


def word(language: Language, key: str) -> str:
    """Return one of the words above; an unknown language reads English."""
    return _WORDS.get(language, _WORDS["en"])[key]
