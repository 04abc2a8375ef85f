"""The answer to: for this deal, who must sign, and by when."""
