"""Conversations: finding, showing and judging them."""
