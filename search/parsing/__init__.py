"""From the text of a search box to a question, by syntax alone: no index is asked."""

from search.parsing.beginnings import begin
from search.parsing.parsed import Parsed, Word
from search.parsing.sentences import parse

__all__ = ["Parsed", "Word", "begin", "parse"]
