"""The director's review of a dossier: remarks, follow-ups, verdict, signature."""
