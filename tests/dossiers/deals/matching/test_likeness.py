"""Likeness suggests, and says why; twins of the sample stay apart."""

import pytest

from dossiers.deals.matching.keys import are_other_firms, domain_key, tax_key, without_blanks
from dossiers.deals.matching.likeness import (
    Ours,
    Shelf,
    Theirs,
    Why,
    firms_alike,
    people_alike,
    tax_reason,
    titles_alike,
)
from dossiers.people.duplicates.names import firm_of
from wiki.rendering.titles import fold_title

TWINS = ("Dontechi", "Hottechi", "Opentech", "Scottech", "Betatech", "Zoomit", "Zotware")


def firms(*ours: Ours) -> Shelf:
    return Shelf(ours, firm_of, firms_alike, Why.DOMAIN)


@pytest.mark.parametrize("name", TWINS)
def test_a_twin_is_never_exact_and_only_its_own_name_is(name: str) -> None:
    shelf = firms(*(Ours(number, (twin,)) for number, twin in enumerate(TWINS)))
    found = shelf.alike(Theirs(name))
    assert [TWINS[one.ident] for one in found if one.is_exact] == [name]
    others = firms(*(Ours(n, (twin,)) for n, twin in enumerate(TWINS) if twin != name))
    assert not [one for one in others.alike(Theirs(name)) if one.is_exact]


@pytest.mark.parametrize(
    ("name", "ours", "why"),
    [
        ("ООО «Ромашка»", "Ромашка", Why.NAME),
        ("Romashka LLC", "Ромашка", Why.LETTERS),
        ("Romashkaa", "Romashka", Why.LIKE),
        ("Bubba Gump Europe", "Bubba Gump", Why.PART),
    ],
)
def test_a_company_is_suggested_by_its_name(name: str, ours: str, why: Why) -> None:
    (found,) = firms(Ours(1, (ours,)), Ours(2, ("Vasilek",))).alike(Theirs(name))
    assert (found.ident, found.whys[0]) == (1, why)


def test_a_shared_domain_and_a_slip_in_the_tax_number_are_reasons() -> None:
    shelf = firms(
        Ours(1, ("Vasilek",), marks=("vasilek.example",)),
        Ours(2, ("Lyutik",), tax_number="7707083893"),
        Ours(3, ("Mak",), tax_number="5032050067"),
    )
    found = shelf.alike(Theirs("Other", "7707038893", ("vasilek.example",)))
    assert [(one.ident, one.whys) for one in found] == [
        (1, (Why.DOMAIN,)),
        (2, (Why.TAX_SLIP,)),
    ]
    assert [one.is_exact for one in found] == [True, False]


def test_a_slip_in_the_tax_number_keeps_a_shared_domain_from_being_enough() -> None:
    ours = Ours(1, ("Romashka",), "7707083893", ("romashka.example",))
    (found,) = firms(ours).alike(Theirs("Romashka", "7707038893", ("romashka.example",)))
    assert Why.TAX_SLIP in found.whys
    assert not found.is_exact


def test_another_tax_number_makes_the_same_name_another_firm() -> None:
    (found,) = firms(Ours(1, ("Vector",), "7707083893")).alike(Theirs("Vector", "5032050067"))
    assert found.is_another_firm
    assert not found.is_exact


def test_a_product_without_its_blank_is_the_same_and_without_its_point_is_not() -> None:
    shelf = Shelf([Ours(1, ("GTX Pro",)), Ours(2, ("MG 5.0",))], fold_title, titles_alike, Why.NAME)
    assert shelf.alike(Theirs("GTXPro"))[0].whys[0] is Why.BLANKS
    assert not [one for one in shelf.alike(Theirs("MG 50")) if one.is_exact]


def test_a_seller_is_suggested_by_initials_and_other_letters() -> None:
    shelf = Shelf([Ours(1, ("Иванов Пётр",))], fold_title, people_alike, Why.MAIL)
    assert shelf.alike(Theirs("Иванов П."))[0].whys[0] is Why.SHORT
    assert shelf.alike(Theirs("Petr Ivanov"))[0].whys[0] is Why.LETTERS
    assert shelf.alike(Theirs("Sidorov Oleg")) == []


@pytest.mark.parametrize("name", ["", " ", "!!!", "x" * 300, "\u0301" * 300])
def test_names_that_say_nothing_are_like_nothing(name: str) -> None:
    assert firms(Ours(1, ("Romashka",)), Ours(2, ("",))).alike(Theirs(name)) == []


def test_keys_are_one_whatever_way_they_are_written() -> None:
    assert tax_key("DE 123-456-789") == tax_key("123456789")
    assert domain_key("https://WWW.Пельмень.рф/about") == domain_key("info@пельмень.рф")
    assert domain_key("anna@gmail.com") == domain_key("no domain") == ""
    assert without_blanks("gtx-pro") == without_blanks("gtx pro") == "gtxpro"
    assert not are_other_firms("", "7707083893")
    assert tax_reason("123", "124") == ()
