"""What the heading above a statement says of it: of which product, of which part, of the past."""

from products.catalogue.contradictions.claim import Known, PageText
from products.catalogue.contradictions.quantities import Quantity
from products.catalogue.contradictions.statements import Statement
from products.catalogue.contradictions.subjects import UNSURE, hide
from products.catalogue.contradictions.tokens import (
    content_terms,
    speaks_of_past,
    terms_of,
    tokens_of,
)
from products.catalogue.contradictions.units import is_measure
from products.catalogue.contradictions.values import values_in

_PLAIN_HEADINGS = frozenset(
    term
    for term in terms_of(
        "технические характеристики параметры описание условия поставка обзор данные факты цена "
        "цены преимущества коротко главное основное размеры размер габариты сведения состав "
        "комплект комплектация хранение срок эксплуатация питание подключение установка монтаж "
        "товар продажа покупка вопросы ответы возражения кому предлагать упаковка и приготовление "
        "как готовить что важно знать подробно свойства "
        "technical characteristics parameters description terms conditions overview data facts "
        "price prices advantages summary main size sizes dimensions details storage delivery "
        "installation connection questions answers objections who to offer it packs cooking cook "
        "specification specifications specs features key about properties guarantee warranty term "
        "гарантия доставка логистика сервис обслуживание service logistics"
    )
)


def is_past(page: PageText, statement: Statement) -> bool:
    """Whether title or heading lead to what was, to rivals or to examples."""
    return any(map(speaks_of_past, (page.title, *statement.context)))


def product_of_context(known: Known, page: PageText, statement: Statement) -> int:
    """The product that the nearest heading names, else that of the page."""
    for heading in reversed(statement.context):
        products = {m.product for m in known.titles.mentions(heading, tokens_of(heading))}
        if len(products) == 1:
            return products.pop()
        if products:
            return UNSURE
    return page.product


def context_marks(
    known: Known,
    page: PageText,
    statement: Statement,
    quantity: Quantity,
    but: frozenset[str],
    short: bool,
) -> frozenset[str]:
    """What headings narrow: sizes always, words only for what is too short to stand alone."""
    found: set[str] = set()
    for heading in statement.context:
        tokens = tokens_of(heading)
        text = hide(heading, tokens, known.titles.mentions(heading, tokens))
        values = values_in(text, page.language)
        found |= {f"{v.low}–{v.high} {v.dimension}" for v in values if is_measure(v.dimension)}
        if short:
            found |= content_terms(tokens_of(text), but | _PLAIN_HEADINGS)
    return frozenset(found) - set(terms_of(quantity.words.replace("|", " ")))
