"""The words of checks, opinions and rules."""

from collections.abc import Mapping

from dossiers.clients.deed_words import Sentence
from dossiers.renewals.checks.giving import GIVEN
from dossiers.renewals.checks.kinds import Check, Result
from dossiers.renewals.checks.rules_now import Rules
from dossiers.renewals.kinds import Verdict, Voice
from wiki.locale import _, _l

CHECKS = {
    Check.BUYER: _l("Economic buyer known and met"),
    Check.SUPPORT: _l("Support on two levels"),
    Check.SIGNERS: _l("All signers known, none against us"),
    Check.PATH: _l("Path confirmed of late"),
    Check.PROMISES: _l("No promise of ours overdue"),
    Check.DISCOUNTS: _l("Discounts inside the policy"),
    Check.PRODUCTS: _l("Products still sold"),
    Check.PAGES: _l("Pages of the products verified"),
    Check.FACTS: _l("Facts not older than their usual life"),
}
TOPICS = {
    Check.BUYER: _l("the economic buyer"),
    Check.SUPPORT: _l("support"),
    Check.SIGNERS: _l("who signs"),
    Check.PATH: _l("the path"),
    Check.PROMISES: _l("our promises"),
    Check.DISCOUNTS: _l("discounts"),
    Check.PRODUCTS: _l("what is still sold"),
    Check.PAGES: _l("pages of the products"),
    Check.FACTS: _l("the age of what we know"),
}
"""What each check is about, for lists of those that are not in order."""
RESULTS = {
    Result.OK: _l("in order"),
    Result.WEAK: _l("weak spot"),
    Result.BAD: _l("not in order"),
    Result.OFF: _l("switched off"),
}
VERDICTS = {
    Verdict.SAFE: _l("safe"),
    Verdict.WAIT: _l("wait and see"),
    Verdict.AT_RISK: _l("at risk"),
    Verdict.LOST: _l("lost for us"),
}
VOICES = {
    Voice.MACHINE: _l("The machine"),
    Voice.MANAGER: _l("The manager"),
    Voice.DIRECTOR: _l("The director"),
}
LIMIT_NAMES = {
    "met_days": _l("Days since one last spoke with the economic buyer, at most"),
    "supporters": _l("Supportive people, at least"),
    "levels": _l("Levels on which they sit, at least"),
    "confirmed_days": _l("Days since a path was confirmed, at most"),
    "promises": _l("Overdue promises of ours, at most"),
    "discounts": _l("Deals outside the discount policy, at most"),
    "fact_days": _l("Usual life of a fact on holders and managers, in days"),
    "fact_percent": _l("Share of older facts, in percent, at most"),
    "change_least": _l("Positions that change in half a year, in percent: at least"),
    "change_most": _l("Positions that change in half a year, in percent: at most"),
    "weak_for_risk": _l("So many weak checks make a renewal at risk"),
    "neglect_days": _l("Days without contact and next date that make a client neglected"),
}
LIMITS_OF: Mapping[Check, tuple[str, ...]] = {
    Check.BUYER: ("met_days",),
    Check.SUPPORT: ("supporters", "levels"),
    Check.SIGNERS: (),
    Check.PATH: ("confirmed_days",),
    Check.PROMISES: ("promises",),
    Check.DISCOUNTS: ("discounts",),
    Check.PRODUCTS: (),
    Check.PAGES: (),
    Check.FACTS: ("fact_days", "fact_percent", "change_least", "change_most"),
}
"""Which figures belong to which check."""


def rule_of_the_machine(rules: Rules) -> str:
    """The one sentence by which the machine judges."""
    return _(
        "At risk: at least one check is not in order, or %(count)d are weak. Safe: none is weak. "
        "Between them one may wait and see, but from %(days)d days before the end on it is at "
        "risk.",
        count=rules.limits["weak_for_risk"],
        days=rules.last_checkpoint,
    )


OPINION_DEEDS: Mapping[str, Sentence] = {
    GIVEN: lambda w: _(
        "contract %(number)s: %(voice)s sees it so: %(verdict)s",
        number=w["number"],
        voice=str(VOICES[Voice(w["voice"])]),
        verdict=str(VERDICTS[Verdict(w["verdict"])]),
    ),
}
