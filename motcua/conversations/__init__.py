"""What is kept of a conversation, and what never is."""
