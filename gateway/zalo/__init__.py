"""Zalo: the Official Account and the Bot Platform, each with a way in (webhook or polling) and a way out (a channel)."""
