"""First pages: of a dossier, of the director, of the manager. It reads the other packages."""
