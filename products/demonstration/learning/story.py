"""All that has been learned in the demonstration until now, in the order of its telling."""

from products.demonstration.learning.asking import ask_around
from products.demonstration.learning.care import care_for_facts
from products.demonstration.learning.readings import read_and_answer
from products.demonstration.learning.stage import Stage
from products.demonstration.learning.terms import explain_terms
from products.demonstration.learning.walks import lay_paths


def learn(stage: Stage, base: str) -> None:
    """Paths, readings, questions, verified facts, and what is still open.

    `base` is the address of the wiki, for the letters.
    """
    explain_terms(stage)
    care_for_facts(stage)
    lay_paths(stage)
    read_and_answer(stage)
    ask_around(stage, base)
