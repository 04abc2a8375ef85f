"""What was typed into the edit form, as a draft; and the form's values, as they were typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]  # the stubs lack SelectChoice
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from wiki.errors import Refusal
from wiki.locale import LANGUAGES, _l
from wiki.pages.content import Content, FactValue, one_line, unique_tags
from wiki.pages.facts import Field, parse_all, typed_form
from wiki.pages.rules import LONGEST_REASON, LONGEST_TITLE


class PageForm(FlaskForm):  # type: ignore[misc]
    """Title, text and the rest; facts stand beside it, because each category has its own."""

    title = StringField(_l("Title"), render_kw={"maxlength": LONGEST_TITLE * 40})
    language = SelectField(
        _l("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()]
    )
    category = SelectField(_l("Category"), coerce=str)
    tags = StringField(_l("Tags"), [Optional()], description=_l("Divided by commas."))
    body = TextAreaField(_l("Text"))
    reason = StringField(
        _l("Why you changed it"), [Optional()], render_kw={"maxlength": LONGEST_REASON * 2}
    )
    base_number = HiddenField()
    save_key = HiddenField()
    twin = HiddenField()


@dataclass
class Typed:
    """The facts as somebody typed them, and what is wrong with them."""

    values: dict[str, str] = field(default_factory=dict)
    refusals: dict[str, Refusal] = field(default_factory=dict)


def typed_of(facts: Mapping[str, FactValue]) -> Typed:
    """The facts of a revision as the form shows them first."""
    return Typed({key: typed_form(value) for key, value in facts.items()})


def typed_facts(values: Mapping[str, str]) -> Typed:
    """The facts that came with the form: fields `fact-<key>`, money with `fact-<key>-currency`."""
    typed = Typed()
    for name, value in values.items():
        if name.startswith("fact-") and not name.endswith("-currency"):
            currency = values.get(f"{name}-currency", "") if value.strip() else ""
            typed.values[name.removeprefix("fact-")] = f"{value} {currency}".strip()
    return typed


def drafted_content(
    form: PageForm,
    typed: Typed,
    fields: tuple[Field, ...],
    kept: Mapping[str, FactValue],
    category_id: int | None,
    language: str,
    archived: bool = False,
) -> Content:
    """What the form says. Facts that the form did not ask for (`kept`) stay.

    Facts that cannot be understood are put into `typed.refusals`.
    """
    facts, typed.refusals = parse_all(fields, typed.values, language, kept)
    asked = {f.key for f in fields}
    others = {key: value for key, value in kept.items() if key not in asked}
    return Content(
        title=form.title.data or "",
        body=form.body.data or "",
        facts={**others, **facts},
        tags=unique_tags((form.tags.data or "").split(",")),
        category_id=category_id,
        archived=archived,
    )


def save_key_of(typed: str | None) -> str | None:
    """The key of the form when it is one of ours, else `None`."""
    try:
        return str(UUID(typed or ""))
    except ValueError:
        return None


def whole_number(typed: str | None) -> int:
    """A number from a hidden field; 0 when it is none (no version has the number 0)."""
    typed = (typed or "").strip()
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 10 else 0


def number_in_address(typed: str) -> int:
    """A number after the `?` of an address; `ValueError` when it is none that a row could have."""
    number = whole_number(typed)
    if not number:
        raise ValueError("no number")
    return number


def reason_of(typed: str | None) -> str:
    """The reason on one line; `check_reason` says whether it is too long."""
    return one_line(typed or "")
