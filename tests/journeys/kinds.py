"""Every kind of page there is, each with an address in the demonstration, in one place."""

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

from tests.journeys.people import Person

PUBLIC = {
    "sign-in": "/account/sign-in",
    "forgotten": "/account/forgotten",
}
ROOMS = {
    "start": "/",
    "products": "/products?language=ru",
    "category": "/products/pelmeni?language=ru",
    "learning": "/learning",
    "learners": "/learning/matrix",
    "reading-paths": "/learning/paths",
    "new-reading-path": "/learning/paths/new",
    "facts-to-verify": "/care?who=all",
    "fresh-facts": "/care/freshness",
    "lives-of-facts": "/care/lives",
    "facts-of-page": "/care/pages/2",
    "search": "/search",
    "results": "/search?q=пельмени+для+столовой",
    "slip": "/search?q=gtkmvtyb",
    "as-of": "/search?q=пельмени&as_of={today}&sort=newest",
    "saved-searches": "/search/saved",
    "search-news": "/search/saved/news",
    "contradictions": "/contradictions?which=all",
    "no-contradictions": "/contradictions?which=none",
    "glossary": "/search/glossary",
    "glossary-group": "/search/glossary/1",
    "new-glossary-group": "/search/glossary/new",
    "lessons": "/search/lessons",
    "nothing-found": "/search?q=qwrtpsdf",
    "unclear": "/unclear?show=all",
    "unclear-of-page": "/pages/1/unclear",
    "gaps": "/gaps?show=open",
    "new-gap": "/gaps/new?q=пельмени",
    "changes": "/changes",
    "changed-since-read": "/reading",
    "clients": "/clients",
    "promises": "/promises?only=team",
    "no-promises": "/promises?only=handed",
    "promises-of-client": "/clients/3/promises",
    "promise": "/promises/6",
    "promise-ended": "/promises/1",
    "renewals": "/renewals",
    "renewals-month": "/renewals/month",
    "renewals-on-paper": "/renewals/print",
    "renewals-feed": "/renewals/feed",
    "briefings-of-month": "/renewals/briefings",
    "briefing": "/clients/3/briefing",
    "briefing-of-little": "/clients/1/briefing",
    "new-client": "/clients/new",
    "clients-twice": "/clients/duplicates",
    "persons-twice": "/persons/duplicates",
    "dossier": "/clients/3",
    "card": "/clients/3/edit",
    "team-of-client": "/clients/3/team",
    "chart": "/clients/3/chart",
    "chart-then": "/clients/3/chart?on=2026-02-01",
    "outline": "/clients/3/chart/outline",
    "chart-changes": "/clients/3/chart/changes",
    "coverage": "/clients/3/coverage",
    "question": "/clients/3/question",
    "paths": "/clients/3/paths",
    "no-paths": "/clients/1/paths",
    "new-path": "/clients/3/paths/new",
    "path": "/clients/3/paths/1",
    "path-drawn": "/clients/3/paths/1?view=diagram",
    "path-of-then": "/clients/3/paths/1?on=2026-06-01",
    "path-draft": "/clients/2/paths/3",
    "path-versions": "/clients/3/paths/1/versions",
    "path-version": "/clients/3/paths/1/versions/1",
    "path-compared": "/clients/3/paths/1/versions/compare?from=1&to=2",
    "path-confirmed": "/clients/3/paths/1/confirm",
    "path-named": "/clients/3/paths/1/name",
    "dossier-history": "/clients/3/history",
    "who-looked": "/clients/3/log",
    "clients-import": "/clients/import",
    "contacts-import": "/contacts/import",
    "contacts": "/clients/3/contacts",
    "contacts-away": "/clients/3/contacts?show=away",
    "no-contacts-fit": "/clients/3/contacts?until=1990-01-01",
    "contact": "/contacts/1",
    "correct-contact": "/contacts/1/correct",
    "products-import": "/products/import",
    "sellers-import": "/deals/sellers/import",
    "people-import": "/clients/3/people/import",
    "people-of-client": "/clients/3/people",
    "person-at-client": "/persons/16?client=3",
    "new-person-at-client": "/clients/3/people/new",
    "position": "/clients/3/positions/18",
    "new-position": "/clients/3/positions/new?manager=18",
    "deal-reports": "/deals/reports",
    "deal-forecast": "/deals/forecast",
    "deal-reasons": "/deals/reasons",
    "deal-reason": "/deals/reasons/1",
    "deals-unexplained": "/deals/unexplained",
    "contracts": "/contracts?by=client",
    "contracts-of-client": "/clients/2/contracts",
    "contract": "/contracts/3",
    "contract-form": "/contracts/3/edit",
    "contracts-import": "/contracts/import",
    "renewal-opinions": "/contracts/3/opinions",
    "renewal-disagreements": "/renewals/disagreements",
    "review-rules": "/renewals/rules",
    "question-results": "/questions/results",
    "notices": "/notices",
    "watching": "/watching",
    "wanted": "/pages/wanted",
    "orphans": "/pages/orphans",
    "tag": "/tags/розница",
    "files": "/files",
    "transfer": "/transfer",
    "categories": "/products/categories",
    "new-category": "/products/categories/new",
    "facts-of-category": "/products/categories/2",
    "past": "/products/pelmeni?on={today}&language=ru",
    "account": "/account",
    "password": "/account/password",
    "tokens": "/account/tokens",
    "people": "/people",
    "person": "/people/2",
    "invite": "/people/invite",
    "teams": "/people/teams",
    "team": "/people/teams/1",
    "who-did-what": "/people/history",
    "api": "/api",
    "new-page": "/pages/new?category=pelmeni&language=ru",
    "missing": "/pages/999999",
}
PAGE = {
    "page": "",
    "edit": "/edit",
    "history": "/history",
    "version": "/revisions/1",
    "compare-side": "/compare?from=1&to=3",
    "compare-inline": "/compare?from=1&to=3&view=inline",
    "authors": "/authors",
    "links": "/links",
    "properties": "/properties",
    "discussion": "/comments",
    "selling": "/selling",
    "selling-form": "/selling/edit",
}


def kinds_of(person: Person, today: str) -> Iterator[tuple[str, str]]:
    """Name and address of each kind that an administrator of the demonstration can open."""
    for name, path in ROOMS.items():
        yield name, path.format(today=today)
    dumplings = _page_called(person, "Пельмени «Домашние»")
    for name, path in PAGE.items():
        yield name, dumplings + path
    for name, end in (("questions", ""), ("questions-edited", "/edit"), ("question-form", "/new")):
        yield name, dumplings.replace("/pages/", "/questions/") + end
    others = _page_called(person, "Пельмени «Столовские»")
    chosen = [path.removeprefix("/pages/") for path in (dumplings, others)]
    yield "products-compared", "/products/compare?page={}&page={}".format(*chosen)
    yield "asked", _page_called(person, "Цены и скидки") + "/comments"


def _page_called(person: Person, title: str) -> str:
    """The address of the page, without its slug."""
    found = person.context.request.get(f"{person.address}/pages/by-title/{quote(title)}")
    return urlsplit(found.url).path.split("-")[0]
