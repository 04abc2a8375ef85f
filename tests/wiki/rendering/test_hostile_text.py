import pytest

from tests.wiki.rendering.reading import wrongs_in
from wiki.rendering import RenderContext, render
from wiki.rendering.sanitize import Page, sanitize

VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '<img src=x onerror="alert(1)">',
    "<img src=x onerror=alert(1)//",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate xlink:href=#x attributeName=href values=javascript:alert(1) /></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
    '<math><maction xlink:href="javascript:alert(1)">x</maction></math>',
    "<style>@import '//evil.example/x.css';</style>",
    "<style>body{position:fixed}</style>",
    '<div style="position:fixed;inset:0;width:expression(alert(1))">x</div>',
    '<iframe src="javascript:alert(1)"></iframe>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    '<object data="data:text/html,<script>alert(1)</script>"></object>',
    "<embed src=//evil.example/x.swf>",
    '<form action="/account/sign-out" method=post><button>ok</button></form>',
    "<input type=image src=x onerror=alert(1)>",
    '<input name=password autofocus onfocus="alert(1)">',
    '<base href="//evil.example/">',
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    '<link rel=stylesheet href="//evil.example/x.css">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="javascript:1">x</a>',
    '<a href="JaVaScRiPt:0/alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="java&#09;script:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="&#106avascript&colon;alert(1)">x</a>',
    '<a href="&amp;#106;avascript:alert(1)">x</a>',
    '<a href=" &#1; javascript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="\u2028javascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<a href="blob:https://x/1">x</a>',
    '<a href="file:///etc/passwd">x</a>',
    "[x](javascript:alert(1))",
    "[x](javascript:1)",
    "[x](<java\tscript:alert(1)>)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    '![x](/files/1/a.png"onerror="alert(1))',
    "![x](/files/1/../../account/sign-out)",
    "![x](/files/1/%2e%2e)",
    "![x](//evil.example/pixel.gif)",
    "![x](https://evil.example/pixel.gif)",
    '<img src="/files/1/a.png" srcset="//evil.example/x.png 2x">',
    '<img src="/files/../account/sign-out">',
    "<picture><source srcset=//evil.example/x.png><img src=/files/1/a.png></picture>",
    "<video src=//evil.example/x.mp4 poster=//evil.example/x.png autoplay></video>",
    "<table background=//evil.example/x.png><tr><td>x</td></tr></table>",
    '<div id="content" class="modal d-block position-fixed fixed-top vh-100">x</div>',
    '<a id="main" name="csrf_token">x</a>',
    "<!-- <script>alert(1)</script> -->",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php system('x') ?>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "<title><p title='</title><img src=x onerror=alert(1)>'></title>",
    "<textarea><p title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<plaintext><script>alert(1)</script>",
    "<a href='x' href='javascript:alert(1)' onclick=alert(1)>x",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<p/onmouseover=alert(1)>x",
    "<b <script>alert(1)</script>>x</b>",
    "<<script>alert(1)//<</script>",
    "<div><p></div><script>alert(1)</script>",
    "`<script>alert(1)</script>` <script>alert(2)</script>",
    '```html" onload="alert(1)\n<script>alert(1)</script>\n```',
    "```<script>alert(1)</script>\nx\n```",
    '[[X" onclick="alert(1)|<script>alert(1)</script>]]',
    "[[javascript:alert(1)]]",
    "[[<img src=x onerror=alert(1)>]]",
    '# <img src=x onerror=alert(1)> {#x"onclick=alert(1)}',
    "# Title {#content}",
    '!!! note onclick "<script>alert(1)</script>"\n    x',
    '??? "x" onclick\n    <script>alert(1)</script>',
    '??? note "<script>alert(1)</script>"\n    x',
    "> [!NOTE] <script>alert(1)</script>\n> <img src=x onerror=alert(1)>",
    "- [ ] <script>alert(1)</script>",
    "[^<script>]\n\n[^<script>]: <script>alert(1)</script>",
    '[^"onclick=x]\n\n[^"onclick=x]: y',
    'http://x.example/"onmouseover=alert(1)',
    "http://x.example/<script>alert(1)</script>",
    'a@b.example"onclick=alert(1)',
    '<http://x.example/"onclick=alert(1)>',
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x0260\x03script\x0262\x03",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | c |",
]


@pytest.mark.parametrize("vector", VECTORS)
def test_hostile_text_gives_nothing_a_browser_would_run_or_load(vector: str) -> None:
    for text in (vector, f"text {vector} text", f"> {vector}", f"- item\n\n    {vector}"):
        rendered = render(text, RenderContext())
        assert wrongs_in(rendered.html) == []
        assert sanitize(rendered.html, Page(RenderContext())) == rendered.html


def test_what_is_not_allowed_stays_readable_as_text() -> None:
    rendered = render("<script>alert(1)</script>", RenderContext())
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in rendered.html


def test_the_second_reader_sees_a_wrong_when_there_is_one() -> None:
    assert wrongs_in("<p onclick=x>")
    assert wrongs_in("<script>")
    assert wrongs_in('<a href="x:1">')
    assert wrongs_in('<p id="content">')
    assert wrongs_in('<img src="/logo.png">')
    assert not wrongs_in('<p class="note">x <a href="/pages/1-a">y</a></p>')


@pytest.mark.parametrize(
    "classes", ["modal", "fixed-top", "btn btn-primary", "position-fixed vh-100", "navbar", "row"]
)
def test_content_carries_no_class_of_the_interface(classes: str) -> None:
    html = render(
        f'<div class="{classes} note">x</div>\n\n<span class="{classes}">y</span>', RenderContext()
    ).html
    assert '<div class="note">x</div>' in html
    assert "<span>y</span>" in html


def test_ids_never_collide_with_those_of_the_interface() -> None:
    html = render(
        '# Content {#content}\n\n<span id="main">x</span> [up](#content)', RenderContext()
    ).html
    assert 'id="p-content"' in html
    assert 'id="p-main"' in html
    assert 'href="#p-content"' in html
    assert 'id="content"' not in html
    assert 'id="main"' not in html


@pytest.mark.parametrize("address", ["//host/x", "/\\host/x", "\\\\host/x", "https://host/x"])
def test_links_out_of_the_house_say_so(address: str) -> None:
    html = render(f'<a href="{address}" class="wanted" rel="opener">x</a>', RenderContext()).html
    assert 'rel="noopener nofollow ugc"' in html
    assert 'class="wanted external"' in html


@pytest.mark.parametrize(
    "address", ["/pages/3-x", "other.md", "#part", "mailto:a@b.example", "tel:+79001234567"]
)
def test_links_inside_the_house_and_to_people_stay(address: str) -> None:
    html = render(f"[x]({address})", RenderContext()).html
    assert "href=" in html
    assert "external" not in html


def test_a_foreign_picture_becomes_a_link_to_it() -> None:
    html = render("![Plan](https://host.example/a.png)", RenderContext()).html
    assert "<img" not in html
    assert (
        '<a href="https://host.example/a.png" class="external" rel="noopener nofollow ugc">Plan</a>'
    ) in html


def test_our_own_pictures_are_shown_and_named_among_the_files() -> None:
    rendered = render("![Plan](/files/17/plan.png) [price](/files/ab-3/price.pdf)", RenderContext())
    assert '<img alt="Plan" src="/files/17/plan.png" loading="lazy">' in rendered.html
    assert rendered.files == ("17", "ab-3")
