"""What a person says of a file beside its columns; remembered together with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from dossiers.deals.files.stage_words import Kinds
from dossiers.deals.kinds import DealKind
from wiki.errors import Refusal
from wiki.rendering.titles import fold_title
from wiki.tables.amounts import Mark, currency_in
from wiki.tables.days import Order

E = TypeVar("E", bound=StrEnum)
MOST_KINDS = 500


class Scale(StrEnum):
    """How the source writes probabilities."""

    SHARE = "0-1"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Settings:
    """What was said of a file; `None` and empty mean that the file decides.

    `key` are the columns that together stand for the number which the file has not. `anew` lets
    the file's values hold also where the source says that it changed nothing since.
    """

    currency: str = ""
    mark: Mark | None = None
    order: Order | None = None
    scale: Scale | None = None
    kinds: Kinds = field(default_factory=dict)
    key: tuple[str, ...] = ()
    anew: bool = False

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "currency": self.currency,
            "mark": self.mark,
            "order": self.order,
            "scale": self.scale,
            "kinds": dict(self.kinds),
            "key": list(self.key),
            "anew": self.anew,
        }


def settings_from(said: Mapping[str, Any]) -> Settings:
    """The settings from JSON or a form. Raises `Refusal` for what cannot be."""
    kinds = {fold_title(s)[:200]: _one_of(DealKind, kind) for s, kind in _kinds(said).items()}
    return Settings(
        currency=currency_in(str(said.get("currency") or "")[:60]),
        mark=_one_of(Mark, said.get("mark")),
        order=_one_of(Order, said.get("order")),
        scale=_one_of(Scale, said.get("scale")),
        kinds=kinds,
        key=tuple(said.get("key") or ()),
        anew=bool(said.get("anew")),
    )


def _kinds(said: Mapping[str, Any]) -> Mapping[str, Any]:
    kinds: Mapping[str, Any] = said.get("kinds") or {}
    if len(kinds) > MOST_KINDS:
        raise Refusal(
            "More than %(limit)d stages cannot be told apart. Nothing was changed. Look whether "
            "the right column is taken for the stage.",
            limit=MOST_KINDS,
        )
    return kinds


def _one_of(kind: type[E], text: Any) -> E | None:
    try:
        return kind(text) if text else None
    except ValueError:
        raise Refusal(
            "“%(text)s” is none of these: %(known)s. Nothing was changed.",
            text=str(text)[:60],
            known=", ".join(kind),
        ) from None
