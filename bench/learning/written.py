"""Pages made for the project, in both languages, of sentences that resemble each other."""

from dataclasses import dataclass, field
from itertools import count
from random import Random

from bench.learning.wording import PARTS, PHRASES

_numbers = count(1)


@dataclass
class Written:
    """A sentence with a number of its own, whatever becomes of its words; its form of marks."""

    words: list[str]
    pattern: int
    ident: int = field(default_factory=lambda: next(_numbers))
    look: str = "{}"


@dataclass
class Block:
    """A heading, paragraph, list, quotation or table with its sentences."""

    kind: str
    sentences: list[Written]


@dataclass
class Section:
    """A heading with the blocks under it."""

    heading: str
    blocks: list[Block]


@dataclass
class Article:
    """A page."""

    language: str
    sections: list[Section]

    def blocks(self) -> list[Block]:
        """All blocks in their order."""
        return [block for section in self.sections for block in section.blocks]

    def sentences(self) -> list[Written]:
        """All sentences in their order."""
        return [one for block in self.blocks() for one in block.sentences]

    def block_of(self, ident: int) -> Block | None:
        """The block that holds the sentence; `None` when it was taken out."""
        found = (b for b in self.blocks() if any(one.ident == ident for one in b.sentences))
        return next(found, None)


def sentence(random: Random, language: str, but: int | None = None) -> Written:
    """A new sentence, not of the pattern `but`."""
    patterns = [n for n in range(len(PHRASES[language])) if n != but]
    return of_pattern(random, language, random.choice(patterns))


def of_pattern(random: Random, language: str, pattern: int) -> Written:
    """A new sentence of a pattern: the sister of all others of it."""
    words = PHRASES[language][pattern]
    for name, choices in PARTS[language].items():
        words = words.replace("{" + name + "}", random.choice(choices))
    words = words.replace("{n}", str(random.choice((2, 3, 5, 8, 12, 24, 36, 150, 900))))
    return Written(words.split(), pattern)


def article(random: Random, language: str) -> Article:
    """A page of three to six sections, some forty sentences."""
    sections = [
        Section(
            random.choice(PARTS[language]["head"]) + f" {number}",
            [_block(random, language) for _ in range(random.randint(1, 4))],
        )
        for number in range(random.randint(3, 6))
    ]
    return Article(language, sections)


def _block(random: Random, language: str) -> Block:
    kind = random.choices(("text", "list", "quote", "table"), (6, 2, 1, 1))[0]
    fresh = [sentence(random, language) for _ in range(random.randint(1, 7))]
    return Block(kind, fresh)


def markdown(article: Article, traced: int | None = None, sign: str = "") -> str:
    """The page's text; the words of the sentence `traced` bear a sign that nobody writes."""
    parts = []
    for section in article.sections:
        parts.append("## " + section.heading)
        parts += [_drawn(block, traced, sign) for block in section.blocks if block.sentences]
    return "\n\n".join(parts) + "\n"


def _drawn(block: Block, traced: int | None, sign: str) -> str:
    told = [_told(one, sign if one.ident == traced else "") for one in block.sentences]
    match block.kind:
        case "list":
            return "\n".join("- " + text for text in told)
        case "table":
            rows = "\n".join(f"| {number} | {text} |" for number, text in enumerate(told))
            return "| № | # |\n|---|---|\n" + rows
        case "quote":
            return "> " + "\n> ".join(told)
        case "wrapped":
            return "\n".join(" ".join(told).split())
    return " ".join(told)


def _told(one: Written, sign: str) -> str:
    words = [w[:1] + sign + w[1:] if len(w) > 2 and w[:3].isalpha() else w for w in one.words]
    return one.look.format(" ".join(words))
