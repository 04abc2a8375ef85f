"""Client dossiers: the rooms that later capabilities fill."""
