"""Pages in and out: folders and ZIPs of Markdown become pages, and pages become Markdown again."""
