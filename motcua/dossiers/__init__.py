"""Dossiers: their codes, and the registry that knows how far each has come."""
