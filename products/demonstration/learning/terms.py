"""Terms of this house, beside the usual ones of the glossary."""

from products.demonstration.learning.stage import Stage
from search.glossary.rules import Explanations
from search.glossary.services import add_group

_MERCURY = ("Меркурий", "ВетИС", "Mercury")
_MEANING = Explanations(
    "Государственная программа, в которой продавец выписывает ветеринарный документ на каждую "
    "партию, а покупатель «гасит» его при приёмке. Без этого партию принять нельзя.",
    "The state's program in which a seller writes a veterinary document for each batch and the "
    "buyer closes it on acceptance. No batch can be accepted without it.",
)


def explain_terms(stage: Stage) -> None:
    """The director explains what newcomers ask about most."""
    with stage.past(35) as session:
        add_group(session, stage.people["vera"], _MERCURY, "", _MEANING)
