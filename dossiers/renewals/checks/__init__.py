"""What the machine looks at before a renewal, its rules, and the three opinions."""
