import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.errors import Refusal
from wiki.pages.transfer.decoding import decode

RUSSIAN = "# Пельмени\n\nВарить семь минут, ёж не нужен.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_exactly_with_or_without_its_mark(encoding: str) -> None:
    decoded = decode(RUSSIAN.encode(encoding))
    assert decoded.text == RUSSIAN
    assert not decoded.guessed


def test_old_russian_text_is_guessed_and_said_to_be_guessed() -> None:
    decoded = decode(RUSSIAN.encode("cp1251"))
    assert (decoded.text, decoded.encoding, decoded.guessed) == (RUSSIAN, "cp1251", True)


def test_western_accents_do_not_become_russian_letters() -> None:
    assert (
        decode("Café crème brûlée for two\n".encode("cp1252")).text == "Café crème brûlée for two\n"
    )


def test_line_ends_of_all_systems_become_one_and_control_characters_go() -> None:
    assert decode(b"a\r\nb\rc\x07d\te\n").text == "a\nb\ncd\te\n"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(Refusal, match="not text"):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_refusal(data: bytes) -> None:
    try:
        text = decode(data).text
    except Refusal:
        return
    assert "\r" not in text
    assert "\x00" not in text
