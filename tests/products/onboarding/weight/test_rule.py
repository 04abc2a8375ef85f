"""What must be read again, and what nobody needs to look at twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.learning.differences import HALVES, Difference, read_differences
from bench.learning.weighing import LEAST_QUIET, LEAST_RECALL, missed, quiet, recall
from products.onboarding.weight.reasons import Reason, ReasonKind
from products.onboarding.weight.rule import MOST_REASONS, weigh
from wiki.pages.content import Content


def page(body: str = "", title: str = "Page", **parts: object) -> Content:
    return Content(title, body, **{"facts": {}, "tags": (), "category_id": None, **parts})  # type: ignore[arg-type]


def reasons(before: str, after: str, language: str = "ru") -> list[Reason]:
    return list(weigh(page(before), page(after), language).reasons)


@pytest.fixture(scope="module")
def differences() -> list[Difference]:
    return read_differences()


def test_the_labelled_set_is_large_and_of_both_languages(differences: list[Difference]) -> None:
    for half in HALVES:
        for language in ("ru", "en"):
            part = [d for d in differences if d.half == half and d.language == language]
            assert sum(d.material for d in part) >= 35
            assert sum(not d.material for d in part) >= 35


@pytest.mark.parametrize("half", HALVES)
def test_what_says_something_else_is_read_again(differences: list[Difference], half: str) -> None:
    part = [one for one in differences if one.half == half]
    assert recall(part) >= LEAST_RECALL, missed(part)


@pytest.mark.parametrize("half", HALVES)
def test_most_of_what_says_nothing_else_asks_nobody(
    differences: list[Difference], half: str
) -> None:
    assert quiet([one for one in differences if one.half == half]) >= LEAST_QUIET


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("Цена 100 ₽.", "Цена 110 ₽.", ReasonKind.NUMBER),
        ("До 5 марта.", "До 6 марта.", ReasonKind.DATE),
        ("Вес 5 кг.", "Вес 5 г.", ReasonKind.UNIT),
        ("Доставка входит в цену.", "Доставка не входит в цену.", ReasonKind.NEGATION),
        ("Скидка от объёма.", "Скидка после объёма.", ReasonKind.CONDITION),
        ("Корпус из стали.", "Корпус из меди.", ReasonKind.WORDS),
        ("Моем печь. Сушим её.", "Моем печь.", ReasonKind.REMOVED),
        ("Моем печь.", "Моем печь. Сушим её.", ReasonKind.ADDED),
        ("1. Вода.\n2. Пар.", "1. Пар.\n2. Вода.", ReasonKind.ORDER),
        (
            "## Входит\n\n- лоток\n\n## Отдельно\n\n- кран",
            "## Входит\n\n## Отдельно\n\n- кран\n- лоток",
            ReasonKind.MOVED,
        ),
    ],
)
def test_a_reason_says_of_which_kind_the_difference_is(
    before: str, after: str, kind: ReasonKind
) -> None:
    assert [reason.kind for reason in reasons(before, after)] == [kind]


def test_a_reason_shows_the_words_before_and_after() -> None:
    assert reasons("Печь стоит 100 ₽ без НДС.", "Печь стоит 110 ₽ без НДС.") == [
        Reason(ReasonKind.NUMBER, "100", "110")
    ]


def test_one_price_among_many_corrected_commas_is_the_only_reason() -> None:
    before = 'Печь "Заря" греется быстро поэтому удобна.\n\nЦена 100 ₽.\n\nЗвоните'
    after = "Печь «Заря» греется быстро, поэтому удобна.\n\nЦена: 105 ₽.\n\nЗвоните!"
    assert reasons(before, after) == [Reason(ReasonKind.NUMBER, "100", "105")]


def test_a_slip_is_forgiven_only_where_one_spelling_is_no_word() -> None:
    assert reasons("Наш компресор тихий.", "Наш компрессор тихий.") == []
    assert reasons("Наш дом тихий.", "Наш дым тихий.")
    assert reasons("The waranty is long.", "The warranty is long.", "en") == []
    assert reasons("The boiler is new.", "The broiler is new.", "en")


def test_two_nouns_that_change_their_cases_change_who_does_what() -> None:
    assert reasons("Дилер платит заводу.", "Дилеру платит завод.")
    assert reasons("Согласно договора платит дилер.", "Согласно договору платит дилер.") == []


def test_a_name_in_another_place_is_another_statement() -> None:
    assert reasons("Печь Аврора тише печи Заря.", "Печь Заря тише печи Аврора.")
    assert reasons("Завтра мы отправим счёт.", "Мы отправим счёт завтра.") == []


def test_another_file_behind_the_same_words_is_read_again() -> None:
    assert reasons("[Прайс](/files/a/b.pdf)", "[Прайс](/files/c/b.pdf)")
    assert reasons("[Прайс](https://a.example)", "[Прайс](https://b.example)") == []


def test_facts_are_compared_by_what_they_say() -> None:
    old = page(facts={"price": {"amount": "100.00", "currency": "RUB"}})
    same = page(facts={"price": {"amount": "100", "currency": "RUB"}})
    new = page(facts={"price": {"amount": "120", "currency": "RUB"}})
    assert not weigh(old, same, "ru").material
    assert weigh(old, new, "ru").reasons == (
        Reason(ReasonKind.FACT, "price: 100.00 RUB", "price: 120 RUB"),
    )


def test_shelf_tags_and_archive_ask_nobody_but_a_page_brought_back_does() -> None:
    assert not weigh(page("A."), page("A.", category_id=3, tags=("x",)), "en").material
    assert not weigh(page("A."), page("A.", archived=True), "en").material
    assert weigh(page("A.", archived=True), page("A."), "en").reasons[0].kind is ReasonKind.BACK


def test_a_page_written_anew_has_a_bounded_answer() -> None:
    before = "\n\n".join(f"Слово {n} тут." for n in range(200))
    after = "\n\n".join(f"Другое {n + 500} там." for n in range(200))
    assert len(reasons(before, after)) == MOST_REASONS
    assert [r.kind for r in reasons("а " * 30_000, "б " * 30_000)] == [ReasonKind.REWRITTEN]


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(["ru", "en"]))
def test_whatever_is_written_gets_an_answer(before: str, after: str, language: str) -> None:
    assert not weigh(page(before), page(before), language).material
    weigh(page(before), page(after), language)


PIECES = tuple('5 1000 не 5.03 3-7 $ кг «х» | [ ] ( ~~ <b> - 1. # мая °C " . –'.split(" "))  # noqa: SIM905


@given(st.lists(st.sampled_from(PIECES)))
def test_marks_and_numbers_in_any_order_get_an_answer(parts: list[str]) -> None:
    text = " ".join(parts)
    assert not weigh(page(text), page(text), "ru").material
    weigh(page(text), page("Печь. " + text[::-1]), "ru")
