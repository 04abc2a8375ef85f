"""The sentence of a manager's date, for the list of a dossier's changes."""

from collections.abc import Mapping
from datetime import date

from dossiers.clients.deed_words import Sentence, Words
from wiki.locale import _
from wiki.templating import day


def _expected(words: Words) -> str:
    if not words["to"]:
        return _("%(deal)s: nobody names a day for the signature", deal=words["deal"])
    expected = day(date.fromisoformat(words["to"]))
    return _("%(deal)s: signature expected by %(day)s", deal=words["deal"], day=expected)


FORECAST_DEEDS: Mapping[str, Sentence] = {"expect signature": _expected}
