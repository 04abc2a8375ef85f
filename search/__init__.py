"""Finding everything one may see.

The way of a question through the files:

typed text → `parsing` (syntax) → `understanding` (slips, families, synonyms; asks the index as far
as the reader may see) → a `Question` of `questions` → a `Look` of `engine`, which `whoosh_engine`
answers → `queries` (joins what is `pending`, loads the shown documents, `excerpts`) → `facets`,
`views`, `api`.

The way of a change: a row of the outbox in the change's transaction → `indexing` → the `Source` of
its kind (`wiki_pages`, `wiki_files`, …) tells its `Document` → the engine writes it.

`glossary`, `saved` and `lessons` are rooms of their own.
"""
