"""What two bodies of text say differently: whole statements first, then their sentences."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from products.onboarding.weight.edits import differences
from products.onboarding.weight.lexing import Token, sentences_of, tokens_of
from products.onboarding.weight.orders import same_but_for_order
from products.onboarding.weight.reasons import Reason, ReasonKind
from products.onboarding.weight.statements import (
    Block,
    Statement,
    StatementKind,
    blocks_of,
    contexts_in,
    plain,
    statement_of,
)

MOST_LETTERS = 20_000
MOST_BLOCKS = 1_000
_MOST_PAIRS = 2_500
_ALIKE = 0.34
_SHORT = 6
_LONGEST_QUOTE = 200
T = TypeVar("T")


class Piece(NamedTuple):
    """One sentence, or one row of a table, and what it stands under when that matters."""

    text: str
    tokens: tuple[Token, ...]
    place: str

    @property
    def keys(self) -> tuple[str, ...]:
        """What is compared."""
        return (self.place, *(token.key for token in self.tokens))


def weigh_texts(before: str, after: str, language: str) -> list[Reason]:
    """What the second text says that the first did not, and the other way round."""
    if before == after:
        return []
    old, new = blocks_of(before), blocks_of(after)
    gone, come = _without_common(old, new, lambda block: (block.written, block.under))
    if sum(len(b.written) for b in (*gone, *come)) > MOST_LETTERS or len(gone + come) > MOST_BLOCKS:
        return [Reason(ReasonKind.REWRITTEN)]
    common = contexts_in(old) & contexts_in(new)
    said = [statement_of(block) for block in gone], [statement_of(block) for block in come]
    return _order_of_steps(old, new) + _weigh_rest(*said, common, language)


def weigh_words(before: str, after: str, language: str) -> list[Reason]:
    """What a title or the text of a fact says differently."""
    return differences(tokens_of(before, language), tokens_of(after, language))


def _weigh_rest(
    gone: Sequence[Statement], come: Sequence[Statement], common: set[str], language: str
) -> list[Reason]:
    old, new = (list(_pieces(side, common, language)) for side in (gone, come))
    if _places(old) == _places(new) and not differences(_all_tokens(old), _all_tokens(new)):
        return []
    old, new = _without_common(old, new, lambda piece: piece.keys)
    return list(_weigh_pieces([p for p in old if p.tokens], [p for p in new if p.tokens], language))


def _weigh_pieces(old: list[Piece], new: list[Piece], language: str) -> Iterator[Reason]:
    for one, other in _pairs(old, new):
        old.remove(one)
        new.remove(other)
        if one.place and other.place and one.place != other.place:
            yield Reason(ReasonKind.MOVED, _short(one.text), _short(other.text))
        elif not same_but_for_order(one.tokens, other.tokens, language):
            yield from differences(one.tokens, other.tokens)
    yield from (Reason(ReasonKind.REMOVED, _short(piece.text), "") for piece in old)
    yield from (Reason(ReasonKind.ADDED, "", _short(piece.text)) for piece in new)


def _pieces(statements: Iterable[Statement], common: set[str], language: str) -> Iterator[Piece]:
    for statement in statements:
        row = statement.kind is StatementKind.ROW
        place = _place(statement, common)
        for text in [statement.text] if row else sentences_of(statement.text):
            yield Piece(text, tuple(tokens_of(text, language)), place)


def _place(statement: Statement, common: set[str]) -> str:
    """What a short statement stands under, where both versions have that heading.

    «щётка» says one thing under «In the box» and another under «Sold apart»; a whole sentence
    says the same wherever it stands.
    """
    short = len(statement.text.split()) < _SHORT or statement.kind is StatementKind.ROW
    return statement.context if short and statement.context in common else ""


def _places(pieces: Sequence[Piece]) -> list[str]:
    return list(dict.fromkeys(piece.place for piece in pieces if piece.place))


def _all_tokens(pieces: Sequence[Piece]) -> list[Token]:
    return [
        token._replace(sentence=number)
        for number, piece in enumerate(pieces)
        for token in piece.tokens
    ]


def _pairs(old: Sequence[Piece], new: Sequence[Piece]) -> list[tuple[Piece, Piece]]:
    """The sentences that most likely became each other, the likeliest first."""
    if len(old) * len(new) > _MOST_PAIRS:
        return [pair for pair in zip(old, new, strict=False) if _likeness(*pair) >= _ALIKE]
    scored = [(_likeness(a, b), -i, -j) for i, a in enumerate(old) for j, b in enumerate(new)]
    left, right, pairs = set(range(len(old))), set(range(len(new))), []
    for score, i, j in sorted(scored, reverse=True):
        if score >= _ALIKE and -i in left and -j in right:
            left.remove(-i)
            right.remove(-j)
            pairs.append((old[-i], new[-j]))
    if len(left) == len(right) == 1:
        pairs.append((old[left.pop()], new[right.pop()]))
    return pairs


def _likeness(one: Piece, other: Piece) -> float:
    a, b = (Counter(token.key for token in piece.tokens) for piece in (one, other))
    both = a.total() + b.total()
    return 2 * (a & b).total() / both + (one.place == other.place) * 0.01 if both else 0.0


def _order_of_steps(old: Sequence[Block], new: Sequence[Block]) -> list[Reason]:
    """Steps that are done in another order."""
    steps = [[b for b in side if b.kind is StatementKind.STEP] for side in (old, new)]
    if [b.written for b in steps[0]] == [b.written for b in steps[1]]:
        return []
    before, after = ([plain(statement_of(block).text) for block in side] for side in steps)
    # A step that stands there twice may have been corrected in one place.
    once = [
        {step for step, times in Counter(side).items() if times == 1} for side in (before, after)
    ]
    both = once[0] & once[1]
    first, second = ([step for step in side if step in both] for side in (before, after))
    changed = [(a, b) for a, b in zip(first, second, strict=False) if a != b]
    return [Reason(ReasonKind.ORDER, _short(a), _short(b)) for a, b in changed[:1]]


def _once(side: Sequence[str]) -> set[str]:
    return {one for one, times in Counter(side).items() if times == 1}


def _without_common(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable]
) -> tuple[list[T], list[T]]:
    """Both sides without what stands in both, each as often as it stands there."""
    common = Counter(map(key, old)) & Counter(map(key, new))
    return _without(old, common, key), _without(new, common, key)


def _without(side: Sequence[T], common: Counter[Hashable], key: Callable[[T], Hashable]) -> list[T]:
    left, kept = Counter(common), []
    for one in side:
        if left[key(one)] > 0:
            left[key(one)] -= 1
        else:
            kept.append(one)
    return kept


def _short(text: str) -> str:
    return text[:_LONGEST_QUOTE]
