"""Who owes whom what until when, and what became of it."""
