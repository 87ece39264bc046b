"""Helping people: who waits for a person, and volunteers beside residents."""
