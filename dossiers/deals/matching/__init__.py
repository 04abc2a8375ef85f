"""Which client, product and colleague a source means: by keys, and by what somebody decided."""
