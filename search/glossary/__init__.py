"""The house glossary: expressions that mean the same here, kept by the director."""
