"""Glossary terms explained where they stand in the text."""
