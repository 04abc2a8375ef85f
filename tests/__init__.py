"""Tests of Dossier Wiki; they mirror the packages."""
