"""The words of questions, in the language of their page: the answers stand in its text."""

from collections.abc import Callable

from products.onboarding.kinds import QuestionKind
from products.onboarding.questions.rules.states import Rest
from wiki.locale import _, _l, force_locale
from wiki.pages.content import FactValue
from wiki.pages.facts import Field
from wiki.pages.showing import fact_text

KIND_NAMES = {
    QuestionKind.FACT: _l("From a fact"),
    QuestionKind.CHANGE: _l("From a change"),
    QuestionKind.HAND: _l("By hand"),
}
REST_NAMES = {
    Rest.REMOVED: _l("Taken out"),
    Rest.OUTDATED: _l("The page changed here: check the question"),
    Rest.GONE: _l("The page no longer has this fact"),
    Rest.UNFAIR: _l("No wrong answer is like the right one"),
}


def words_about(title: str, about: Field, kind: QuestionKind, language: str) -> str:
    """The question about a fact of a page."""
    label = about.label(language)
    with force_locale(language):
        if kind is QuestionKind.CHANGE:
            return _("%(title)s: “%(fact)s” has changed. What is right now?", title=title,
                     fact=label)  # fmt: skip
        return _("%(title)s: what is right for “%(fact)s”?", title=title, fact=label)


def saying(about: Field, language: str) -> Callable[[FactValue], str]:
    """What gives a value of this fact as words and figures of that language."""

    def say(value: FactValue) -> str:
        with force_locale(language):
            return fact_text(value, about, language)

    return say
