"""Attachments, stored under the hash of their content."""
