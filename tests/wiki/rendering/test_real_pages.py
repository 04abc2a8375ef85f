from pathlib import Path

import pytest

from tests.wiki.rendering.reading import wrongs_in
from wiki.rendering import RenderContext, find_wiki_links, render
from wiki.rendering.sanitize import Page, sanitize

PAGES = Path(__file__).resolve().parents[4] / "shared" / "data" / "product-pages"


@pytest.mark.slow
def test_every_real_page_is_formatted_safely_and_without_a_notice() -> None:
    pages = sorted(PAGES.glob("*/*/*.md"))
    if not pages:
        pytest.skip(
            "The real product pages (../shared/data/product-pages) are not beside the clone."
        )
    assert len(pages) == 202
    for path in pages:
        text = path.read_text("utf-8")
        rendered = render(text, RenderContext("ru"))
        assert rendered.notice is None, path
        assert wrongs_in(rendered.html) == [], path
        assert sanitize(rendered.html, Page(RenderContext("ru"))) == rendered.html, path
        assert set(rendered.wiki_links) == set(find_wiki_links(text)), path
