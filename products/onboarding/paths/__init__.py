"""Reading paths: their versions, their editor, and who walks them with whom."""
