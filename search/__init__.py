"""Finding: documents, their analysis, the engine seam, the Whoosh engine, the search pages."""
