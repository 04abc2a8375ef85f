"""What the packages below must know of questions, told once when the application starts."""

from products.onboarding.questions.keeping import keep_in_step
from products.onboarding.questions.panel import draw_questions
from products.onboarding.questions.queries import count_due
from products.onboarding.reading.due import register_questions_due
from wiki.pages.followers import follow_revisions
from wiki.pages.page_panels import PagePanel, register_page_panel


def init() -> None:
    """Keep questions in step with their pages, and let reading know which wait for whom."""
    follow_revisions("questions", keep_in_step)
    register_questions_due(count_due)
    register_page_panel(PagePanel("questions", draw_questions))
