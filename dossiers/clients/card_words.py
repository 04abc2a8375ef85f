"""The values of a card in the reader's language, and the sentences of deeds that changed them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dossiers.clients.countries import countries
from dossiers.clients.deed_words import Sentence, Words
from dossiers.clients.kinds import CardField, Duty, State
from dossiers.clients.mail_domains import shown
from dossiers.clients.wording import DUTY_NAMES, FIELD_NAMES, STATE_NAMES
from wiki.locale import _, language

_NOTHING = "—"


def value_text(field: str, value: Any) -> str:
    """A value of a card's field as people read it; teams and parents come as their names."""
    if field == CardField.STATE and value in list(State):
        return str(STATE_NAMES[State(value)])
    if field == CardField.COUNTRY and value:
        return countries(language()).get(value, str(value))
    if field == CardField.RESTRICTED:
        return _("its team and directors") if value else _("everybody")
    if field == CardField.DOMAINS:
        return ", ".join(shown(domain) for domain in value or ()) or _NOTHING
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _NOTHING
    return str(value) if value not in (None, "") else _NOTHING


def _changed(words: Words) -> str:
    return "; ".join(_changes(words.get("fields") or {}))


def _changes(fields: Mapping[str, Sequence[Any]]) -> Iterator[str]:
    for field in CardField:
        if field.value not in fields:
            continue
        name = str(FIELD_NAMES[field])
        if field is CardField.PARENT:
            yield _("%(field)s changed", field=name)
            continue
        before, after = (value_text(field, value) for value in fields[field.value])
        yield f"{name}: {before} → {after}"


def _imported(words: Words) -> str:
    """What a list changed in a client, and which."""
    parts = [_changed(words)] if words["fields"] else []
    if words["colleague"]:
        duty = str(DUTY_NAMES[Duty.LEAD])
        parts.append(_looks_after(words["colleague"], duty))
    return _("%(changes)s (from the file %(file)s)", changes="; ".join(parts), file=words["file"])


def _looks_after(colleague: str, duty: str) -> str:
    return _("%(colleague)s looks after the client: %(duty)s", colleague=colleague, duty=duty)


def _duty(words: Words) -> str:
    code = words["to"]
    return str(DUTY_NAMES[Duty(code)]) if code in list(Duty) else ""


CLIENT_DEEDS: Mapping[str, Sentence] = {
    "add client": lambda w: _("new client %(name)s", name=w["name"]),
    "import client": lambda w: _(
        "new client %(name)s, from the file %(file)s", name=w["name"], file=w["file"]
    ),
    "change card": _changed,
    "import card": _imported,
    "archive client": lambda w: _("the client was archived"),
    "bring back client": lambda w: _("the client was brought back from the archive"),
    "restrict client": lambda w: _("only its team and directors see the client now"),
    "open client": lambda w: _("everybody sees the client now"),
    "give client to team": _changed,
    "assign": lambda w: _looks_after(w["colleague"], _duty(w)),
    "release": lambda w: _(
        "%(colleague)s no longer looks after the client", colleague=w["colleague"]
    ),
    "start notes": lambda w: _("the notes were begun"),
    "take page as notes": lambda w: _("the page «%(page)s» became the notes", page=w["page"]),
}
#: What these did is not kept as dated facts, or is undone in a way of its own.
NOT_TO_BE_UNDONE = frozenset(("add client", "import client", "start notes", "take page as notes"))
