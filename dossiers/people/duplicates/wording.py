"""Why two may be one, in words."""

from dossiers.people.duplicates.pairs import Why
from wiki.locale import _l

WHYS = {
    Why.TAX_NUMBER: _l("same tax number"),
    Why.EMAIL: _l("same e-mail address"),
    Why.PHONE: _l("same telephone"),
    Why.DOMAIN: _l("same e-mail domain"),
    Why.NAME: _l("same name"),
    Why.OTHER_LETTERS: _l("same name in other letters"),
    Why.SHORT_FORM: _l("short form of the name"),
    Why.SOUND: _l("names that sound alike"),
}
