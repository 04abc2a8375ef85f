"""Parts for a sales talk: read out of a page's text, written back without touching the rest."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.catalogue.selling.parts import COLUMNS, Part, PartKind, kind_of_heading
from products.catalogue.selling.sections import read_parts, with_missing_parts, write_part
from products.catalogue.selling.writing import settled

PAGE = """Our main product.

## Who to offer it to

- **Chains**: the small bag.
- Not canteens; they want [[Canteen pelmeni]].

## Packs

| Article | Price |
|---|---:|
| PL-1 | 312 |

## Features and benefits

| Feature | Advantage | Benefit for the client | Proof |
|---|---|---|---|
| 88 % meat | no soya | guests come back | label \\| scale |

## What they usually ask

**"Why dearer?"** They have 60 % meat[^1].

**"What if they stick?"** We take it back,
see [[Frozen delivery]].

> [!WARNING]
> Never promise "nothing added".

## Who we are compared with

| | We | Mama Lepila |
|---|---|---|
| Price per kilo | 435 | 520 |
| Bag | 5 kg | none |

Show the label.

## Limits

1. No microwave.
2. Minus 18 only:
   - no thawing
   - no freezing again

## Offer together

- [[Cherry vareniki|cherry ones]]: they travel on one pallet

## Offer instead

- [[Canteen pelmeni]]

```
## Limits
- this is code
```

[^1]: Their own label.
"""


def part_of(kind: PartKind, *rows: tuple[str, ...], names: tuple[str, ...] = ()) -> Part:
    return Part(kind, rows, names)


def test_a_page_is_read_part_by_part() -> None:
    parts = read_parts(PAGE)
    assert parts.missing == ()
    assert parts[PartKind.AUDIENCE].rows == (
        ("**Chains**: the small bag.",),
        ("Not canteens; they want [[Canteen pelmeni]].",),
    )
    assert parts[PartKind.BENEFITS].rows == (
        ("88 % meat", "no soya", "guests come back", "label | scale"),
    )
    assert parts[PartKind.OBJECTIONS].rows == (
        ('"Why dearer?"', "They have 60 % meat[^1]."),
        ('"What if they stick?"', "We take it back,\nsee [[Frozen delivery]]."),
    )
    assert parts[PartKind.OBJECTIONS].words == ('Never promise "nothing added".',)
    assert parts[PartKind.LIMITS].rows == (
        ("No microwave.",),
        ("Minus 18 only:\n- no thawing\n- no freezing again",),
    )
    assert parts[PartKind.RELATED].rows == (("Cherry vareniki", "they travel on one pallet"),)
    assert parts[PartKind.REPLACEMENTS].rows == (("Canteen pelmeni", ""),)


def test_competitors_stand_beside_our_own_column() -> None:
    part = read_parts(PAGE)[PartKind.COMPETITORS]
    assert part.names == ("Mama Lepila",)
    assert part.rows == (("Price per kilo", "435", "520"), ("Bag", "5 kg", "none"))
    assert part.words == ("Show the label.",)
    other = "## Competitors\n\n| What | They | Us |\n|---|---|---|\n| Price | 5 | 4 |\n"
    part = read_parts(other)[PartKind.COMPETITORS]
    assert (part.corner, part.names, part.rows) == ("What", ("They",), (("Price", "4", "5"),))
    without = "## Competitors\n\n| | They |\n|---|---|\n| Price | 5 |\n"
    assert read_parts(without)[PartKind.COMPETITORS].rows == (("Price", "", "5"),)


@pytest.mark.parametrize("kind", list(PartKind))
def test_writing_what_was_read_changes_no_letter(kind: PartKind) -> None:
    assert write_part(PAGE, read_parts(PAGE)[kind], "en") == PAGE


@pytest.mark.parametrize("kind", list(PartKind))
def test_one_changed_row_is_one_changed_place(kind: PartKind) -> None:
    part = read_parts(PAGE)[kind]
    first = (*part.rows[0][:-1], "something new")
    written = write_part(PAGE, replace(part, rows=(first, *part.rows[1:])), "en")
    before, after = PAGE.split("\n"), written.split("\n")
    assert len(before) == len(after)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert "something new" in changed[0][1]
    assert read_parts(written)[kind].rows == (first, *part.rows[1:])


@pytest.mark.parametrize("kind", list(PartKind))
def test_rows_taken_out_leave_the_heading_and_the_other_words(kind: PartKind) -> None:
    part = read_parts(PAGE)[kind]
    written = write_part(PAGE, Part(kind), "en")
    again = read_parts(written)
    assert again[kind].rows == ()
    assert again[kind].words == part.words
    assert [k for k in PartKind if k is not kind and again[k] != read_parts(PAGE)[k]] == []
    assert "[^1]: Their own label." in written


def test_a_new_part_stands_in_its_place_with_the_heading_of_its_language() -> None:
    body = "Text.\n\n### Кому предлагать\n\n- Сетям\n\n### Как варить\n\nДолго.\n"
    written = write_part(body, part_of(PartKind.LIMITS, ("Не для микроволновки",)), "ru")
    assert written == (
        "Text.\n\n### Кому предлагать\n\n- Сетям\n\n### Ограничения\n\n"
        "- Не для микроволновки\n\n### Как варить\n\nДолго.\n"
    )
    row = ("Цена", "4", "5")
    table = write_part("", part_of(PartKind.COMPETITORS, row, names=("Они",)), "ru")
    heading = "## Сравнение с конкурентами"
    assert table == f"{heading}\n\n| | Мы | Они |\n|---|---|---|\n| Цена | 4 | 5 |\n"


def test_an_empty_part_is_not_written() -> None:
    assert write_part("Text.\n", part_of(PartKind.LIMITS, ("",), ("---",)), "en") == "Text.\n"


def test_missing_parts_get_their_headings_and_those_there_stay() -> None:
    body = "Text.\n\n## Objections\n\n- **Dear.** No.\n"
    filled = with_missing_parts(body, "en")
    assert filled.count("## ") == len(PartKind)
    assert "## Objections\n\n- **Dear.** No.\n" in filled
    assert filled.startswith("Text.\n")
    assert set(read_parts(filled).missing) == set(PartKind) - {PartKind.OBJECTIONS}
    assert with_missing_parts(filled, "en") == filled
    places = [filled.index(h) for h in ("Who to offer", "Features and", "Objections", "Limits")]
    assert places == sorted(places)


def test_a_table_written_in_its_own_way_is_left_alone_and_shown_as_words() -> None:
    body = "## Benefits\n\n| Colour | Sound |\n|---|---|\n| red | loud |\n"
    part = read_parts(body)[PartKind.BENEFITS]
    assert part.rows == ()
    assert "red" in part.words[1]
    row = ("88 % meat", "", "guests come back", "")
    written = write_part(body, part_of(PartKind.BENEFITS, row), "en")
    assert "| Colour | Sound |\n|---|---|\n| red | loud |" in written
    assert read_parts(written)[PartKind.BENEFITS].rows == (row,)


def test_a_list_of_benefits_becomes_a_table_only_when_it_must() -> None:
    body = "## Benefits\n\n- Guests come back\n- No waste\n"
    part = read_parts(body)[PartKind.BENEFITS]
    assert part.rows == (("", "", "Guests come back", ""), ("", "", "No waste", ""))
    more = replace(part, rows=(*part.rows, ("", "", "Quick", "")))
    assert write_part(body, more, "en") == body + "- Quick\n"
    proven = replace(part, rows=(("Label", "", "Guests come back", "scale"), part.rows[1]))
    written = write_part(body, proven, "en")
    assert "| Label |  | Guests come back | scale |".replace("|  |", "| |") in written
    assert read_parts(written)[PartKind.BENEFITS].rows == proven.rows


def test_text_cannot_break_out_of_its_row() -> None:
    hostile = "x | y\n## Limits\n- z\n```\nnever closed"
    body = "## Objections\n\n## Packs\n\nText.\n"
    for kind in PartKind:
        width = len(COLUMNS[kind])
        written = write_part(body, part_of(kind, (hostile,) * width), "en")
        assert written.endswith("Text.\n") or kind > PartKind.OBJECTIONS
        again = read_parts(written)
        assert [k for k in PartKind if not again[k].is_empty] == [kind]
        assert len(again[kind].rows) == 1
        assert "Text." not in str(again)


ALPHABET = "aя1 |*`#>-[]\\\n:.~_«»"
TEXTS = st.text(ALPHABET, max_size=30)


def others(body: str, kind: PartKind) -> list[str]:
    """All sections of the text but this part's, without the empty lines at their ends."""
    found = [chunk.strip() for chunk in re.split("(?m)^(?=## )", body)]
    heads = [chunk.split("\n")[0].removeprefix("## ") for chunk in found]
    return [c for c, head in zip(found, heads, strict=True) if c and kind_of_heading(head) != kind]


