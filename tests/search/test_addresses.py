"""What the parameters of an address ask for."""

from search.addresses import choices_in, wanted_by


def test_a_tag_is_asked_for_in_any_spelling() -> None:
    assert wanted_by(choices_in({"q": "цены", "tag": "Новинка"})).marks == ("tag=новинка",)


def test_what_means_nothing_asks_for_nothing() -> None:
    given = {"q": " ", "sort": "best", "period": "century", "as_of": "2026-13-01", "tag": "x" * 201}
    assert not choices_in(given).given
