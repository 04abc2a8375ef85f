"""The shapes of what is typed about paths and runs."""
