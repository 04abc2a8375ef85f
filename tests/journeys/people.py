"""People before a browser: what they do and see, in the words of the journeys."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from products.demonstration.seed import PASSWORD

SCREENSHOTS = Path(__file__).parent.parent.parent / "build" / "screenshots"
DESK = {"width": 1440, "height": 900}
TELEPHONE = {"width": 390, "height": 844}
PATIENCE = 20_000
"""Milliseconds people wait before they give up; a busy machine is slow, but never that slow."""


@dataclass
class Person:
    """Somebody with a browser of their own. `complaints` is what its console said."""

    context: BrowserContext
    address: str
    complaints: list[str] = field(default_factory=list)
    may_hear: str = ""
    """A pattern of console messages that this journey brings about itself."""

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE)
        self.page = self.new_tab()

    def new_tab(self) -> Page:
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def _heard(self, message: ConsoleMessage) -> None:
        wanted = self.may_hear and re.search(self.may_hear, message.text)
        if message.type == "error" and not wanted:
            self.complaints.append(f"{message.location.get('url')}: {message.text}")

    def goes_to(self, path: str) -> None:
        self.page.goto(self.address + path)

    def follows(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()

    def presses(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name, exact=isinstance(name, str)).first.click()

    def says_yes(self) -> None:
        self.presses("Yes, go on")

    def field(self, label: str) -> Locator:
        """The field of that label; a required one has a star behind it."""
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s*\*)?\s*$")).first

    def fills(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def chooses(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def sees_in(self, selector: str, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator(selector).first).to_contain_text(text)

    def sees_heading(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    @property
    def editor(self) -> Locator:
        return self.page.locator(".cm-content")

    def writes(self, text: str) -> None:
        """Go to the end of the text and write on."""
        self.editor.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(text)

    def replaces(self, old: str, new: str) -> None:
        """Change words in the text, as one does who selects them and types."""
        source = self.page.locator("textarea[name=body]")
        changed = source.input_value().replace(old, new)
        self.editor.click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(changed)
        expect(source).to_have_value(changed)

    def saves(self) -> None:
        self.presses("Save")

    def sees_saved(self, version: int) -> None:
        """The server's word that it is saved, and the page itself."""
        self.page.wait_for_url(re.compile(r"/pages/\d+-"))
        self.sees_in(".flashes", f"Saved as version {version}.")

    def makes_page(self, title: str, text: str, category: str = "") -> str:
        """Write a page and answer its address, without the slug."""
        self.goes_to("/pages/new?language=en")
        self.fills("Title", title)
        if category:
            self.chooses("Category", category)
        self.writes(text)
        self.saves()
        self.sees_saved(1)
        return urlsplit(self.page.url).path.split("-")[0]

    def source_of(self, path: str) -> str:
        """The text of a page as the server has it."""
        return str(self.context.request.get(f"{self.address}{path}/source").text())

    def pictures(self, name: str, **options: Any) -> None:
        """A screenshot for people to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", **options)

    def leave(self) -> None:
        self.context.close()


@dataclass
class House:
    """A served instance, and the browser in which people come to it."""

    browser: Browser
    address: str
    home: Path | None = None
    """The folder of the instance, for what only time or a breakdown brings about."""
    sessions: dict[str, Any] = field(default_factory=dict)

    def stranger(self, language: str = "en", **wishes: Any) -> Person:
        """Somebody who is not signed in."""
        context = self.browser.new_context(viewport=wishes.pop("viewport", DESK), **wishes)
        person = Person(context, self.address)
        person.goes_to(f"/language/{language}")
        return person

    def person(self, name: str, language: str = "en", **wishes: Any) -> Person:
        """One of the cast, signed in; a second context of theirs needs no password."""
        if name not in self.sessions:
            newcomer = self.stranger()
            sign_in(newcomer, name)
            self.sessions[name] = newcomer.context.storage_state()
            newcomer.leave()
        return self.stranger(language, storage_state=self.sessions[name], **wishes)


def sign_in(person: Person, name: str) -> None:
    """Through the form, as everybody."""
    person.goes_to("/account/sign-in")
    person.fills("E-mail address", f"{name}@pelmen.example")
    person.fills("Password", PASSWORD)
    person.presses("Sign in")
    person.page.wait_for_url(f"{person.address}/")
