"""Trains the ranker that `motcua.retrieval` ships with: `make ranker`, docs/adr/0004-retrieval.md."""
