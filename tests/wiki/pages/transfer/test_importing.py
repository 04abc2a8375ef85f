from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.conftest import Cast
from tests.factories.files import picture
from tests.wiki.pages.transfer.conftest import TreeMaker, packed
from wiki.database import Database
from wiki.errors import Forbidden
from wiki.files.models import Attachment
from wiki.history.models import HistoryEntry
from wiki.outbox import OutboxRow
from wiki.pages.content import Content
from wiki.pages.models import Category, Page, PageLink, Revision
from wiki.pages.queries import page_of_title_visible_to
from wiki.pages.restoring import set_archived
from wiki.pages.revisions import Deed, content_of
from wiki.pages.saving import Draft, Saved, new_page, save_page
from wiki.pages.transfer.importing import Workshop, import_tree
from wiki.pages.transfer.outlines import Wishes

BEER = "# Светлое\n\nВарим с 1901 года.\n\n## Цена\n\nСто рублей.\n\nСм. [тёмное](dark.md).\n"
DARK = "# Тёмное\n\nВарим зимой. Назад к [светлому](beer.md#цена).\n"
FILES = {"ru/drinks/beer.md": BEER, "ru/drinks/dark.md": DARK, "en/drinks/beer.md": "# Light\n"}


def _page(database: Database, source: str) -> Page:
    with database.reading() as session:
        return session.scalars(select(Page).where(Page.source_path == source)).one()


def _revisions(database: Database, page_id: int) -> list[Revision]:
    with database.reading() as session:
        mine = select(Revision).where(Revision.page_id == page_id).order_by(Revision.number)
        return list(session.scalars(mine))


def _edit(workshop: Workshop, cast: Cast, page: Page, **changes: Any) -> Saved:
    with workshop.desk.database.reading() as session:
        now = content_of(session.get_one(Revision, page.current_revision_id))
    draft = Draft(replace(now, **changes), page.current_number)
    saved = save_page(workshop.desk, cast.anna, page.id, draft)
    assert isinstance(saved, Saved)
    return saved


