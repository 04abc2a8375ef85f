"""The enumerations of checks, as codes."""

from enum import StrEnum


class Check(StrEnum):
    """What the machine looks at before a renewal."""

    BUYER = "buyer"
    SUPPORT = "support"
    SIGNERS = "signers"
    PATH = "path"
    PROMISES = "promises"
    DISCOUNTS = "discounts"
    PRODUCTS = "products"
    PAGES = "pages"
    FACTS = "facts"


class Result(StrEnum):
    """What a check came to; `OFF` when a director switched it off."""

    OK = "ok"
    WEAK = "weak"
    BAD = "bad"
    OFF = "off"
