"""The chart's page in a real browser: until drawn, while moved about, until a box is found."""

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from bench.dossiers.stage import Stage, Visit
from bench.figures import Figure
from tests.journeys.browser import launch

_OPENED, _DRAGS = 3, 60
_LARGEST, _AIMED_AT, _AIM = 10_000, 700, 500.0
_MEASURE = "performance.getEntriesByName('{}').map((one) => one.duration)[0]"
_DRAWN = """() => new Promise((done) => {
  const seen = (list) => list.getEntriesByName('chart-drawing').length && done();
  new PerformanceObserver(seen).observe({ type: 'measure', buffered: true });
})"""
_FRAMES = """() => {
  window.frames_ = [];
  let last = performance.now();
  const step = (now) => {
    window.frames_.push(now - last);
    last = now;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}"""
_JUMP = """(words) => new Promise((done) => {
  const field = document.querySelector('[data-part="search"]');
  field.value = words;
  const began = performance.now();
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
})"""


def drawing_figures(stage: Stage) -> list[Figure]:
    """From asking for the page to the painted drawing; then moving about in the largest chart."""
    figures = []
    with stage.visiting() as visit, _browser() as browser:
        for size in stage.sizes:
            opened = [_opened(stage, visit, browser, size) for _time in range(_OPENED)]
            aim = _AIM if size == _AIMED_AT else None
            whole, own = (median(times) for times in zip(*opened, strict=True))
            figures += [
                Figure("drawing", str(size), "page asked for until drawn", whole, "ms", aim),
                Figure("drawing", str(size), "of it, from the data on", own, "ms"),
            ]
        if _LARGEST in stage.sizes:
            figures += _moving(stage, visit, browser)
    return figures


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        browser = launch(driver)
        yield browser
        browser.close()


@contextmanager
def _page(stage: Stage, visit: Visit, browser: Browser, size: int) -> Iterator[Page]:
    """The page with its drawing, in a browser that has kept nothing."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    host = urlsplit(visit.server.address).hostname or ""
    for cookie in visit.person.cookie.split("; "):
        name, _equals, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "domain": host, "path": "/"}])
    page = context.new_page()
    page.goto(f"{visit.server.address}/clients/{stage.made[size].client_id}/chart")
    page.evaluate(_DRAWN)
    yield page
    context.close()


def _opened(stage: Stage, visit: Visit, browser: Browser, size: int) -> tuple[float, float]:
    with _page(stage, visit, browser, size) as page:
        whole = page.evaluate(_MEASURE.format("chart-first-drawing"))
        return float(whole), float(page.evaluate(_MEASURE.format("chart-drawing")))


def _moving(stage: Stage, visit: Visit, browser: Browser) -> list[Figure]:
    with _page(stage, visit, browser, _LARGEST) as page:
        frames = _dragged(page)
        jumps = [float(page.evaluate(_JUMP, f"P{number:05}")) for number in (9_000, 4_321, 77)]
    size = str(_LARGEST)
    return [
        Figure("drawing", size, "dragging the sheet: longest frame", max(frames), "ms"),
        Figure("drawing", size, "dragging the sheet: median frame", median(frames), "ms"),
        Figure("drawing", size, "search: first jump to a box", jumps[0], "ms"),
        Figure("drawing", size, "search: next jumps", median(jumps[1:]), "ms"),
    ]


def _dragged(page: Page) -> list[float]:
    """Milliseconds of each frame while the drawing is dragged to and fro."""
    box = page.locator('[data-part="canvas"]').bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(_FRAMES)
    for step in range(_DRAGS):
        page.mouse.move(x - 12 * (step % 30), y - 6 * (step % 20))
    page.mouse.up()
    return [float(frame) for frame in page.evaluate("window.frames_")][1:]