def test_a_tree_becomes_pages_with_categories_links_and_translations(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    report = import_tree(workshop, cast.vera, tree(FILES))
    assert (len(report.created), report.twins, report.refused) == (3, 1, [])
    database = workshop.desk.database
    beer, dark = _page(database, "ru/drinks/beer.md"), _page(database, "ru/drinks/dark.md")
    light = _page(database, "en/drinks/beer.md")
    assert (beer.title, beer.language, light.language) == ("Светлое", "ru", "en")
    assert beer.twin_group == light.twin_group is not None
    with database.reading() as session:
        assert session.get_one(Category, beer.category_id).name_en == "Drinks"
        links = select(PageLink.from_page_id, PageLink.to_page_id)
        assert {tuple(row) for row in session.execute(links)} == {
            (beer.id, dark.id),
            (dark.id, beer.id),
        }
    (revision,) = _revisions(database, beer.id)
    assert revision.body.endswith("См. [[Тёмное|тёмное]].\n")
    assert f'href="/pages/{dark.id}-' in revision.html
    assert revision.kind == "import"


def test_every_imported_page_can_be_searched_and_has_its_history(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    import_tree(workshop, cast.vera, tree(FILES))
    with workshop.desk.database.reading() as session:
        entries = select(HistoryEntry.action).where(HistoryEntry.actor_id == cast.vera.id)
        actions = list(session.scalars(entries))
        waiting = select(func.count()).select_from(OutboxRow).where(OutboxRow.kind == "page")
        assert session.scalar(waiting) == 3
    assert actions.count("import page") == 3
    assert actions.count("import pages") == 1


def test_the_same_tree_again_changes_nothing(
    workshop: Workshop, cast: Cast, tree: TreeMaker, tmp_path: Path
) -> None:
    import_tree(workshop, cast.vera, tree(FILES))
    for source in (tree(FILES), packed(FILES, tmp_path / "same.zip")):
        report = import_tree(workshop, cast.vera, source)
        assert (report.unchanged, report.created, report.changed) == (3, [], [])
    page = _page(workshop.desk.database, "ru/drinks/beer.md")
    assert len(_revisions(workshop.desk.database, page.id)) == 1


def test_only_the_page_whose_text_changed_gets_a_version(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    import_tree(workshop, cast.vera, tree(FILES))
    report = import_tree(workshop, cast.vera, tree({"ru/drinks/dark.md": DARK + "\nНовое.\n"}))
    assert [done.path for done in report.changed] == ["ru/drinks/dark.md"]
    assert report.unchanged == 2
    page = _page(workshop.desk.database, "ru/drinks/dark.md")
    assert _revisions(workshop.desk.database, page.id)[-1].body.endswith("Новое.\n")


def test_what_was_written_here_is_merged_with_the_new_import_and_with_the_one_after_it(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    database = workshop.desk.database
    import_tree(workshop, cast.vera, tree(FILES))
    page = _page(database, "ru/drinks/beer.md")
    body = _revisions(database, page.id)[0].body
    _edit(workshop, cast, page, body=body.replace("1901 года", "1901 года, по-прежнему"))
    for number, price in enumerate(("Двести рублей.", "Триста рублей.")):
        changed = {"ru/drinks/beer.md": BEER.replace("Сто рублей.", price)}
        report = import_tree(workshop, cast.vera, tree(changed))
        assert [done.path for done in report.merged] == ["ru/drinks/beer.md"], number
        now = _revisions(database, page.id)[-1].body
        assert "1901 года, по-прежнему" in now
        assert price in now


def test_where_both_changed_the_same_words_the_text_written_here_stays_and_none_is_lost(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    database = workshop.desk.database
    import_tree(workshop, cast.vera, tree(FILES))
    page = _page(database, "ru/drinks/beer.md")
    body = _revisions(database, page.id)[0].body
    _edit(workshop, cast, page, body=body.replace("Сто рублей", "Девяносто рублей"))
    changed = tree({"ru/drinks/beer.md": BEER.replace("Сто рублей", "Двести рублей")})
    report = import_tree(workshop, cast.vera, changed)
    assert [done.path for done in report.conflicts] == ["ru/drinks/beer.md"]
    revisions = _revisions(database, page.id)
    assert "Девяносто рублей" in revisions[-1].body
    assert "Двести рублей" in revisions[-2].body
    assert import_tree(workshop, cast.vera, changed).unchanged == 3


def test_an_edit_here_without_a_new_text_there_stays_untouched(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    import_tree(workshop, cast.vera, tree(FILES))
    page = _page(workshop.desk.database, "ru/drinks/beer.md")
    saved = _edit(workshop, cast, page, body="Совсем другое.", title="Иначе")
    assert import_tree(workshop, cast.vera, tree(FILES)).unchanged == 3
    assert _page(workshop.desk.database, "ru/drinks/beer.md").current_number == saved.number


def test_a_page_archived_here_stays_archived(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    import_tree(workshop, cast.vera, tree(FILES))
    page = _page(workshop.desk.database, "ru/drinks/dark.md")
    set_archived(workshop.desk, cast.vera, page.id, True)
    import_tree(workshop, cast.vera, tree({"ru/drinks/dark.md": DARK + "\nЕщё.\n"}))
    assert _page(workshop.desk.database, "ru/drinks/dark.md").archived


def test_images_are_taken_along_once_and_missing_ones_keep_their_words(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    text = "# A\n\n![dark half](pic.png) ![gone](gone.png)\n"
    root = tree({"en/a.md": text, "en/b.md": text.replace("A", "B"), "en/pic.png": picture()})
    report = import_tree(workshop, cast.vera, root)
    assert (report.files, len(report.missing_images)) == (1, 2)
    assert import_tree(workshop, cast.vera, root).unchanged == 2
    database = workshop.desk.database
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 1
    body = _revisions(database, _page(database, "en/a.md").id)[0].body
    assert body.startswith("![dark half](/files/")
    assert "*(image: gone)*" in body


def test_a_file_that_cannot_be_taken_is_left_out_with_a_sentence_and_the_rest_comes_in(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    root = tree(
        {"en/good.md": "# Good\n", "en/big.md": "x " * 200_000, "en/bin.md": b"\x00\x01\xff" * 99}
    )
    report = import_tree(workshop, cast.vera, root)
    assert [done.path for done in report.created] == ["en/good.md"]
    assert {refused.path for refused in report.refused} == {"en/big.md", "en/bin.md"}
    with workshop.desk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Page)) == 1


def test_a_title_of_a_page_here_is_left_to_it(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    content = Content("Светлое", "Моё.", {}, (), None)
    new_page(workshop.desk, cast.anna, "ru", content, Deed())
    report = import_tree(workshop, cast.vera, tree(FILES))
    assert _page(workshop.desk.database, "ru/drinks/beer.md").title == "Светлое (drinks)"
    assert [remark.path for remark in report.remarks] == ["ru/drinks/beer.md"]
    assert import_tree(workshop, cast.vera, tree(FILES)).unchanged == 3


def test_the_former_title_in_front_matter_leads_to_the_page(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    import_tree(workshop, cast.vera, tree({"en/a.md": "---\ntitle: Long name\n---\n# Short\n"}))
    with workshop.desk.database.reading() as session:
        found = page_of_title_visible_to(session, cast.nina, "Long name", "en")
    assert found is not None
    assert found.title == "Short"


def test_facts_are_read_as_a_person_types_them(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    shelves = (
        "categories:\n- slug: drinks\n  name: {ru: Напитки, en: Drinks}\n  facts:\n"
        "  - {key: volume, label: {ru: Объём, en: Volume}, kind: number, unit: l}\n"
        "  - {key: price, label: {ru: Цена, en: Price}, kind: money}\n"
    )
    text = "---\nowner: Anna@example.com\nfacts: {volume: 0.5 l, price: many}\n---\n# Beer\n"
    report = import_tree(
        workshop, cast.vera, tree({"categories.yaml": shelves, "en/drinks/beer.md": text})
    )
    page = _page(workshop.desk.database, "en/drinks/beer.md")
    (revision,) = _revisions(workshop.desk.database, page.id)
    assert revision.facts == {"volume": {"value": "0.5", "unit": "l"}}
    assert page.owner_id == cast.anna.id
    assert "Price" in str(report.remarks[0].why)


def test_a_trial_changes_nothing_and_says_the_same(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    trial = import_tree(workshop, cast.vera, tree(FILES), Wishes(dry_run=True))
    with workshop.desk.database.reading() as session:
        for table in (Page, Category, HistoryEntry):
            assert session.scalar(select(func.count()).select_from(table)) == 0
    done = import_tree(workshop, cast.vera, tree(FILES))
    assert [line.path for line in trial.created] == [line.path for line in done.created]
    again = import_tree(workshop, cast.vera, tree(FILES), Wishes(dry_run=True))
    assert again.unchanged == 3


def test_language_and_category_can_be_given_for_files_that_do_not_tell(
    workshop: Workshop, cast: Cast, tree: TreeMaker
) -> None:
    wishes = Wishes(language="ru", category=("Товары", "Пиво"))
    import_tree(workshop, cast.vera, tree({"light.md": "# Light\n\nEnglish words.\n"}), wishes)
    page = _page(workshop.desk.database, "light.md")
    assert page.language == "ru"
    with workshop.desk.database.reading() as session:
        shelf = session.get_one(Category, page.category_id)
        assert shelf.name_ru == "Пиво"
        assert session.get_one(Category, shelf.parent_id).name_ru == "Товары"


@pytest.mark.parametrize("name", ["nina", "anna", "boris"])
def test_only_directors_import(workshop: Workshop, cast: Cast, tree: TreeMaker, name: str) -> None:
    with pytest.raises(Forbidden):
        import_tree(workshop, getattr(cast, name), tree(FILES))


@pytest.mark.slow
def test_the_real_pages_come_in_whole(workshop: Workshop, cast: Cast, real_pages: Path) -> None:
    report = import_tree(workshop, cast.vera, real_pages)
    assert (len(report.created), report.twins, report.refused) == (202, 101, [])
    with workshop.desk.database.reading() as session:
        lost = select(func.count()).select_from(PageLink).where(PageLink.to_page_id.is_(None))
        assert session.scalar(lost) == 0
        plain = select(func.count()).select_from(Revision).where(Revision.notice.is_not(None))
        assert session.scalar(plain) == 0
    assert import_tree(workshop, cast.vera, real_pages).unchanged == 202
