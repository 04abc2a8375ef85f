"""What may stand on a card, and in which form."""

import pytest

from dossiers.clients.card import Card, card_from, tidy
from dossiers.clients.kinds import State
from dossiers.clients.mail_domains import domains_of, shown
from dossiers.clients.tax_numbers import has_rule, tax_number_of
from wiki.errors import Refusal


@pytest.mark.parametrize(
    ("country", "typed", "kept", "checked"),
    [
        ("RU", "7707083893", "7707083893", True),
        ("RU", "7707 083 893", "7707083893", True),
        ("RU", "500100732259", "500100732259", True),
        ("DE", "DE 136 695 976", "136695976", True),
        ("US", "123-45-6789", "123456789", True),
        ("KZ", "as typed 1", "as typed 1", False),
        ("", "123", "123", False),
        ("RU", "", "", False),
    ],
)
def test_a_tax_number_is_kept_in_the_form_of_its_country(
    country: str, typed: str, kept: str, checked: bool
) -> None:
    found = tax_number_of(country, typed)
    assert (found.number, found.checked) == (kept, checked)


@pytest.mark.parametrize(
    ("country", "typed", "sentence"),
    [
        ("RU", "7707083894", "check digits"),
        ("RU", "500100732258", "check digits"),
        ("DE", "136695977", "check digits"),
        ("RU", "770708389", "another length"),
        ("RU", "abc", "another length"),
        ("KZ", "1" * 41, "at most 40"),
    ],
)
def test_a_wrong_tax_number_is_refused_in_a_sentence(
    country: str, typed: str, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        tax_number_of(country, typed)


def test_countries_without_a_rule_are_known_as_such() -> None:
    assert [has_rule(code) for code in ("RU", "DE", "KZ", "", "../", "os")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip


def test_domains_are_kept_as_addresses_carry_them() -> None:
    typed = ["Firm.RU", "anna@firm.ru", "https://www.firm.ru/contacts", " пельмень.рф ", ""]
    kept = domains_of(typed)
    assert [shown(domain) for domain in kept] == ["firm.ru", "пельмень.рф"]


@pytest.mark.parametrize("typed", ["gmail.com", "Mail.RU", "somebody@yandex.ru", "bk.ru"])
def test_public_mail_hosts_say_nothing_of_a_client(typed: str) -> None:
    with pytest.raises(Refusal, match="Everybody can have an address"):
        domains_of([typed])


@pytest.mark.parametrize(
    "typed", ["firm", "a b.ru", "-a.ru", "firm..ru", "x" * 300 + ".ru", "<b>.ru"]
)
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(Refusal, match="no e-mail domain"):
        domains_of([typed])


def test_there_is_an_end_to_the_domains() -> None:
    with pytest.raises(Refusal, match="at most 30"):
        domains_of(f"a{n}.ru" for n in range(31))


def test_a_card_is_kept_on_single_lines_with_sorted_tags() -> None:
    card = tidy(Card("  ООО\n Ромашка ", segment=" a\tb ", tags=("б", "А", "а "), country="ru"))
    assert (card.name, card.segment, card.tags, card.country) == (
        "ООО Ромашка", "a b", ("А", "б"), "RU",
    )  # fmt: skip


@pytest.mark.parametrize(
    "card",
    [
        Card(""),
        Card(" «» "),
        Card("x" * 251),
        Card("x", legal_name="x" * 301),
        Card("x", segment="x" * 101),
        Card("x", region="x" * 101),
        Card("x", country="XX"),
        Card("x", tags=tuple(map(str, range(21)))),
        Card("x", tags=("x" * 61,)),
    ],
)
def test_an_impossible_card_is_refused(card: Card) -> None:
    with pytest.raises(Refusal):
        tidy(card)


def test_a_card_goes_into_facts_and_comes_back() -> None:
    card = Card("a", "b", "RU", "c", ("d.ru",), "e", "f", ("g",), State.DORMANT, 1, 2, True)
    assert card_from({field.value: value for field, value in card.values().items()}) == card
    assert card_from({"name": "a"}) == Card("a")
