"""Vietnamese text: one canonical form to keep, one folded form to compare."""
