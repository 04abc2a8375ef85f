"""Files that are tables, whatever program has written them: CSV and XLSX, row by row."""
