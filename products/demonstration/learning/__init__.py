"""What the demonstration's people have learned, asked and verified so far."""
