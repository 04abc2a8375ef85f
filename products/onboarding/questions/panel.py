"""Under a page, for its editors: how many questions it has, and the way to them."""

from flask import render_template
from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from products.onboarding.models import CheckQuestion
from wiki.accounts.actor import Actor
from wiki.accounts.rules import Permission, may
from wiki.pages.page_to_read import PageToRead


def draw_questions(session: Session, actor: Actor, page: PageToRead) -> Markup | None:
    """One statement; nothing for those who only read, and nothing on an archived page."""
    if page.archived or not may(actor, Permission.WRITE_PAGES):
        return None
    count = (
        select(func.count())
        .select_from(CheckQuestion)
        .where(CheckQuestion.page_id == page.id, CheckQuestion.archived.is_(False))
    )
    drawn = render_template(
        "products/onboarding/questions/_panel.html",
        page_id=page.id,
        count=session.scalar(count) or 0,
    )
    return Markup(drawn)  # noqa: S704 - drawn by a template
