"""What searches teach: which words are asked, and which of them lead nowhere."""
