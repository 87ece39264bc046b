"""The improve loop: what is missing, what was misread, a candidate, and the release that answers."""
