import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.accounts import wording
from wiki.errors import Refusal


def test_a_name_is_tidied() -> None:
    assert wording.check_name("  Анна \t Петрова\n") == "Анна Петрова"


@pytest.mark.parametrize(
    "name", ["", "   ", "x" * 101, "x" * 10_000, "a\x00b", "a\u202eb", "a\ud800b", "a\u200bb"]
)
def test_an_empty_long_or_invisible_name_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="Nothing was saved"):
        wording.check_name(name)


@pytest.mark.parametrize("email", ["a@b", "anna.petrova+wiki@firm.ru", "анна@фирма.рф"])
def test_an_address_is_an_address(email: str) -> None:
    assert wording.check_email(f" {email} ") == email


@pytest.mark.parametrize(
    "email",
    ["", "anna", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\nBcc: x@y", "a,b@c", "x" * 300 + "@b"],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    with pytest.raises(Refusal):
        wording.check_email(email)


def test_addresses_are_compared_without_case() -> None:
    assert wording.fold_email(" Анна@Firm.RU ") == wording.fold_email("анна@firm.ru")


@given(st.text())
def test_any_text_can_be_folded_and_stored(text: str) -> None:
    folded = wording.fold_email(text)
    assert "\0" not in folded
    folded.encode("utf-8")


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "x" * 201,
        "aaaaaaaaaaaa",
        "1234567890",
        "anna.petrova",
        "Anna Petrova",
        "ab\ud800cdefghij",
    ],
)
def test_a_short_long_or_easy_password_is_refused(password: str) -> None:
    with pytest.raises(Refusal):
        wording.check_password(password, "Anna Petrova", "anna.petrova@firm.ru")


@pytest.mark.parametrize("password", ["four plain words here", "вишня вареники утро", "x9!kd02@@d"])
def test_a_long_password_needs_no_odd_characters(password: str) -> None:
    assert wording.check_password(password, "Anna Petrova", "anna@firm.ru") == password


def test_one_password_typed_on_two_keyboards_is_the_same() -> None:
    assert wording.fold_password("\u0439" + "x" * 9) == wording.fold_password(
        "\u0438\u0306" + "x" * 9
    )


@pytest.mark.parametrize("zone", ["", "Europe/Nowhere", "../../etc/passwd", "x" * 10_000])
def test_an_unknown_time_zone_is_refused(zone: str) -> None:
    with pytest.raises(Refusal):
        wording.check_time_zone(zone)


def test_every_offered_time_zone_is_accepted() -> None:
    assert "Europe/Moscow" in wording.time_zones()
    for zone in wording.time_zones():
        assert wording.check_time_zone(zone) == zone


def test_a_language_the_interface_does_not_speak_is_refused() -> None:
    assert wording.check_language("ru", ("ru", "en")) == "ru"
    with pytest.raises(Refusal):
        wording.check_language("de", ("ru", "en"))
