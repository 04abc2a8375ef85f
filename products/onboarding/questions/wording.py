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
    Rest.REMOVED: _l("Taken out by an editor"),
    Rest.OUTDATED: _l("The page changed here: check the question"),
    Rest.GONE: _l("The page no longer has this fact"),
    Rest.UNFAIR: _l("No wrong answer is like the right one"),
}


def words_about(about: Field, kind: QuestionKind, language: str) -> str:
    """The question about a fact; it stands under the title of its page."""
    label = about.label(language)
    with force_locale(language):
        if kind is QuestionKind.CHANGE:
            return _("“%(fact)s” has changed. What is right now?", fact=label)
        return _("“%(fact)s”: what is right?", fact=label)


def saying(about: Field, language: str) -> Callable[[FactValue], str]:
    """What gives a value of this fact as words and figures of that language."""

    def say(value: FactValue) -> str:
        with force_locale(language):
            return fact_text(value, about, language)

    return say
