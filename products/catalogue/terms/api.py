"""The programs' door to the terms of a page."""

from flask import jsonify
from pydantic import BaseModel
from spectree import Response

from products.catalogue.terms.queries import terms_of_page
from wiki.accounts.access import actor, needs
from wiki.accounts.rules import Permission
from wiki.api import Answer, Failure, api, spec
from wiki.database import reading
from wiki.pages.page_to_read import page_visible_to

_TAGS = ("learning",)


class TermOut(BaseModel):
    """A glossary term, the words that stand in the text, and what it means in both languages."""

    group: int
    name: str
    words: str
    explanation_ru: str
    explanation_en: str


class TermsOut(BaseModel):
    """The terms in the order in which they stand first."""

    terms: list[TermOut]


@api.get("/pages/<int:page_id>/terms")
@needs(Permission.READ)
@spec.validate(resp=Response(HTTP_200=TermsOut, HTTP_404=Failure), tags=_TAGS)
def get_terms(page_id: int) -> Answer:
    """The terms of the glossary that stand in the text of a page."""
    page = page_visible_to(reading(), actor(), page_id)
    found = [] if page.room is not None else terms_of_page(reading(), page)
    return jsonify(
        {
            "terms": [
                {
                    "group": one.term.group_id,
                    "name": one.term.name,
                    "words": one.words,
                    "explanation_ru": one.term.explanations.ru,
                    "explanation_en": one.term.explanations.en,
                }
                for one in found
            ]
        }
    )
