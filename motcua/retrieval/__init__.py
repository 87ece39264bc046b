"""Which procedure a question is about: passages, embedder, indexes, ranker, and when to say that we don't know."""
