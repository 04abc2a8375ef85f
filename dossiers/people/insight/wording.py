"""What insight says to the reader: the rule of the light, its points, and the questions."""

from collections.abc import Callable, Mapping

from dossiers.people.insight.light import OURS_NEEDED, Colour, Lack, Point
from dossiers.people.insight.questions import Ask, Question
from dossiers.people.insight.reach import SINGLE_POINT_FROM
from wiki.locale import _, _l, ngettext

COLOURS = {
    Colour.GREEN: _l("green"),
    Colour.AMBER: _l("amber"),
    Colour.RED: _l("red"),
}


def rule_of_the_light() -> str:
    """The one sentence by which a dossier is green, amber or red."""
    return _(
        "Green: the economic buyer is known, and at least %(count)d of ours have met somebody who "
        "approves and is on our side several times. Amber: the economic buyer is known, or "
        "somebody who approves is on our side. Red: neither.",
        count=OURS_NEEDED,
    )


def rule_of_reach() -> str:
    """The one sentence that says what reach is."""
    return _(
        "Reach is the share of the people who matter, weighed by their part in decisions: in full "
        "when one of ours has met them, by half when only somebody we have met can bring us to "
        "them (their manager, their report, or somebody tied to them). Whoever takes "
        "%(share)d %% of it along is a single point of failure.",
        share=round(SINGLE_POINT_FROM * 100),
    )


_POINTS: Mapping[Lack, Callable[[Point], str]] = {
    Lack.BUYER_UNKNOWN: lambda p: _("Write down who the economic buyer is"),
    Lack.BUYER_GUESSED: lambda p: _(
        "It is only supposed that %(name)s is the economic buyer: find out", name=p.name
    ),
    Lack.APPROVER_UNKNOWN: lambda p: _("Write down who approves"),
    Lack.ATTITUDE_UNKNOWN: lambda p: _("Say how %(name)s, who approves, stands to us", name=p.name),
    Lack.NOT_ON_OUR_SIDE: lambda p: _("%(name)s approves and is not on our side", name=p.name),
    Lack.TOO_FEW_OF_OURS: lambda p: ngettext(
        "%(num)d of ours has met %(name)s several times; more must",
        "%(num)d of ours have met %(name)s several times; more must",
        p.count,
        name=p.name,
    ),
}


def point_in_words(point: Point) -> str:
    """What is missing, as a link says it."""
    return str(_POINTS[point.lack](point))


_QUESTIONS: Mapping[Ask, Callable[[Question], str]] = {
    Ask.BUYER: lambda q: _("Who is the economic buyer: who holds the money and says the last yes?"),
    Ask.SIGNER: lambda q: _("Who approves or signs?"),
    Ask.ATTITUDE: lambda q: _("How does %(name)s stand to us?", name=q.name),
    Ask.MET: lambda q: _("Which of ours has met %(name)s?", name=q.name),
    Ask.MANAGER: lambda q: (
        _("Who does %(name)s (%(title)s) report to?", name=q.name, title=q.title)
        if q.name
        else _("Who does “%(title)s” report to?", title=q.title)
    ),
    Ask.HOLDER: lambda q: _("Who holds “%(title)s”?", title=q.title),
    Ask.PLACE: lambda q: _("Which position does %(name)s hold?", name=q.name),
    Ask.ROLE: lambda q: _("What part does %(name)s have in decisions?", name=q.name),
    Ask.STILL: lambda q: ngettext(
        "Does %(name)s still hold “%(title)s”? Last heard %(num)d day ago.",
        "Does %(name)s still hold “%(title)s”? Last heard %(num)d days ago.",
        q.days,
        name=q.name,
        title=q.title,
    ),
}


def question_in_words(question: Question) -> str:
    """The question as it is asked."""
    return str(_QUESTIONS[question.ask](question))