@st.composite
def any_part(draw: st.DrawFn) -> Part:
    kind = draw(st.sampled_from(list(PartKind)))
    names = tuple(draw(st.lists(TEXTS, max_size=3))) if kind is PartKind.COMPETITORS else ()
    width = len(COLUMNS[kind]) + len(names)
    rows = draw(st.lists(st.tuples(*[TEXTS] * width), max_size=4))
    return settled(Part(kind, tuple(map(tuple, rows)), names))


@given(any_part(), st.sampled_from(["", "Text.\n", PAGE]))
def test_whatever_was_typed_leaves_the_other_parts_and_the_rest_as_they_were(
    part: Part, body: str
) -> None:
    written = write_part(body, part, "en")
    before, after = read_parts(body), read_parts(written)
    for kind in PartKind:
        if kind is not part.kind:
            assert after[kind] == before[kind]
    assert write_part(written, after[part.kind], "en") == written
    assert others(written, part.kind) == others(body, part.kind)


WORDS = st.text("aя1 |-«»:.", max_size=20).map(lambda text: " ".join(text.split()))


@given(st.sampled_from(list(PartKind)), st.lists(st.lists(WORDS, min_size=4, max_size=4)))
def test_plain_words_are_read_as_they_were_written(kind: PartKind, cells: list[list[str]]) -> None:
    width = len(COLUMNS[kind])
    rows = [("a" + row[0], *row[1:width]) for row in cells]
    part = settled(Part(kind, tuple(map(tuple, rows))))
    written = write_part(PAGE, part, "en")
    assert read_parts(written)[kind].rows == part.rows


def test_rows_that_stay_keep_the_look_their_author_gave_them() -> None:
    body = (
        "## Limits\n\n* one\n  line\n+ two\n\n## Benefits\n\n|Feature|Benefit|\n|:-|:-|\n|a|b  |\n"
    )
    part = read_parts(body)[PartKind.LIMITS]
    written = write_part(body, replace(part, rows=(*part.rows, ("three",))), "en")
    assert written == body.replace("+ two\n", "+ two\n* three\n")
    table = "## Competitors\n\n|x|We|They|\n|:-|-:|-|\n|a|b  |c|\n|d|e|f|\n"
    part = read_parts(table)[PartKind.COMPETITORS]
    changed = replace(part, rows=(part.rows[0], ("d", "e", "g")))
    assert write_part(table, changed, "en") == table.replace("|d|e|f|", "| d | e | g |")
