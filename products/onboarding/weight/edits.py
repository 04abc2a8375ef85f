"""What two rows of tokens say differently, when they stand for each other in their order."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from products.onboarding.weight import forms
from products.onboarding.weight.lexing import Token, TokenKind
from products.onboarding.weight.reasons import Reason, ReasonKind
from products.onboarding.weight.words import CONDITIONS, NEGATIONS

MOST_TOKENS = 3_000
_LONGEST_QUOTE = 200
_KINDS = (
    (TokenKind.DATE, ReasonKind.DATE),
    (TokenKind.NUMBER, ReasonKind.NUMBER),
    (TokenKind.CODE, ReasonKind.NUMBER),
    (TokenKind.UNIT, ReasonKind.UNIT),
)


def differences(old: Sequence[Token], new: Sequence[Token]) -> list[Reason]:
    """What is said differently; nothing when only harmless things differ."""
    if len(old) == len(new) and _all_same(old, new):
        return _suspicious_cases(old, new, range(len(old)), range(len(new)))
    if len(old) + len(new) > MOST_TOKENS:
        return [Reason(ReasonKind.REWRITTEN, quoted(old), quoted(new))]
    matcher = SequenceMatcher(None, [t.key for t in old], [t.key for t in new], autojunk=False)
    runs = [run for run in matcher.get_opcodes() if run[0] != "equal"]
    told = [told for _op, i, j, m, n in runs for told in _run(old[i:j], new[m:n])]
    if told:
        return told
    before = [n for _op, i, j, _m, _n in runs for n in range(i, j)]
    after = [n for _op, _i, _j, m, n in runs for n in range(m, n)]
    return _suspicious_cases(old, new, before, after)


def quoted(tokens: Sequence[Token]) -> str:
    """The words of some tokens, for a reason."""
    return " ".join(token.written for token in tokens)[:_LONGEST_QUOTE]


def kind_of(tokens: Sequence[Token]) -> ReasonKind:
    """What kind of difference a change in these tokens is."""
    kinds = {token.kind for token in tokens}
    keys = {token.key for token in tokens}
    if keys & NEGATIONS:
        return ReasonKind.NEGATION
    for kind, reason in _KINDS:
        if kind in kinds:
            return reason
    return ReasonKind.CONDITION if keys & CONDITIONS else ReasonKind.WORDS


def _all_same(old: Sequence[Token], new: Sequence[Token]) -> bool:
    return all(_same(a, b) for a, b in zip(old, new, strict=True))


def _run(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Reason]:
    if _written_together(old, new):
        return
    if len(old) == len(new):
        if not _all_same(old, new):
            pairs = [(a, b) for a, b in zip(old, new, strict=True) if not _same(a, b)]
            before, after = [a for a, _b in pairs], [b for _a, b in pairs]
            yield Reason(kind_of([*before, *after]), quoted(old), quoted(new))
        return
    yield Reason(kind_of([*old, *new]), quoted(old), quoted(new))


def _same(old: Token, new: Token) -> bool:
    if old.key == new.key:
        return True
    if {old.kind, new.kind} != {TokenKind.WORD} or (old.name and new.name):
        return old.name and new.name and forms.bent(old.key, new.key)
    if {old.key, new.key} & (NEGATIONS | CONDITIONS):
        return False
    return any(same(old.key, new.key) for same in (forms.bent, forms.misspelt, forms.synonymous))


def _written_together(old: Sequence[Token], new: Sequence[Token]) -> bool:
    """«онлайн запись» for «онлайн-запись»; never where a negation would be lost or won."""
    tokens = [*old, *new]
    if not old or not new or any(token.kind is not TokenKind.WORD for token in tokens):
        return False
    one, other = ("".join(c for t in side for c in t.key if c.isalpha()) for side in (old, new))
    return one == other and not {token.key for token in tokens} & NEGATIONS


def _suspicious_cases(
    old: Sequence[Token], new: Sequence[Token], before: Sequence[int], after: Sequence[int]
) -> list[Reason]:
    """Two nouns of one sentence that changed their cases: who does what may have changed."""
    changed = [
        (i, j)
        for i, j in zip(before, after, strict=False)
        if old[i].key != new[j].key
        and forms.is_noun(old[i].key)
        and forms.is_noun(new[j].key)
        and forms.bent(old[i].key, new[j].key)
    ]
    return [
        Reason(ReasonKind.WORDS, quoted(old[i : k + 1]), quoted(new[j : m + 1]))
        for (i, j), (k, m) in pairwise(changed)
        if k - i > 1 and old[i].sentence == old[k].sentence
    ]
