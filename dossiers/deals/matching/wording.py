"""The words for what waits and why something is suggested, in the reader's language."""

from collections.abc import Mapping

from flask_babel import LazyString

from dossiers.deals.kinds import Matched
from dossiers.deals.matching.kinds import Kind
from dossiers.deals.matching.likeness import Why
from wiki.locale import _l

WHYS: Mapping[Why, LazyString] = {
    Why.TAX: _l("same tax number"),
    Why.MAIL: _l("same name in the e-mail address"),
    Why.DOMAIN: _l("its e-mail domain"),
    Why.NAME: _l("same name"),
    Why.BLANKS: _l("same but for blanks"),
    Why.TAX_SLIP: _l("tax number with one slip"),
    Why.LETTERS: _l("same in other letters"),
    Why.SHORT: _l("a shorter form of the name"),
    Why.PART: _l("one name holds the other"),
    Why.LIKE: _l("alike name"),
}
NOBODY: Mapping[Kind, LazyString] = {
    Kind.COMPANY: _l("none of our clients"),
    Kind.PRODUCT: _l("none of our products"),
    Kind.SELLER: _l("none of our colleagues"),
}
SELLER_MATCHED: Mapping[Matched, LazyString] = {Matched.DOMAIN: _l("by the e-mail address")}
