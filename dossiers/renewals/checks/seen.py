"""What a check saw: its result, its sentence, and where one puts it right; and the machine's word.

`words` keep the English sentence with its values, so that it is said in the reader's language and
can be kept with an opinion or a signed review.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import format_decimal

from dossiers.renewals.checks.kinds import Check, Result
from dossiers.renewals.checks.rules_now import Rules
from dossiers.renewals.kinds import Verdict
from wiki.locale import _

Words = tuple[str, Mapping[str, Any]]


def N_(message: str, /, **values: Any) -> Words:  # noqa: N802 - by this name sentences are collected
    """A sentence with its values, to be said later."""
    return message, values


@dataclass(frozen=True, slots=True)
class Seen:
    """What one check saw. `link` leads to where it is put right; `facts` are its plain figures."""

    code: Check
    verdict: Result
    words: Words
    link: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What it saw, in the reader's language."""
        message, values = self.words
        shown = {n: format_decimal(v) if isinstance(v, float) else v for n, v in values.items()}
        return str(_(message, **shown))


def plain_seen(seen: Sequence[Seen]) -> list[dict[str, Any]]:
    """As JSON values, to be kept."""
    return [
        {
            "code": one.code.value,
            "verdict": one.verdict.value,
            "words": [one.words[0], dict(one.words[1])],
            "link": one.link,
            "facts": dict(one.facts),
        }
        for one in seen
    ]


def kept_seen(kept: Sequence[Mapping[str, Any]]) -> list[Seen]:
    """Out of the JSON values."""
    return [
        Seen(
            Check(one["code"]),
            Result(one["verdict"]),
            (one["words"][0], one["words"][1]),
            one["link"],
            one["facts"],
        )
        for one in kept
    ]


def machines_verdict(seen: Sequence[Seen], rules: Rules, days_before: int) -> Verdict:
    """At risk: a check is bad, or as many are weak as the rules say. Safe: none is bad or weak.

    Between them one may wait and see, but not at the last checkpoint: then it is at risk.
    """
    bad = sum(one.verdict is Result.BAD for one in seen)
    weak = sum(one.verdict is Result.WEAK for one in seen)
    if bad or weak >= rules.limits["weak_for_risk"]:
        return Verdict.AT_RISK
    if not weak:
        return Verdict.SAFE
    return Verdict.WAIT if days_before > rules.last_checkpoint else Verdict.AT_RISK
