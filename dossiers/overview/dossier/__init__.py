"""The first screen of a dossier: six questions and their answers."""
