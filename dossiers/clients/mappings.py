"""Mappings of columns that the company remembers, for those who read files of dossiers."""

from wiki.lists.mappings import (
    LONGEST_MAPPING_NAME,
    mapping_named,
    remember_mapping,
    saved_mappings,
)

__all__ = ["LONGEST_MAPPING_NAME", "mapping_named", "remember_mapping", "saved_mappings"]
