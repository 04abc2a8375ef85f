"""Products from CSV and XLSX files: each row makes a page, or a version of one, when it differs."""
