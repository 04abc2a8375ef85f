"""Text files in the encodings of thirty years."""

import codecs

import pytest

from wiki.files.texts.encodings import decode

RUSSIAN = "Прайс-лист на пельмени «Домашние» № 5; срок — до 31.12\nфарш, вареники, съёмка щуки"
CAPITALS = "ПРАЙС-ЛИСТ НА ПЕЛЬМЕНИ И ВАРЕНИКИ, ПОСТАВКА ФАРША"
MOSTLY_LATIN = "SKU;Name;Price\nA-12/3;Frozen dumplings, 5 kg box (retail);Цена по запросу\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251"])
@pytest.mark.parametrize("text", [RUSSIAN, CAPITALS, MOSTLY_LATIN, "Щи", "Price list"])
def test_present_day_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["koi8-r", "cp866", "iso8859-5", "mac-cyrillic"])
@pytest.mark.parametrize("text", [RUSSIAN.replace("«", '"').replace("»", '"'), CAPITALS])
def test_old_russian_encodings_are_told_by_their_letters(text: str, encoding: str) -> None:
    common = text.replace("№", "N").replace("—", "-")
    assert decode(common.encode(encoding)) == common


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_both_orders_of_bytes_are_read(mark: bytes) -> None:
    name = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert decode(mark + "Пельмени".encode(name)) == "Пельмени"


@pytest.mark.parametrize("text", ["Crème brûlée à l'été", "Größe: für die Küche, naïve façade"])
def test_western_texts_keep_their_accents(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


def test_a_text_cut_in_the_middle_of_a_letter_is_still_of_its_encoding() -> None:
    assert decode("пельмени".encode()[:-1]) == "пельмен"
    assert decode("пельмени".encode("utf-16")[:-1]) == "пельмен"


def test_any_bytes_give_some_text() -> None:
    assert decode(bytes(range(256)) * 50)
    assert decode(b"") == ""
