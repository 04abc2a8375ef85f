"""Pairs that may be one, and why."""

from dossiers.people.duplicates.pairs import Known, Pair, Why, client_pairs, people_pairs


def whys(pairs: list[Pair]) -> dict[tuple[int, int], tuple[Why, ...]]:
    return {(pair.low, pair.high): pair.whys for pair in pairs}


def test_an_address_brings_two_people_together_wherever_they_are() -> None:
    mail = [(Why.EMAIL, "ivan@x.ru")]
    people = [Known(1, ["Иван"], [10], mail), Known(2, ["Пётр"], [20], mail)]
    assert whys(people_pairs(people)) == {(1, 2): (Why.EMAIL,)}


def test_the_same_full_name_counts_in_any_order_and_at_any_client() -> None:
    people = [Known(2, ["Семён Иванов"], [10]), Known(1, ["иванов  семен"], [20])]
    assert whys(people_pairs(people)) == {(1, 2): (Why.NAME,)}


def test_a_single_word_and_short_forms_count_only_inside_one_client() -> None:
    apart = [Known(1, ["Иванов"], [10]), Known(2, ["Иванов"], [20]), Known(3, ["Иванов И."], [30])]
    apart.append(Known(4, ["Иванов Иван"], [40]))
    assert people_pairs(apart) == []
    together = [Known(one.ident, one.names, [10]) for one in apart]
    assert whys(people_pairs(together)) == {(1, 2): (Why.NAME,), (3, 4): (Why.SHORT_FORM,)}


def test_other_letters_and_a_like_sound_count_inside_one_client() -> None:
    people = [
        Known(1, ["Дмитрий Кириленко"], [10]),
        Known(2, ["Dmitry Kirilenko"], [10]),
        Known(3, ["Дмитрий Кирилленко"], [10]),
    ]
    found = whys(people_pairs(people))
    assert found[1, 2] == (Why.OTHER_LETTERS,)
    assert found[1, 3] == (Why.SOUND,)


def test_other_forms_of_a_name_count_too() -> None:
    people = [Known(1, ["Анна Петрова", "Анна Сидорова"], [10]), Known(2, ["Анна Сидорова"], [20])]
    assert whys(people_pairs(people)) == {(1, 2): (Why.NAME,)}


def test_whom_somebody_called_different_is_not_shown_again() -> None:
    people = [Known(n, ["Иван Иванов"], [10]) for n in (1, 2, 3)]
    assert set(whys(people_pairs(people, {(1, 2)}))) == {(1, 3), (2, 3)}


def test_the_surest_come_first() -> None:
    mail = [(Why.EMAIL, "a@x.ru")]
    people = [Known(1, ["Иван Иванов"], [1]), Known(2, ["Иван Иванов"], [1])]
    people += [Known(3, ["Пётр Петров"], [1], mail), Known(4, ["П. Петров"], [1], mail)]
    assert [(pair.low, pair.high) for pair in people_pairs(people)] == [(3, 4), (1, 2)]


def test_a_crowd_of_one_name_makes_few_pairs_and_leaves_nobody_out() -> None:
    pairs = people_pairs(Known(n, ["Иван Иванов"], [1]) for n in range(2000))
    assert len(pairs) < 4001
    assert {one for pair in pairs for one in (pair.low, pair.high)} == set(range(2000))


def test_clients_meet_by_tax_number_domain_and_name_without_its_form() -> None:
    clients = [
        Known(1, ["ООО «Ромашка»"], marks=[(Why.TAX_NUMBER, "77")]),
        Known(2, ["Лютик"], marks=[(Why.TAX_NUMBER, "77"), (Why.DOMAIN, "x.ru")]),
        Known(3, ["Пион"], marks=[(Why.DOMAIN, "x.ru")]),
        Known(4, ["Ромашка, АО"]),
        Known(5, ["Romashka LLC"]),
        Known(6, ["Роза"]),
    ]
    assert whys(client_pairs(clients)) == {
        (1, 2): (Why.TAX_NUMBER,),
        (2, 3): (Why.DOMAIN,),
        (1, 4): (Why.NAME,),
        (1, 5): (Why.OTHER_LETTERS,),
        (4, 5): (Why.OTHER_LETTERS,),
    }
