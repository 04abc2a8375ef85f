"""The words that mean something to the parser, in both languages."""

from search.analysis import terms, tokens
from search.lemmas import fold, term_of
from search.questions import Field

_COMMON = """
а без более бы был была были было быть в вам вас весь во вот все всё вы где да даже для до его ее
её если есть еще ещё ею же за зачем здесь и из изо или им ими их к каждый как какая какие какого
какое какой каком какую ко когда когда-то кого кому которая которого которое которой которую
которые который которых кто куда ли либо лишь между мне много можно мой моя мы на над надо нам
нами нас наш не него нее неё ней нет ни нибудь ним них но ну нужно о об обо один однако он она они
оно от откуда ото очень по под пока после потом потому почему пред при про раз разве с сам свой
себе себя сейчас сколько со так также такая такие таким таких такое такой там те тебе тем теперь
то тоже той только том тот ту тут ты у уж уже хотя чего чей чем через что чтоб чтобы чуть эта эти
этим этих это этого этой этом этот эту я является какими каких какому каким
a about above after again all also am an and any are as at be because been before being below
between both but by can could did do does doing don't during each either few for from further get
had has have having he her here hers him his how however i if in into is it its itself just me
more most my no nor not now of off on once only or other our ours out over own same shall she
should so some such than that the their theirs them then there these they this those through to
too under until up us very was we were what when where whether which while who whom whose why
will with within without would you your yours
"""

COMMON_TERMS = frozenset(token.term for token in tokens(_COMMON))
"""Terms that say little: words of grammar and of asking in both languages."""

FIELDS = {
    "title": Field.TITLE,
    "название": Field.TITLE,
    "заголовок": Field.TITLE,
    "client": Field.CLIENT,
    "клиент": Field.CLIENT,
    "product": Field.PRODUCT,
    "продукт": Field.PRODUCT,
    "товар": Field.PRODUCT,
    "author": Field.AUTHOR,
    "автор": Field.AUTHOR,
    "tag": Field.TAG,
    "тег": Field.TAG,
    "метка": Field.TAG,
}
"""What may stand before a colon to limit a word to a part of the documents."""

KIND_FIELDS = frozenset({"kind", "вид"})
AFTER_FIELDS = frozenset({"after", "после"})
BEFORE_FIELDS = frozenset({"before", "до"})

_KINDS = {
    "page": "page страница статья",
    "file": "file attachment файл вложение",
    "comment": "comment комментарий",
    "colleague": "colleague коллега сотрудник",
    "person": "person people человек",
    "client": "client клиент",
    "product": "product продукт товар",
    "deal": "deal сделка",
    "contact": "contact call контакт звонок",
    "promise": "promise обещание",
    "contract": "contract договор",
    "path": "path approval путь согласование",
}
_KIND_BY_TERM = {term: kind for kind, names in _KINDS.items() for term in terms(names)}


def kind_called(name: str) -> str | None:
    """The kind of document that people call so, in any form of the word."""
    return _KIND_BY_TERM.get(term_of(fold(name.strip())))
