"""What a program may say of a contract, and what it is told."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import BaseModel, ConfigDict, Field

from dossiers.renewals.contracts import terms as limits
from dossiers.renewals.kinds import RenewalState
from wiki.pages.api_shapes import RowNumber


class TermsIn(BaseModel):
    """The terms of a contract; owner, path and products by number. Without `ends_on` no end.

    A value is a number or a text such as "1200.50", with its currency.
    """

    model_config = ConfigDict(extra="forbid")

    number: str = Field(min_length=1, max_length=limits.LONGEST_NUMBER)
    starts_on: date
    ends_on: date | None = None
    subject: str = Field(default="", max_length=limits.LONGEST_SUBJECT)
    products: list[RowNumber] = Field(default=[], max_length=limits.MOST_PRODUCTS)
    value: Decimal | None = Field(default=None, ge=0, max_digits=18, decimal_places=4)
    currency: str = Field(default="", max_length=3)
    notice_days: int = Field(default=0, ge=0, le=limits.MOST_NOTICE)
    renews_months: int | None = Field(default=None, ge=1, le=limits.MOST_MONTHS)
    index_clause: str = Field(default="", max_length=limits.LONGEST_INDEX)
    owner: RowNumber | None = None
    path: RowNumber | None = None


class ContractIn(TermsIn):
    """A new contract; `predecessor` is the number here of the one that it follows."""

    predecessor: RowNumber | None = None


class ChangeIn(BaseModel):
    """What changes of a contract since version `base`; what is not said stays as it is."""

    model_config = ConfigDict(extra="forbid")

    base: RowNumber
    why: str = Field(default="", max_length=limits.LONGEST_WHY)
    number: str = Field(default="", max_length=limits.LONGEST_NUMBER)
    starts_on: date | None = None
    ends_on: date | None = None
    subject: str = Field(default="", max_length=limits.LONGEST_SUBJECT)
    products: list[RowNumber] = Field(default=[], max_length=limits.MOST_PRODUCTS)
    value: Decimal | None = Field(default=None, ge=0, max_digits=18, decimal_places=4)
    currency: str = Field(default="", max_length=3)
    notice_days: int = Field(default=0, ge=0, le=limits.MOST_NOTICE)
    renews_months: int | None = Field(default=None, ge=1, le=limits.MOST_MONTHS)
    index_clause: str = Field(default="", max_length=limits.LONGEST_INDEX)
    owner: RowNumber | None = None
    path: RowNumber | None = None


class StateIn(BaseModel):
    """How far the renewal is; lost and shrunk say why."""

    model_config = ConfigDict(extra="forbid")

    state: RenewalState
    why: str = Field(default="", max_length=limits.LONGEST_WHY)


class ContractsQuery(BaseModel):
    """Which contracts to list: words of number, subject or client, a state, an owner."""

    text: str = Field(default="", max_length=100)
    state: RenewalState | None = None
    owner: RowNumber | None = None
    running: bool = False
    offset: int = Field(default=0, ge=0, le=1_000_000)
    limit: int = Field(default=50, ge=1, le=200)


class FileOut(BaseModel):
    """A file beside a contract."""

    id: int
    name: str
    url: str
    added_at: datetime


class ContractOut(BaseModel):
    """A contract as it stands; amounts are texts. Products one may not see are left out."""

    id: int
    url: str
    client: int
    number: str
    subject: str
    products: list[int]
    value: str | None
    currency: str
    starts_on: date
    ends_on: date | None
    notice_days: int
    renews_months: int | None
    index_clause: str
    owner: int | None
    path: int | None
    predecessor: int | None
    state: RenewalState
    notice_by: date | None
    start_by: date | None
    version: int
    archived: bool


class WholeContractOut(ContractOut):
    """The same with its files."""

    files: list[FileOut]


class ContractsOut(BaseModel):
    """A part of a list; `next` is the offset of the part after it."""

    contracts: list[ContractOut]
    next: int | None
