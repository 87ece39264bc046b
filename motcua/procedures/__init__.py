"""Guides: reviewed pages about one procedure each, their loader and their linter."""
