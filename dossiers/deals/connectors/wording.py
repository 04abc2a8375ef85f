"""The words for codes of sources."""

from collections.abc import Mapping

from wiki.locale import _l

SOURCE_CONDITIONS: Mapping[str, str] = {
    "well": _l("up to date"),
    "new": _l("not asked yet"),
    "reading": _l("being read"),
    "failing": _l("does not work"),
    "doubtful": _l("needs a look"),
    "paused": _l("paused"),
}
