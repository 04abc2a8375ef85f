"""What one must know before a talk with a client, on paper and on the telephone."""
