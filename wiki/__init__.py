"""The ground: accounts, history, files and versioned pages; knows nothing above it."""
