"""What the JSON API says of an answer."""

from typing import Any

from pydantic import BaseModel, Field


class AnswerQuery(BaseModel):
    """The purchase; everything may be left out."""

    amount: str = Field(default="", description="Digits, or as people write: 2,9 млн")
    currency: str = Field(default="", description="ISO 4217; else that of the path")
    category: list[str] = Field(default_factory=list, description="Numbers of categories")
    new_vendor: str = Field(default="", description="1: we are new to the client")
    personal_data: str = Field(default="", description="1: personal data is involved")
    tags: list[str] = Field(default_factory=list, description="The client's own conditions")
    on: str = Field(default="", description="The day on which the path begins; else today")
    wanted: str = Field(default="", description="The day by which it is to be signed")
    deal: str = Field(default="", description="What we think of people for it goes first")


class PersonOut(BaseModel):
    """One position of a step with the person who acts for it today."""

    position: int
    title: str
    person: int | None
    name: str
    acts: str | None = Field(description="holder, acting or deputy")
    deputy_position: int | None
    attitude: str | None
    known_to: list[str]
    worries: list[str]


class StepOut(BaseModel):
    """A step that applies; `late_by` counts working days."""

    number: str
    code: str
    title: str
    kind: str
    right: str
    needed: int | None
    signs: bool
    unsure: bool
    guess: bool
    before_signature: bool
    people: list[PersonOut]
    documents: list[str]
    bring: str
    start: str
    end: str
    slow_end: str
    begin_by: str | None
    begin_safely_by: str | None
    late_by: int
    limit: str | None
    limit_too_small: bool | None
    others_may_sign: list[dict[str, Any]]


class LeftOutOut(BaseModel):
    """A step that does not apply, and what would have to hold."""

    number: str
    code: str
    title: str
    failing: dict[str, Any]


class AnswerOut(BaseModel):
    """Who must sign, and by when. Amounts are text, days are 2026-03-31."""

    path: int
    version: int
    confirmed: bool
    amount: str | None
    currency: str
    begins: str
    wanted: str | None
    signature: str | None
    slow_signature: str | None
    begin_by: str | None
    begin_safely_by: str | None
    late_by: int
    spare: int | None
    nobody_signs: bool | None = Field(description="null: it is not sure")
    cannot_sign: list[str]
    steps: list[StepOut]
    left_out: list[LeftOutOut]
    unknown_years: list[int]
