"""Random edits of a page, with a sentence of it that somebody marked."""

from collections.abc import Callable, Mapping
from random import Random

from bench.learning.wording import PARTS
from bench.learning.written import Article, Block, Section, Written, of_pattern, sentence

Edit = Callable[[Random, Article, Written], None]
"""Changes the page in place; the marked sentence stays in it, or is taken out."""


def typos(random: Random, _page: Article, one: Written) -> None:
    """One to three slips: two letters change places, one is lost or doubled."""
    for _slip in range(random.randint(1, 3)):
        number = random.randrange(len(one.words))
        word = one.words[number]
        if len(word) > 3:
            k = random.randrange(1, len(word) - 2)
            forms = (
                word[:k] + word[k + 1] + word[k] + word[k + 2 :],
                word[:k] + word[k + 1 :],
                word[:k] + word[k] + word[k:],
            )
            one.words[number] = random.choice(forms)


def words_added(random: Random, page: Article, one: Written) -> None:
    """One to three words more, anywhere in the sentence."""
    for _word in range(random.randint(1, 3)):
        place = random.randint(1, len(one.words) - 1) if len(one.words) > 1 else 0
        one.words.insert(place, random.choice(PARTS[page.language]["word"]))


def words_removed(random: Random, _page: Article, one: Written) -> None:
    """Up to a third of the words less."""
    for _word in range(random.randint(1, max(1, len(one.words) // 3))):
        if len(one.words) > 3:
            one.words.pop(random.randrange(1, len(one.words) - 1))


def words_replaced(random: Random, page: Article, one: Written) -> None:
    """Up to a third of the words are others."""
    for _word in range(random.randint(1, max(1, len(one.words) // 3))):
        if len(one.words) > 2:
            place = random.randrange(1, len(one.words) - 1)
            one.words[place] = random.choice(PARTS[page.language]["word"])


def figures_changed(random: Random, _page: Article, one: Written) -> None:
    """Every number is another."""
    one.words = [str(random.randint(1, 999)) if w.isdigit() else w for w in one.words]


def clause_added(random: Random, page: Article, one: Written) -> None:
    """The sentence goes on with a clause taken from another one."""
    tail = sentence(random, page.language, one.pattern).words
    one.words[-1] = one.words[-1].rstrip(".!?") + ","
    one.words += [tail[0].lower(), *tail[1:]][:6]
    one.words[-1] = one.words[-1].rstrip(".!?,") + "."


def split(random: Random, _page: Article, one: Written) -> None:
    """One sentence becomes two."""
    if len(one.words) > 5:
        middle = len(one.words) // 2 + random.randint(-1, 1)
        one.words[middle - 1] += "."
        one.words[middle] = one.words[middle].capitalize()


def joined(_random: Random, page: Article, one: Written) -> None:
    """The full stop gives way to a comma: two sentences become one."""
    block = page.block_of(one.ident)
    if block and block.kind == "text" and block.sentences[-1] is not one:
        following = block.sentences[block.sentences.index(one) + 1]
        one.words[-1] = one.words[-1].rstrip(".!?") + ","
        following.words[0] = following.words[0].lower()


def case_and_signs(random: Random, _page: Article, one: Written) -> None:
    """Commas, dashes, capitals."""
    place = random.randrange(len(one.words))
    one.words[place] = random.choice((one.words[place].upper(), one.words[place] + ","))
    one.words[-1] = one.words[-1].rstrip(".!?") + random.choice((".", "!", "…"))


def formatted(random: Random, page: Article, one: Written) -> None:
    """Bold, a link, a list, a quotation, lines broken otherwise."""
    one.look = random.choice(("**{}**", "*{}*", "[{}](https://example.com)", "{}"))
    block = page.block_of(one.ident)
    if block:
        block.kind = random.choice(("text", "list", "quote", "table", "wrapped"))


def added_around(random: Random, page: Article, one: Written) -> None:
    """One to three new sentences before or behind it."""
    _put_around(page, one, [sentence(random, page.language) for _ in range(random.randint(1, 3))],
                random.choice((0, 1)))  # fmt: skip


def sister_added(random: Random, page: Article, one: Written) -> None:
    """A sentence that resembles it is put right before or behind it."""
    _put_around(page, one, [of_pattern(random, page.language, one.pattern)], random.choice((0, 1)))


def copied(random: Random, page: Article, one: Written) -> None:
    """The same words once more in another paragraph."""
    others = [b for b in page.blocks() if b is not page.block_of(one.ident)]
    if others:
        random.choice(others).sentences.append(Written(list(one.words), one.pattern))


def removed_around(random: Random, page: Article, one: Written) -> None:
    """The sentence before it, behind it or both are taken out."""
    block = page.block_of(one.ident)
    if block:
        place = block.sentences.index(one)
        kept = {one.ident, *(s.ident for n, s in enumerate(block.sentences) if abs(n - place) > 1)}
        if random.random() < 0.5 and place:
            kept.add(block.sentences[place - 1].ident)
        block.sentences = [s for s in block.sentences if s.ident in kept]


def neighbours_rewritten(random: Random, page: Article, one: Written) -> None:
    """All other sentences of the paragraph are rewritten."""
    block = page.block_of(one.ident)
    for other in block.sentences if block else ():
        if other is not one:
            other.words = sentence(random, page.language).words


def paragraphs_moved(random: Random, page: Article, _one: Written) -> None:
    """The blocks of each section stand in another order."""
    for section in page.sections:
        random.shuffle(section.blocks)


def sections_moved(random: Random, page: Article, _one: Written) -> None:
    """The sections stand in another order."""
    random.shuffle(page.sections)


def sentence_moved(random: Random, page: Article, one: Written) -> None:
    """The sentence itself goes to another paragraph."""
    here, there = page.block_of(one.ident), random.choice(page.blocks())
    if here:
        here.sentences.remove(one)
        there.sentences.insert(random.randint(0, len(there.sentences)), one)


def section_added(random: Random, page: Article, _one: Written) -> None:
    """A whole new section."""
    fresh = [sentence(random, page.language) for _ in range(random.randint(4, 12))]
    heading = random.choice(PARTS[page.language]["head"])
    place = random.randint(0, len(page.sections))
    page.sections.insert(place, Section(heading, [Block("text", fresh)]))


def other_sections_removed(random: Random, page: Article, one: Written) -> None:
    """A section without the sentence is taken out."""
    others = [s for s in page.sections if page.block_of(one.ident) not in s.blocks]
    if others:
        page.sections.remove(random.choice(others))


def taken_out(_random: Random, page: Article, one: Written) -> None:
    """The sentence is no more."""
    block = page.block_of(one.ident)
    if block:
        block.sentences.remove(one)


def paragraph_taken_out(_random: Random, page: Article, one: Written) -> None:
    """Its paragraph is no more."""
    block = page.block_of(one.ident)
    for section in page.sections:
        section.blocks = [b for b in section.blocks if b is not block]


def section_taken_out(_random: Random, page: Article, one: Written) -> None:
    """Its section is no more."""
    block = page.block_of(one.ident)
    page.sections = [s for s in page.sections if block not in s.blocks]


def replaced(random: Random, page: Article, one: Written) -> None:
    """Quite another sentence stands in its place."""
    block = page.block_of(one.ident)
    if block:
        place = block.sentences.index(one)
        block.sentences[place] = sentence(random, page.language, one.pattern)


def _put_around(page: Article, one: Written, fresh: list[Written], behind: int) -> None:
    block = page.block_of(one.ident)
    if block:
        place = block.sentences.index(one) + behind
        block.sentences[place:place] = fresh


KEEPING: Mapping[str, Edit] = {
    edit.__name__: edit
    for edit in (
        typos, words_added, words_removed, words_replaced, figures_changed, clause_added, split,
        joined, case_and_signs, formatted, added_around, sister_added, copied, removed_around,
        neighbours_rewritten, paragraphs_moved, sections_moved, sentence_moved, section_added,
        other_sections_removed,
    )
}  # fmt: skip
REMOVING: Mapping[str, Edit] = {
    edit.__name__: edit for edit in (taken_out, paragraph_taken_out, section_taken_out, replaced)
}
